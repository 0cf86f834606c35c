"""How smoothly answers stream: the `streaming` row of the quality targets.

A "stall" is how late a 5 ms timer in the window's thread fires while panes take tokens at a
steady rate. Growth and cost are the processor time of flushes of five tokens, each painted at
once, beside a plain text field that takes the same text. Both stand in the program's own theme:
under a style sheet Qt paints more than without.
"""

from __future__ import annotations

import argparse
import os
import statistics
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from time import perf_counter, thread_time
from typing import Final

from PySide6.QtCore import QElapsedTimer, QEvent, QEventLoop, QObject, Qt, QTimer
from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QApplication, QHBoxLayout, QPlainTextEdit, QWidget
from typing_extensions import override

from benchmarks._sample_answer import sample_tokens
from novita_desktop.ui.theme import Theme
from novita_desktop.ui.widgets.answer_view import AnswerView

_TICK_MS: Final = 5
_ARRIVAL_MS: Final = 33
_TOKENS_A_FLUSH: Final = 5


@dataclass(slots=True)
class _Stalls:
    """What the 5 ms timer and the panes saw, in milliseconds."""

    lateness: list[float] = field(default_factory=list)
    delays: list[float] = field(default_factory=list)
    processor_share: float = 0.0


class _Pane(QObject):
    """One pane, its tokens, and when each batch of them came and was painted."""

    def __init__(self, tokens: list[str], theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self.view = AnswerView(parent)
        self.view.set_theme(theme)
        self.view.viewport().installEventFilter(self)
        self.delays: list[float] = []
        self._tokens = tokens
        self._given = 0
        self._arrived: list[float] = []

    def give(self, count: int) -> None:
        """Give the pane its next `count` tokens."""
        batch = self._tokens[self._given : self._given + count]
        if batch:
            self._arrived.append(perf_counter())
            self._given += len(batch)
            self.view.append("".join(batch))

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.Paint and self.view.is_up_to_date:
            now = perf_counter()
            self.delays += (1000 * (now - came) for came in self._arrived)
            self._arrived.clear()
        return False


def _wait(done: Callable[[], bool], seconds: float) -> None:
    """Run the window until `done` or for `seconds`."""
    loop = QEventLoop()
    started = perf_counter()
    timer = QTimer()
    timer.timeout.connect(
        lambda: loop.quit() if done() or perf_counter() - started > seconds else None
    )
    timer.start(20)
    loop.exec()


def _stream(theme: Theme, panes: int, rate: int, tokens: int, seconds: float) -> _Stalls:
    """Stream the last `seconds` of answers with `tokens` into `panes` at `rate` tokens/s each."""
    window = QWidget()
    window.resize(1440, 900)
    row = QHBoxLayout(window)
    shown = [_Pane(sample_tokens(tokens, seed=index), theme, window) for index in range(panes)]
    for pane in shown:
        row.addWidget(pane.view)
    window.show()
    for pane in shown:
        pane.give(max(0, tokens - round(rate * seconds)))
    _wait(lambda: all(pane.view.is_settled for pane in shown), 120)
    for pane in shown:
        pane.delays.clear()
        pane.view.verticalScrollBar().setValue(pane.view.verticalScrollBar().maximum())
    _wait(lambda: False, 0.5)
    stalls = _Stalls()
    _measure(shown, rate, seconds, stalls)
    for pane in shown:
        stalls.delays += pane.delays
    window.close()
    window.deleteLater()
    return stalls


def _measure(panes: list[_Pane], rate: int, seconds: float, stalls: _Stalls) -> None:
    clock = QElapsedTimer()
    clock.start()
    last = 0.0
    given = 0

    def tick() -> None:
        nonlocal last
        now = clock.nsecsElapsed() / 1e6
        stalls.lateness.append(max(0.0, now - last - _TICK_MS))
        last = now

    def arrive() -> None:
        nonlocal given
        due = round(rate * clock.elapsed() / 1000) - given
        given += due
        for pane in panes:
            pane.give(due)

    ticks, arrivals = QTimer(), QTimer()
    for timer, slot, interval in ((ticks, tick, _TICK_MS), (arrivals, arrive, _ARRIVAL_MS)):
        timer.setTimerType(Qt.TimerType.PreciseTimer)
        timer.timeout.connect(slot)
        timer.start(interval)
    busy = os.times()
    _wait(lambda: False, seconds)
    spent = os.times()
    stalls.processor_share = (spent.user + spent.system - busy.user - busy.system) / seconds
    ticks.stop()
    arrivals.stop()


def _paint(pane: QWidget) -> None:
    """Paint at once what `pane` wants painted, no more."""
    QApplication.sendPostedEvents(pane, QEvent.Type.UpdateRequest.value)


class _Rendered:
    """A pane of the program that takes each flush at once."""

    def __init__(self, theme: Theme) -> None:
        self.view = AnswerView()
        self.view.set_theme(theme)

    def take(self, text: str) -> None:
        """Show `text`."""
        self.view.append(text)
        self.view.take_turn()


class _Plain:
    """A text field in the same window style that takes the same text as it is."""

    def __init__(self) -> None:
        self.view = QPlainTextEdit()
        self.view.setUndoRedoEnabled(False)
        self._cursor = QTextCursor(self.view.document())

    def take(self, text: str) -> None:
        """Show `text`."""
        self._cursor.movePosition(QTextCursor.MoveOperation.End)
        self._cursor.insertText(text)
        self.view.verticalScrollBar().setValue(self.view.verticalScrollBar().maximum())


def _flush_costs(
    panes: Sequence[_Rendered | _Plain], tokens: Sequence[str]
) -> list[tuple[float, ...]]:
    """Return the processor seconds of each flush in each pane, painting included.

    The panes take turns flush by flush, so that whatever else the machine does hits them alike.
    """
    for pane in panes:
        pane.view.resize(700, 900)
        pane.view.show()
    _wait(lambda: False, 0.3)
    costs = []
    for place in range(0, len(tokens), _TOKENS_A_FLUSH):
        text = "".join(tokens[place : place + _TOKENS_A_FLUSH])
        flush = []
        for pane in panes:
            started = thread_time()
            pane.take(text)
            _paint(pane.view)
            flush.append(thread_time() - started)
        costs.append(tuple(flush))
    return costs


def _print_costs(tokens: list[str], theme: Theme) -> None:
    rendered, plain = _Rendered(theme), _Plain()
    view = rendered.view
    both = _flush_costs((rendered, plain), tokens)
    costs, plain_costs = ([flush[pane] for flush in both] for pane in (0, 1))
    view.finish()
    whole = AnswerView()
    whole.set_theme(theme)
    whole.resize(view.size())
    whole.set_text("".join(tokens))
    _wait(lambda: view.is_settled and whole.is_settled, 120)
    tenth = max(1, len(costs) // 10)
    first, last = statistics.mean(costs[:tenth]), statistics.mean(costs[-tenth:])
    print(
        f"{len(costs):,} flushes: first tenth {1000 * first:.2f} ms, last {1000 * last:.2f} ms, "
        f"last / first {last / first:.2f} (at most 1.3); longest {1000 * max(costs):.1f} ms"
    )
    print(
        f"total {sum(costs):.2f} s, plain text {sum(plain_costs):.2f} s, "
        f"ratio {sum(costs) / sum(plain_costs):.2f} (at most 1.6)"
    )
    same = view.toHtml() == whole.toHtml()
    print(f"document equals the answer rendered at once: {'yes' if same else 'NO'}")
    for pane in (view, plain.view, whole):
        pane.close()


def _percentile(values: list[float], percent: float) -> float:
    return sorted(values)[min(len(values) - 1, int(len(values) * percent / 100))]


def main(argv: Sequence[str]) -> None:
    """Print stalls and delays of streaming panes, the cost of flushes, and its growth."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks streaming", description=__doc__)
    parser.add_argument("--tokens", type=int, default=20_000, help="length of each answer")
    parser.add_argument("--seconds", type=float, default=30, help="how long each case streams")
    parser.add_argument("--smoke", action="store_true", help="a few seconds, for CI")
    options = parser.parse_args(argv)
    tokens, seconds = (1_500, 2.0) if options.smoke else (options.tokens, options.seconds)
    if sys.platform == "linux" and not os.environ.get("DISPLAY"):
        os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    application = QApplication.instance() or QApplication(sys.argv[:1])
    if not isinstance(application, QApplication):
        raise TypeError("The windows need a QApplication.")
    theme = Theme(application, "light")
    print(f"{tokens:,} tokens an answer, Qt platform {QApplication.platformName()}")
    print(
        f"{'panes x tokens/s':<18}{'p50':>7}{'p99':>7}{'max ms':>8}{'> 16 ms':>9}{'> 50 ms':>9}"
        f"{'shown after p95':>17}{'core':>7}"
    )
    for panes, rate in ((0, 0), (1, 200), (8, 100)):
        stalls = _stream(theme, panes, rate, tokens, seconds)
        late = stalls.lateness
        over = [sum(each > limit for each in late) / len(late) for limit in (16, 50)]
        shown = f"{_percentile(stalls.delays, 95):.0f} ms" if stalls.delays else "-"
        print(
            f"{f'{panes} x {rate}' if panes else 'idle window':<18}{_percentile(late, 50):>7.1f}"
            f"{_percentile(late, 99):>7.1f}{max(late):>8.1f}{over[0]:>9.2%}{over[1]:>9.2%}"
            f"{shown:>17}{stalls.processor_share:>7.0%}"
        )
    _print_costs(sample_tokens(tokens, seed=0), theme)
