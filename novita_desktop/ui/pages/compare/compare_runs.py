"""Starts, stops and judges comparisons for the page, and says why something could not be done."""

from __future__ import annotations

from collections.abc import Callable, Coroutine, Sequence
from typing import Any

from PySide6.QtCore import QObject, Signal

from novita_desktop.domain.comparisons import Comparison, ComparisonPlan, Verdict
from novita_desktop.domain.errors import (
    DailyLimitReached,
    InputError,
    NotConnected,
    NovitaDesktopError,
)
from novita_desktop.services.column_reruns import Again
from novita_desktop.ui.error_messages import describe
from novita_desktop.ui.notices import NoticeAction, NoticeBar, NoticeKind
from novita_desktop.ui.page_context import PageContext

Begin = Callable[[bool], Coroutine[Any, Any, Comparison]]
"""Starts runs; told whether the person agreed to go over the daily limit."""


ALL = 0
"""Stands for all columns where a column's key could stand; keys begin at 1."""


class CompareRuns(QObject):
    """Does what the page asks of the engine; `kept` has the comparison as it is kept then.

    `input_refused` names the input that is missing or wrong, `action_asked` what mends a refusal.
    """

    kept = Signal(object)
    input_refused = Signal(object)
    connection_needed = Signal()
    action_asked = Signal(str)
    state_changed = Signal()

    def __init__(self, context: PageContext, notice: NoticeBar, parent: QObject) -> None:
        super().__init__(parent)
        self.context = context
        self._starting: set[int] = set()
        self._notice = notice

    @property
    def is_starting(self) -> bool:
        """Whether all columns are about to run."""
        return ALL in self._starting

    def run(
        self,
        plan: ComparisonPlan,
        shown: Comparison | None,
        number: int,
        clipboard: str | None,
    ) -> None:
        """Go on with the comparison in view if `plan` is it with more; else run it as a new one."""
        if shown is not None and shown.goes_on_with(plan, number):
            self.go_on(plan, shown, clipboard)
        else:
            self.start(plan, clipboard)

    def start(self, plan: ComparisonPlan, clipboard: str | None) -> None:
        """Run all columns of `plan` as a new comparison."""
        comparisons = self.context.workspace.comparisons
        self._begin(lambda yes: comparisons.start(plan, clipboard, confirmed_over_limit=yes))

    def go_on(self, plan: ComparisonPlan, comparison: Comparison, clipboard: str | None) -> None:
        """Run what has no run yet, of added columns and of inputs that were stopped before."""
        comparisons = self.context.workspace.comparisons

        async def work(is_confirmed: bool) -> Comparison:  # noqa: FBT001  # see Begin
            if plan.columns != comparison.columns:
                await comparisons.set_columns(comparison.id, plan.columns)
            return await comparisons.run_missing(
                comparison.id, clipboard, confirmed_over_limit=is_confirmed
            )

        self._begin(work)

    def stop_all(self, comparison: Comparison) -> None:
        """Stop every run of a comparison, and start no more of them."""
        self._keep(self.context.workspace.comparisons.stop_all(comparison.id))

    def run_again(self, comparison: Comparison, number: int, key: int, again: Again) -> None:
        """Run one column anew."""
        comparisons = self.context.workspace.comparisons
        self._begin(
            lambda yes: comparisons.run_again(
                comparison.id, number, key, again, confirmed_over_limit=yes
            ),
            key,
        )

    def stop(self, run_ids: Sequence[int]) -> None:
        """Stop runs; their ends are told by their events."""
        work = self.context.workspace.comparisons.stop(run_ids)
        self.context.tasks.start(self.context.bridge.call(work))

    def try_now(self, run_id: int) -> None:
        """Skip the wait that a run is in."""
        work = self.context.workspace.runs.try_now(run_id)
        self.context.tasks.start(self.context.bridge.call(work))

    def judge(
        self, comparison: Comparison, number: int, verdict: Verdict | None, best: int | None
    ) -> None:
        """Keep a verdict, or take it back."""
        work = self.context.workspace.comparisons.judge(comparison.id, number, verdict, best)
        self._keep(work)

    def set_thumb(self, comparison: Comparison, number: int, key: int, thumb: int) -> None:
        """Keep a thumb, or take it away."""
        work = self.context.workspace.comparisons.set_thumb(comparison.id, number, key, thumb)
        self._keep(work)

    def arrange(self, comparison: Comparison, keys: Sequence[int]) -> None:
        """Keep another order of a comparison's columns."""
        self._keep(self.context.workspace.comparisons.arrange(comparison.id, keys))

    def show_names(self, comparison: Comparison) -> None:
        """Show the names of a blind comparison before its verdict."""
        self._keep(self.context.workspace.comparisons.show_names(comparison.id))

    def _keep(self, work: Coroutine[Any, Any, Comparison]) -> None:
        context = self.context

        async def keep() -> None:
            comparison = await context.bridge.call(work)
            if context is self.context:
                self.kept.emit(comparison)

        context.tasks.start(keep())

    def _begin(self, begin: Begin, key: int = ALL, *, is_confirmed: bool = False) -> None:
        if key in self._starting:
            return
        self._starting.add(key)
        self._notice.clear()
        self.state_changed.emit()
        self.context.tasks.start(self._start(self.context, begin, key, is_confirmed=is_confirmed))

    async def _start(
        self, context: PageContext, begin: Begin, key: int, *, is_confirmed: bool
    ) -> None:
        try:
            comparison = await context.bridge.call(begin(is_confirmed))
            if context is self.context:
                self.kept.emit(comparison)
        except NovitaDesktopError as error:
            self._tell_refusal(error, begin, key)
        finally:
            self._starting.discard(key)
            self.state_changed.emit()

    def _tell_refusal(self, error: NovitaDesktopError, begin: Begin, key: int) -> None:
        text = describe(error)
        match error:
            case InputError():
                self.input_refused.emit(error)
            case NotConnected():
                self.connection_needed.emit()
            case DailyLimitReached():
                anyway = NoticeAction(
                    self.tr("Run anyway"), lambda: self._begin(begin, key, is_confirmed=True)
                )
                self._notice.show_notice(NoticeKind.WARN, text.sentence, anyway)
            case _:
                action = None
                if text.action:
                    action = NoticeAction(
                        text.action_words, lambda: self.action_asked.emit(str(text.action))
                    )
                self._notice.show_notice(NoticeKind.DANGER, text.sentence, action)
