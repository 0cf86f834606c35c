"""A numeric input shows its three states and refuses what is out of range."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton, QSlider

from novita_desktop.ui.widgets.parameter_field import InputState, ParameterField, ParameterWords


def words_of(error):
    return f"{error.field} {error.problem} {error.low} {error.high}"


@pytest.fixture
def field(qtbot):
    field = ParameterField("temperature", ParameterWords("Temperature"), words_of, slider_rest=1.0)
    qtbot.addWidget(field)
    return field


@pytest.mark.parametrize(
    ("text", "state"),
    [
        (None, InputState.DEFAULT),
        ("0.7", InputState.SET),
        ("{{ warmth }}", InputState.VARIABLE),
    ],
)
def test_the_three_states_round_trip(field, text, state):
    told = []
    field.changed.connect(lambda *change: told.append(change))
    field.set_value(text)
    assert (field.value(), field.state(), told) == (text, state, [])


def test_each_state_is_said_in_words(field):
    shown = []
    for text in (None, "0.7", "{{ warmth }}"):
        field.set_value(text)
        shown.append(field._note.text())
    assert shown == ["Model default, not sent", "Set", "From a variable"]


def test_one_edit_is_told_once(field):
    told = []
    field.changed.connect(lambda *change: told.append(change))
    field.edit.setText("0.3")
    assert told == [("temperature", "0.3")]


def test_the_slider_sets_the_number_and_follows_it(field):
    slider = field.findChild(QSlider)
    told = []
    field.changed.connect(lambda *change: told.append(change))
    slider.setValue(70)
    assert told == [("temperature", "0.70")]
    field.set_value("1,5")
    assert slider.value() == 150
    field.set_value("{{ warmth }}")
    assert not slider.isEnabled()
    field.set_value(None)
    assert (slider.value(), slider.isEnabled()) == (100, True)


@pytest.mark.parametrize("text", ["3", "-0.1", "warm"])
def test_a_wrong_number_is_explained_at_the_field(field, text):
    field.edit.setText(text)
    assert field.problem_text().startswith("temperature ")
    field.edit.setText("0.5")
    assert field.problem_text() == ""


def test_reset_goes_back_to_the_models_default(field, qtbot):
    field.set_value("0.7")
    reset = field.findChild(QPushButton)
    assert reset.accessibleName() == "Reset Temperature"
    qtbot.mouseClick(reset, Qt.MouseButton.LeftButton)
    assert field.value() is None


def test_the_models_limit_is_the_highest_number(qtbot):
    field = ParameterField("max_tokens", ParameterWords("Max tokens"), words_of)
    qtbot.addWidget(field)
    field.set_limit(8192)
    field.set_value("8193")
    assert field.problem_text() == "max_tokens out_of_range 1 8192"
    field.set_value("0")
    assert field.problem_text() == "max_tokens out_of_range 1 8192"
    field.set_value("8,192")
    assert field.problem_text() == ""


def test_a_suggested_value_is_shown_as_such(qtbot):
    field = ParameterField("max_tokens", ParameterWords("Max tokens"), words_of)
    qtbot.addWidget(field)
    field.set_unset_words("Suggested value, sent: 4,096", "4,096")
    assert field.value() is None
    assert field._note.text() == "Suggested value, sent: 4,096"
    assert field.edit.placeholderText() == "4,096"
