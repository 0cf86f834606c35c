"""The events of an answer are facts: told apart by kind, compared by value, never changed."""

from dataclasses import FrozenInstanceError
from typing import get_args

import pytest

from novita_desktop.domain.stream import (
    ReasoningDelta,
    StreamEvent,
    StreamFinished,
    StreamOpened,
    TextDelta,
)


def test_thinking_and_writing_are_told_apart():
    assert TextDelta("a") == TextDelta("a")
    assert TextDelta("a") != ReasoningDelta("a")


def test_events_cannot_be_changed():
    with pytest.raises(FrozenInstanceError):
        TextDelta("a").text = "b"


def test_every_kind_is_in_the_union():
    assert set(get_args(StreamEvent)) == {StreamOpened, ReasoningDelta, TextDelta, StreamFinished}
