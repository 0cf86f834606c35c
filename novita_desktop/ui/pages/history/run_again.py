"""Runs old requests again, one or many, and tells of refusals with what can be done about them."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from typing import Any

from PySide6.QtCore import QObject, Signal

from novita_desktop.domain.errors import DailyLimitReached, NovitaDesktopError
from novita_desktop.domain.history_search import HistoryQuery
from novita_desktop.domain.runs import RunSummary
from novita_desktop.services.history import HistoryService, RetryPlan
from novita_desktop.services.workspace import Workspace
from novita_desktop.ui import formatting
from novita_desktop.ui.dialogs.question import Question
from novita_desktop.ui.error_messages import describe
from novita_desktop.ui.error_words import ErrorAction
from novita_desktop.ui.notices import NoticeAction, NoticeBar, NoticeKind
from novita_desktop.ui.page_context import PageContext
from novita_desktop.ui.tasks import answer_of

Again = Callable[[Workspace, bool], Coroutine[Any, Any, RunSummary]]
"""Starts a run from an old one; the flag says that the daily limit does not hold it back."""


class RunAgain(QObject):
    """Starts runs from old ones; `started` has the new run, `action_asked` what mends a refusal."""

    started = Signal(object)
    action_asked = Signal(str)

    def __init__(self, context: PageContext, notice: NoticeBar, parent: QObject) -> None:
        super().__init__(parent)
        self.context = context
        self._notice = notice

    def retry(self, run_id: int) -> None:
        """Run the same request again."""
        self.start(
            lambda workspace, is_confirmed: workspace.runs.retry(
                run_id, confirmed_over_limit=is_confirmed
            )
        )

    def start(self, work: Again, *, is_confirmed: bool = False) -> None:
        """Start a run and tell it, or why it was refused."""
        self._notice.clear()
        self.context.tasks.start(self._start(self.context, work, is_confirmed=is_confirmed))

    def mend(self, action: str, run_id: int) -> bool:
        """Run again what failed as `action` says; return whether it is one of those."""
        name, _, parameter = action.partition(":")
        match name:
            case ErrorAction.RUN_WITHOUT:
                self.start(
                    lambda workspace, is_confirmed: workspace.runs.run_without(
                        run_id, parameter, confirmed_over_limit=is_confirmed
                    )
                )
            case ErrorAction.RAISE_AND_RERUN:
                self.start(
                    lambda workspace, is_confirmed: workspace.runs.raise_and_rerun(
                        run_id, confirmed_over_limit=is_confirmed
                    )
                )
            case ErrorAction.RETRY:
                self.retry(run_id)
            case _:
                return False
        return True

    def retry_failed(self, query: HistoryQuery) -> None:
        """Ask whether to run all failed runs of a list again, and do it."""
        self._notice.clear()
        self.context.tasks.start(self._ask_about_failed(self.context, query))

    async def _start(self, context: PageContext, work: Again, *, is_confirmed: bool) -> None:
        try:
            summary = await context.bridge.call(work(context.workspace, is_confirmed))
        except DailyLimitReached as error:
            self._tell(error, lambda: self.start(work, is_confirmed=True))
        except NovitaDesktopError as error:
            self._tell(error)
        else:
            if context is self.context:
                self.started.emit(summary)

    async def _ask_about_failed(self, context: PageContext, query: HistoryQuery) -> None:
        plan = await context.bridge.call(context.workspace.history.retry_plan(query))
        if not plan.run_ids:
            self._notice.show_notice(NoticeKind.INFO, self.tr("No run in this list has failed."))
            return
        count = len(plan.run_ids)
        title = self.tr("Retry 1 failed run?") if count == 1 else self.tr("Retry {n} failed runs?")
        question = Question(
            title.format(n=formatting.whole(count)),
            self._words_on(plan),
            self.tr("Retry all"),
            self._notice.window(),
        )
        if await answer_of(question):
            await self._retry_all(context, plan, is_confirmed=False)

    def _words_on(self, plan: RetryPlan) -> str:
        count = len(plan.run_ids)
        words = (
            self.tr("One failed run of this list is sent again.")
            if count == 1
            else self.tr("{n} failed runs of this list are sent again.")
        )
        parts = [words.format(n=formatting.whole(count))]
        if plan.is_cut:
            parts.append(self.tr("There are more: the newest go first."))
        if plan.unknown_count < count:
            price = formatting.money(plan.units, is_estimate=True)
            cost = self.tr("It costs {price}.") if count == 1 else self.tr("Together: {price}.")
            parts.append(cost.format(price=price))
        if plan.unknown_count:
            number = formatting.whole(plan.unknown_count)
            parts.append(self.tr("The price of {n} is unknown.").format(n=number))
        return " ".join(parts)

    async def _retry_all(
        self, context: PageContext, plan: RetryPlan, *, is_confirmed: bool
    ) -> None:
        history: HistoryService = context.workspace.history
        try:
            await context.bridge.call(history.retry_all(plan, confirmed_over_limit=is_confirmed))
        except DailyLimitReached as error:
            self._tell(
                error,
                lambda: context.tasks.start(self._retry_all(context, plan, is_confirmed=True)),
            )
        except NovitaDesktopError as error:
            self._tell(error)

    def _tell(self, error: NovitaDesktopError, anyway: Callable[[], object] | None = None) -> None:
        text = describe(error)
        action = None
        if anyway is not None:
            go_on = anyway
            action = NoticeAction(self.tr("Run anyway"), lambda: _call(go_on))
        elif text.action:
            action = NoticeAction(
                text.action_words, lambda: self.action_asked.emit(str(text.action))
            )
        self._notice.show_notice(NoticeKind.WARN, text.sentence, action)


def _call(work: Callable[[], object]) -> None:
    work()
