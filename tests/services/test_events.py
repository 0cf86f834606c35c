"""Who is told what happened."""

from __future__ import annotations

import pytest

from novita_desktop.services.events import Event, Events, QueueChanged, RunGrew, RunRestarted


def test_listeners_are_told_in_order_until_they_stop() -> None:
    events = Events()
    first: list[Event] = []
    second: list[Event] = []
    stop = events.listen(first.append)
    events.listen(second.append)
    events.publish(RunGrew(1, "a"))
    stop()
    stop()
    events.publish(RunRestarted(1))
    assert first == [RunGrew(1, "a")]
    assert second == [RunGrew(1, "a"), RunRestarted(1)]


def test_a_listener_that_fails_does_not_stop_the_others(
    caplog: pytest.LogCaptureFixture,
) -> None:
    def fail(_: Event) -> None:
        raise ZeroDivisionError

    events = Events()
    told: list[Event] = []
    events.listen(fail)
    events.listen(told.append)
    events.publish(QueueChanged(1, 2))
    assert told == [QueueChanged(1, 2)]
    assert "ZeroDivisionError" in caplog.text


def test_a_listener_may_stop_listening_while_it_is_told() -> None:
    events = Events()
    told: list[Event] = []

    def once(event: Event) -> None:
        told.append(event)
        stop()

    stop = events.listen(once)
    events.publish(RunRestarted(1))
    events.publish(RunRestarted(2))
    assert told == [RunRestarted(1)]
