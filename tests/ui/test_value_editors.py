"""Each kind of field has an editor, and all are used in one way."""

import pytest
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtWidgets import QApplication, QWidget

from novita_desktop.domain.variable_fields import FieldKind, VariableField
from novita_desktop.ui.widgets.message_editor import MessageEditor
from novita_desktop.ui.widgets.value_editors import ChoiceEditor, LineEditor, editor_for


@pytest.fixture
def parent(qtbot):
    parent = QWidget()
    qtbot.addWidget(parent)
    return parent


@pytest.mark.parametrize(
    ("kind", "editor"),
    [
        (FieldKind.LINE, LineEditor),
        (FieldKind.LINES, MessageEditor),
        (FieldKind.NUMBER, LineEditor),
        (FieldKind.CHOICE, ChoiceEditor),
        (FieldKind.DATE, LineEditor),
    ],
)
def test_every_kind_shows_a_value_without_telling(parent, kind, editor):
    made = editor_for(VariableField(kind, choices=("7",)), "hint", parent)
    told = []
    made.changed.connect(told.append)
    made.set_value("7")
    assert type(made) is editor
    assert made.value() == "7"
    assert told == []


def test_edits_are_told(parent):
    line = editor_for(VariableField(FieldKind.LINE), "", parent)
    choice = editor_for(VariableField(FieldKind.CHOICE, choices=("a", "b")), "", parent)
    told = []
    line.changed.connect(told.append)
    choice.changed.connect(told.append)
    line.insert("x")
    choice.setCurrentIndex(2)
    choice.setCurrentIndex(0)
    assert told == ["x", "b", ""]


def test_a_line_knows_that_a_word_is_being_composed(parent):
    line = editor_for(VariableField(FieldKind.LINE), "", parent)
    QApplication.sendEvent(line, QInputMethodEvent("に", []))
    assert line.is_composing
    QApplication.sendEvent(line, QInputMethodEvent("", []))
    assert not line.is_composing
