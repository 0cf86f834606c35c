"""How a variable is asked for is set up in a dialog."""

from dataclasses import replace

import pytest
from PySide6.QtWidgets import QLabel, QWidget

from novita_desktop.domain.image_values import EXAMPLE
from novita_desktop.domain.variable_fields import FieldKind, VariableField
from novita_desktop.ui.dialogs.field_settings import FieldSettings


@pytest.fixture
def window(qtbot):
    window = QWidget()
    qtbot.addWidget(window)
    return window


@pytest.fixture
def dialog(window):
    return FieldSettings("tone", VariableField(), window)


def choose(dialog, kind):
    dialog.kind.setCurrentIndex(dialog.kind.findData(kind))


def problems(dialog):
    return [w.text() for w in dialog.findChildren(QLabel) if w.property("tone") == "danger"]


def test_it_shows_the_field_as_it_is(window):
    field = VariableField(FieldKind.CHOICE, "Tone", "How", "a", is_required=False, choices=("a",))
    assert FieldSettings("tone", field, window).field() == field


def test_choices_belong_to_a_choice_alone(dialog):
    dialog.choices.setPlainText(" calm \n\nwarm\ncalm")
    assert dialog.field().choices == ()
    choose(dialog, FieldKind.CHOICE)
    assert dialog.field().choices == ("calm", "warm")


def test_a_choice_needs_choices(dialog):
    choose(dialog, FieldKind.CHOICE)
    dialog.check_and_accept()
    assert problems(dialog) == ["Write at least one choice, one on each line."]
    assert not dialog.result()


def test_an_image_has_no_default_that_is_typed(dialog, window):
    dialog.default.setText("words")
    choose(dialog, FieldKind.IMAGE)
    assert not dialog._rows.isRowVisible(dialog.default)
    assert dialog.field() == replace(dialog.field(), kind=FieldKind.IMAGE, default="")
    field = VariableField(FieldKind.IMAGE, default=EXAMPLE)
    of_a_file = FieldSettings("photo", field, window)
    assert of_a_file.default.text() == ""
    assert of_a_file.field() == field
    choose(of_a_file, FieldKind.LINE)
    assert of_a_file.field().default == ""


def test_a_default_of_another_kind_is_refused(dialog):
    choose(dialog, FieldKind.NUMBER)
    dialog.default.setText("warm")
    dialog.check_and_accept()
    assert problems(dialog) == ["The default does not fit: “tone” must be a number; it has “warm”."]
    dialog.default.setText("3")
    dialog.check_and_accept()
    assert dialog.result()
