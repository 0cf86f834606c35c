"""An input that takes one of a few words."""

import pytest
from PySide6.QtWidgets import QLineEdit

from novita_desktop.ui.widgets.choice_field import ChoiceField
from novita_desktop.ui.widgets.parameter_field import ParameterWords


@pytest.fixture
def field(qtbot):
    words = ParameterWords("Response format")
    field = ChoiceField("response_format", words, (("text", "Text"), ("json_object", "Any JSON")))
    qtbot.addWidget(field)
    return field


@pytest.mark.parametrize("text", [None, "text", "json_object", "{{ format }}"])
def test_values_round_trip_in_silence(field, text):
    told = []
    field.changed.connect(lambda *change: told.append(change))
    field.set_value(text)
    assert (field.value(), told) == (text, [])


def test_a_choice_is_told_once(field):
    told = []
    field.changed.connect(lambda *change: told.append(change))
    field.combo.setCurrentIndex(field.combo.findText("Any JSON"))
    assert told == [("response_format", "json_object")]


def test_a_variable_can_stand_in_for_the_choice(field):
    field.combo.setCurrentIndex(field.combo.findText("From a variable"))
    assert field.value() is None
    line = field.findChild(QLineEdit)
    assert not line.isHidden()
    line.setText("{{ format }}")
    assert field.value() == "{{ format }}"


def test_what_the_model_cannot_give_is_greyed_with_the_reason(field):
    field.refuse(["json_object"], "No JSON here.")
    item = field.combo.model().item(field.combo.findText("Any JSON"))
    assert not item.isEnabled()
    assert item.toolTip() == "No JSON here."
    assert field._note.text() == "No JSON here."
    field.set_value("json_object")
    assert field.problem_text() == "No JSON here."
    field.refuse((), "")
    assert item.isEnabled()
    assert field.problem_text() == ""
