"""The inputs under More."""

import pytest

from novita_desktop.ui.widgets.more_options import MoreOptions

ALL = {
    "reasoning": "on",
    "reasoning_effort": "high",
    "seed": "7",
    "frequency_penalty": "-1",
    "presence_penalty": "{{ p }}",
    "repetition_penalty": "1.1",
    "top_k": "40",
    "min_p": "0.1",
    "stop": "END\nSTOP",
    "extra": '{"user": "me"}',
}


@pytest.fixture
def more(qtbot):
    more = MoreOptions(lambda error: error.problem)
    qtbot.addWidget(more)
    return more


def test_every_input_round_trips_in_silence(more):
    told = []
    more.changed.connect(lambda *change: told.append(change))
    more.set_value(ALL)
    assert more.value() == ALL
    more.set_value({})
    assert (more.value(), told) == ({}, [])


def test_one_edit_is_told_once_by_its_wire_name(more):
    told = []
    more.changed.connect(lambda *change: told.append(change))
    more.stop.edit.insertPlainText("END")
    assert told == [("stop", "END")]
    assert more.value() == {"stop": "END"}


def test_a_text_can_be_reset(more):
    more.set_value({"extra": "{}"})
    more.extra.reset_requested.emit()
    assert more.value() == {}
