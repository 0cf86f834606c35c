"""The page's checks: edited in a sheet, kept with the comparison, and shown in each column."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import replace

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from novita_desktop.domain.check_outcomes import CheckedCells, tally_of
from novita_desktop.domain.comparisons import Comparison
from novita_desktop.domain.leaderboard import CheckTally
from novita_desktop.services.comparison_checks import names_of
from novita_desktop.ui.page_context import PageContext
from novita_desktop.ui.pages.compare.compare_board import CompareBoard
from novita_desktop.ui.pages.compare.head_buttons import checks_button
from novita_desktop.ui.pages.compare.plan_inputs import PlanInputs
from novita_desktop.ui.tasks import answer_of


class CompareChecks(QObject):
    """Holds the sentences that answers are checked by; `changed` tells of others.

    `button` opens them. `kept` has a comparison whose inputs expect something else now. The
    findings come from the engine, which computes them on worker threads.
    """

    changed = Signal()
    kept = Signal(object)

    def __init__(
        self, context: PageContext, board: CompareBoard, inputs: PlanInputs, page: QWidget
    ) -> None:
        super().__init__(page)
        self.context = context
        self.button = checks_button(context.icons)
        self._board, self._inputs, self._page = board, inputs, page
        self._value: tuple[str, ...] = ()
        self._comparison: Comparison | None = None
        self._number = 1
        self._turn = 0
        self._place: tuple[int | None, int] = (None, 1)
        self.button.clicked.connect(self.ask)
        inputs.more_names = self.names
        inputs.changed.connect(self._take_inputs)
        self._show_count()

    @property
    def value(self) -> tuple[str, ...]:
        """The sentences."""
        return self._value

    async def names(self) -> Sequence[str]:
        """Return the columns of the inputs that the checks compare answers with."""
        return await asyncio.to_thread(names_of, self._value)

    def set_value(self, checks: tuple[str, ...]) -> None:
        """Take these sentences, as they are kept."""
        self._value = checks
        self._show_count()

    def ask(self) -> None:
        """Let the person write and change the sentences."""
        self.context.tasks.start(self._ask())

    def change(self, checks: tuple[str, ...]) -> None:
        """Check by these sentences from now on, also the answers in view."""
        if checks == self._value:
            return
        self.set_value(checks)
        if self._comparison is not None:
            work = self.context.workspace.checks.set_checks(self._comparison.id, checks)
            self.context.tasks.start(self.context.bridge.call(work))
        self.changed.emit()
        self.show(self._comparison, self._number)

    def show(self, comparison: Comparison | None, number: int) -> None:
        """Show how the answers of a round came out."""
        self._turn += 1
        self._comparison, self._number = comparison, number
        place = (comparison.id if comparison else None, number)
        if place != self._place or not self._value:
            # Chips of another round are never seen beside the answers of this one.
            self._place = place
            for column in self._board:
                column.checks.clear()
        if comparison is not None and self._value:
            checked = replace(comparison, checks=self._value)
            self.context.tasks.start(self._show(self.context, checked, number, self._turn))

    async def _ask(self) -> None:
        # What reads sentences takes longer to load, and to read its first, than a frame.
        await asyncio.to_thread(names_of, (*self._value, self.tr("Checks")))
        from novita_desktop.ui.dialogs.comparison_checks import (  # noqa: PLC0415  # when wanted
            ComparisonChecksDialog,
        )

        dialog = ComparisonChecksDialog(self._value, self.context.icons, self._page)
        if await answer_of(dialog):
            self.change(dialog.value())

    async def _show(
        self, context: PageContext, comparison: Comparison, number: int, turn: int
    ) -> None:
        found = await context.bridge.call(context.workspace.checks.findings(comparison))
        is_hidden = comparison.hides_names(number)
        tallies = {} if is_hidden else _tallies(comparison, found)
        secret = self._secret(comparison.checks) if is_hidden else ()
        for column in list(self._board):
            # A column takes a few milliseconds: between two, the window does what is due.
            await asyncio.sleep(0)
            if turn != self._turn or context is not self.context:
                return
            column.checks.show_findings(
                found.get((number, column.key), {}),
                tallies.get(column.key),
                is_hidden=is_hidden,
                secret=secret,
            )

    def _secret(self, checks: Sequence[str]) -> Sequence[str]:
        """Return the checks on a model's name, which would tell whose answer it is."""
        column = next(iter(self._board), None)
        if column is None:
            return ()
        return [check for check in checks if column.answer.covered(check) != check]

    def _take_inputs(self) -> None:
        """Give the answers in view what their inputs expect now; nothing runs for that."""
        if self._comparison is not None and self._value:
            self.context.tasks.start(self._keep_values(self.context, self._comparison.id))

    async def _keep_values(self, context: PageContext, comparison_id: int) -> None:
        work = context.workspace.checks.take_values(comparison_id, self._inputs.value)
        comparison = await context.bridge.call(work)
        if comparison is not None and context is self.context:
            self.kept.emit(comparison)

    def _show_count(self) -> None:
        count = len(self._value)
        words = self.tr("1 check") if count == 1 else self.tr("{n} checks")
        self.button.setAccessibleDescription(words.format(n=count) if count else "")
        self.button.setToolTip(
            self.tr("Say what an answer must be: each one is checked on this computer")
        )


def _tallies(comparison: Comparison, found: CheckedCells) -> Mapping[int, CheckTally]:
    """Return each column's sum over all inputs, if there are several; hidden rounds do not count."""
    tallies: dict[int, CheckTally] = {}
    if len(comparison.rounds) > 1:
        for (number, key), findings in found.items():
            if not comparison.hides_names(number):
                tally = tally_of(findings.values())
                tallies[key] = tallies.get(key, CheckTally()) + tally
    return tallies
