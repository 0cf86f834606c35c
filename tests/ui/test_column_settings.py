"""A column's own settings: what is changed is its own, what is left is shared."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from novita_desktop.domain.comparisons import Column
from novita_desktop.domain.prompt_form import PromptForm
from novita_desktop.ui.dialogs.column_settings import ColumnSettings
from novita_desktop.ui.icons import Icons
from novita_desktop.ui.input_messages import input_problem

SHARED = PromptForm(system="Be kind", inputs={"temperature": "1", "seed": "7"})


def dialog(qtbot, theme, column):
    parent = QWidget()
    made = ColumnSettings(column, SHARED, Icons(theme), input_problem, parent)
    made.show_model(None, "Llama")
    qtbot.addWidget(parent)
    made.kept_alive = parent
    return made


def test_left_as_it_is_the_column_stays_unmodified(qtbot, theme):
    made = dialog(qtbot, theme, Column(3, "a/b"))
    assert made.column() == Column(3, "a/b")
    assert made.windowTitle() == "Own settings of Llama"
    assert not made.system.isEnabled()


def test_what_a_column_has_of_its_own_comes_back(qtbot, theme):
    column = Column(3, "a/b", "Be short", {"temperature": None, "top_p": "0.5"})
    made = dialog(qtbot, theme, column)
    assert made.system.value() == "Be short"
    assert made.parameters.value() == {"seed": "7", "top_p": "0.5"}
    assert made.column() == column
    made.own_system.click()
    assert made.column().system is None
