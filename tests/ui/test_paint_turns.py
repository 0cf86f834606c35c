"""Turns: one pane at a time, not before it is due, no timer when nobody waits."""

from time import perf_counter

from PySide6.QtCore import QEvent, QObject

from novita_desktop.ui.widgets.paint_turns import PaintTurns, shared_turns


def test_panes_take_turns_in_the_order_in_which_they_are_due(qtbot):
    turns, taken = PaintTurns(), []
    panes = [QObject() for _ in range(3)]
    now = perf_counter()
    for pane, delay in zip(panes, (0.06, 0.0, 0.03), strict=True):
        turns.ask(pane, lambda delay=delay: taken.append((delay, perf_counter())), now + delay)
    qtbot.waitUntil(lambda: len(taken) == 3)
    assert [delay for delay, _ in taken] == [0.0, 0.03, 0.06]
    assert all(at >= now + delay for delay, at in taken)
    assert turns.is_resting


def test_asking_again_replaces_and_leaving_forgets(qtbot):
    turns, taken = PaintTurns(), []
    one, other = QObject(), QObject()
    turns.ask(one, lambda: taken.append("first"), perf_counter())
    turns.ask(one, lambda: taken.append("second"), perf_counter())
    turns.ask(other, lambda: taken.append("other"), perf_counter())
    turns.leave(other)
    qtbot.waitUntil(lambda: turns.is_resting)
    assert taken == ["second"]


def test_a_pane_may_ask_again_in_its_turn(qtbot):
    turns, taken = PaintTurns(), []
    pane = QObject()

    def turn():
        taken.append(1)
        if len(taken) < 3:
            turns.ask(pane, turn, perf_counter())

    turns.ask(pane, turn, perf_counter())
    qtbot.waitUntil(lambda: len(taken) == 3 and turns.is_resting)


def test_a_pane_that_is_gone_takes_no_turn(qtbot, qapp):
    turns, taken = PaintTurns(), []
    pane = QObject()
    turns.ask(pane, lambda: taken.append(1), perf_counter())
    pane.deleteLater()
    qapp.sendPostedEvents(pane, QEvent.Type.DeferredDelete.value)
    qtbot.waitUntil(lambda: turns.is_resting)
    assert taken == []


def test_all_panes_of_the_application_share_turns(qapp):
    assert shared_turns() is shared_turns()
