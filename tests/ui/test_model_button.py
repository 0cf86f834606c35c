"""The chosen model."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QLabel, QToolButton

from novita_desktop.domain.catalogue import Model
from novita_desktop.ui.icons import Icons
from novita_desktop.ui.widgets.model_button import ModelButton
from tests.ui.picture_facts import columns_that_differ

MODEL = Model("a/b", "Name", context_size=8_000, features=frozenset({"reasoning"}))


@pytest.fixture
def button(qtbot, theme):
    button = ModelButton(theme, Icons(theme))
    qtbot.addWidget(button)
    return button


def test_its_name_is_fixed_and_its_description_is_the_id(button):
    button.set_value("a/b")
    assert button.face.accessibleName() == "Model"
    assert button.face.accessibleDescription() == "a/b"


def test_a_choice_is_told_once_and_a_shown_value_is_not(button):
    told = []
    button.changed.connect(told.append)
    button.set_value("a/b")
    button.choose("a/b")
    button.choose("c/d")
    assert (button.value(), told) == ("c/d", ["c/d"])


def test_keyboard_and_mouse_open_the_palette(button, qtbot):
    with qtbot.waitSignal(button.palette_requested):
        qtbot.keyClick(button.face, Qt.Key.Key_Space)
    with qtbot.waitSignal(button.palette_requested):
        qtbot.mouseClick(button.face, Qt.MouseButton.LeftButton)


def test_the_star_belongs_to_models_of_the_catalogue(button, qtbot):
    star = button.findChild(QToolButton)
    button.choose("a/b")
    assert star.isHidden()
    button.show_model(MODEL, is_starred=False)
    assert star.accessibleName() == "Star this model"
    with qtbot.waitSignal(button.star_toggled) as toggled:
        star.click()
    assert toggled.args == ["a/b"]
    button.show_model(MODEL, is_starred=True)
    assert star.accessibleName() == "Remove the star"


def test_it_grows_with_the_text(button, theme):
    small = button.face.sizeHint().height()
    theme.set_look("light", 200)
    assert button.face.sizeHint().height() > 1.4 * small


def test_a_problem_stands_below(button):
    button.show_problem("Choose a model first.")
    shown = [w for w in button.findChildren(QLabel) if w.text() == "Choose a model first."]
    assert not shown[0].isHidden()
    button.show_problem("")
    assert shown[0].isHidden()


def test_it_draws_every_kind_of_model(button, qtbot):
    button.resize(500, 90)
    pictures = []
    for model, model_id in ((None, ""), (None, "x/y"), (MODEL, "a/b")):
        button.set_value(model_id)
        button.show_model(model, is_starred=False)
        pictures.append(button.face.grab().toImage())
    assert pictures[0] != pictures[1] != pictures[2]


def test_the_id_is_beside_the_name_in_languages_from_right_to_left(button, theme):
    button.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    button.resize(500, 90)
    pictures = []
    for model_id in ("a/b", "a/c"):
        button.show_model(Model(model_id, "Name"), is_starred=False)
        pictures.append(button.face.grab().toImage())
    name = QFontMetrics(theme.font(is_bold=True)).horizontalAdvance("Name")
    assert max(columns_that_differ(*pictures)) < button.face.width() - name
