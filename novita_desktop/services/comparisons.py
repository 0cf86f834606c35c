"""One prompt in several columns: started through the one run path, judged, kept, opened again."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Final

from novita_desktop.domain.comparisons import (
    Cell,
    Column,
    Comparison,
    ComparisonPlan,
    Judgement,
    Round,
    Verdict,
    form_of_column,
    order_of,
    plan_from_saved,
    plan_to_saved,
)
from novita_desktop.domain.costs import sum_of
from novita_desktop.domain.leaderboard import Standing, standings
from novita_desktop.domain.records import record
from novita_desktop.domain.requests import Lane, RunRequest
from novita_desktop.domain.runs import (
    GroupKind,
    RunDetail,
    RunGroup,
    message_head,
)
from novita_desktop.services.background import Background
from novita_desktop.services.catalogue import CatalogueService
from novita_desktop.services.clock import Clock
from novita_desktop.services.column_reruns import Again, run_anew
from novita_desktop.services.comparison_checks import ComparisonChecks
from novita_desktop.services.preview import Preview, preview, request_of_form
from novita_desktop.services.private_comparisons import PrivateComparisons
from novita_desktop.services.runs import RunService
from novita_desktop.services.settings import SettingsService
from novita_desktop.storage.draft_store import DraftStore

DRAFT_NAME: Final = "compare"


@record(frozen=True, slots=True)
class ComparisonParts:
    """What comparisons are made of."""

    store: PrivateComparisons
    checks: ComparisonChecks
    drafts: DraftStore
    runs: RunService
    catalogue: CatalogueService
    settings: SettingsService
    background: Background
    clock: Clock


@record(frozen=True, slots=True)
class Job:
    """One cell that is to run."""

    number: int
    key: int
    request: RunRequest


class ComparisonService:
    """The comparisons of one data folder. Every coroutine raises StorageError.

    Those that start runs raise NotConnected and, unless confirmed, DailyLimitReached: then nothing
    was started. A limit that the runs of one comparison reach together does not stop them half-way.
    """

    def __init__(self, parts: ComparisonParts) -> None:
        self._parts = parts
        self._feeding: set[int] = set()
        self._feeds: dict[int, asyncio.Task[None]] = {}

    async def save_plan(self, plan: ComparisonPlan) -> None:
        """Keep what stands on the Compare page; on the disk when this returns."""
        await self._parts.drafts.save(DRAFT_NAME, plan_to_saved(plan))

    async def forget_plan(self) -> None:
        """Remove what was kept of the Compare page."""
        await self._parts.drafts.forget(DRAFT_NAME)

    async def load_plan(self) -> ComparisonPlan | None:
        """Return what stood on the Compare page, None at the first time."""
        saved = await self._parts.drafts.load(DRAFT_NAME)
        return None if saved is None else plan_from_saved(saved)

    async def get(self, comparison_id: int) -> Comparison | None:
        """Return a comparison with its rounds, None when there is no such."""
        return await self._parts.store.get(comparison_id)

    async def of_run(self, run_id: int) -> int | None:
        """Return the id of the comparison that a run stands in, None for any other run."""
        return await self._parts.store.of_run(run_id)

    async def export(self, comparison_id: int, path: Path) -> None:
        """Write a comparison to `path`, in the form that its suffix names. Raises StorageError."""
        from novita_desktop.services.comparison_export import (  # noqa: PLC0415  # when one is saved
            as_text,
        )
        from novita_desktop.services.exports import save_text  # noqa: PLC0415  # when one is saved

        comparison = await self._again(comparison_id)
        details: dict[int, RunDetail] = {}
        for each in comparison.rounds:
            for cell in each.cells.values():
                details[cell.run_id] = await self._parts.runs.detail(cell.run_id)

        def name_of(model_id: str) -> str:
            model = self._parts.catalogue.find(model_id)
            return model.name if model else model_id

        findings = await self._parts.checks.findings(comparison)
        text = await asyncio.to_thread(as_text, comparison, details, path.suffix, name_of, findings)
        await save_text(path, text)

    async def standings(self, preset_id: int | None = None) -> list[Standing]:
        """Return the leaderboard of one preset's comparisons, or of all."""
        rounds = await self._parts.store.judged(preset_id)
        tallies = await self._parts.checks.tallies(preset_id)
        return await asyncio.to_thread(standings, rounds, tallies)

    async def preview(self, plan: ComparisonPlan) -> Preview:
        """Return what running all columns would cost together, or the first problem.

        The price is unknown as soon as that of one column is. Every input counts as the longest
        does. `body_json` is the first column's.
        """
        parts = self._parts
        found: list[Preview] = []
        longest = max(plan.inputs, key=lambda values: sum(map(len, values.values())), default={})
        for column in plan.columns:
            form, model = (
                form_of_column(plan.form, column, longest),
                parts.catalogue.find(column.model),
            )
            each = await preview(form, model, parts.settings.current, parts.clock)
            if each.problem is not None:
                return each
            found.append(each)
        estimates = [each.estimate for each in found if each.estimate is not None]
        if not estimates:
            return Preview()
        return Preview(found[0].body_json, sum_of(estimates * max(len(plan.inputs), 1)))

    async def start(
        self,
        plan: ComparisonPlan,
        clipboard: str | None = None,
        *,
        confirmed_over_limit: bool = False,
    ) -> Comparison:
        """Run the plan's form in all of its columns, as a new comparison.

        All requests are made out before the first is sent: raises InputError naming an input that
        is missing or wrong in any column.
        """
        inputs: Sequence[Mapping[str, str]] = plan.inputs or ({},)
        jobs = [
            Job(number, column.key, self._request(plan, column, values, clipboard))
            for number, values in enumerate(inputs, start=1)
            for column in plan.columns
        ]
        title = message_head(jobs[0].request.message_text)
        first = await self._parts.runs.submit(
            jobs[0].request,
            RunGroup(GroupKind.COMPARISON, title),
            confirmed_over_limit=confirmed_over_limit,
        )
        rounds = [
            Round(number, order_of(plan.columns, is_blind=plan.is_blind), values)
            for number, values in enumerate(inputs, start=1)
        ]
        rounds[0] = replace(rounds[0], cells={jobs[0].key: Cell(first.id)})
        comparison = Comparison(
            id=first.group_id,
            title=title,
            created_at=first.created_at,
            form=plan.form,
            columns=plan.columns,
            is_blind=plan.is_blind,
            rounds=tuple(rounds),
            checks=plan.checks,
        )
        await self._parts.store.add(comparison)
        await self._submit(comparison.id, jobs[1:])
        return await self._again(comparison.id)

    async def run_missing(
        self,
        comparison_id: int,
        clipboard: str | None = None,
        *,
        confirmed_over_limit: bool = False,
    ) -> Comparison:
        """Run every cell without a run: of added columns, and of inputs that were stopped before.

        Rounds that are judged stay as they are. Does nothing while their runs are being started.
        """
        comparison = await self._again(comparison_id)
        if comparison_id in self._feeding:
            return comparison
        jobs = [
            Job(
                each.number,
                column.key,
                self._request(comparison, column, each.values, clipboard),
            )
            for each, column in comparison.missing()
        ]
        await self._submit(comparison_id, jobs, confirmed_over_limit=confirmed_over_limit)
        return await self._again(comparison_id)

    async def run_again(
        self,
        comparison_id: int,
        number: int,
        key: int,
        again: Again,
        *,
        confirmed_over_limit: bool = False,
    ) -> Comparison:
        """Run one cell anew, linked to its old run; the other columns are left alone."""
        comparison = await self._again(comparison_id)
        cell = _round(comparison, number).cells[key]
        group = _group_of(comparison)
        summary = await run_anew(
            self._parts.runs, cell.run_id, again, group, is_confirmed=confirmed_over_limit
        )
        await self._parts.store.set_cell(comparison_id, number, key, summary.id)
        return await self._again(comparison_id)

    async def stop_all(self, comparison_id: int) -> Comparison:
        """Start no more of a comparison's runs, and stop those that go on."""
        self._feeding.discard(comparison_id)
        if (feed := self._feeds.get(comparison_id)) is not None:
            await asyncio.wait({feed})
        comparison = await self._again(comparison_id)
        await self.stop(comparison.live_runs())
        return await self._again(comparison_id)

    async def stop(self, run_ids: Sequence[int]) -> None:
        """Stop runs at once, all together; what arrived is kept."""
        await asyncio.gather(*map(self._parts.runs.stop, run_ids))

    async def judge(
        self, comparison_id: int, number: int, verdict: Verdict | None, best: int | None = None
    ) -> Comparison:
        """Keep a round's verdict, with the winning column's key for BEST; None takes it back.

        A verdict that is changed or taken back once the names were seen is no longer blind.
        """
        comparison = await self._again(comparison_id)
        judgement = None
        if verdict is not None:
            was_blind = comparison.hides_names(number)
            judgement = Judgement(verdict, best, self._parts.clock.now(), was_blind)
        elif comparison.is_blind:
            # The names have been seen: hiding them again would hide nothing.
            await self._parts.store.set_blind(comparison_id, is_blind=False)
        await self._parts.store.judge(comparison_id, number, judgement)
        return await self._again(comparison_id)

    async def show_names(self, comparison_id: int) -> Comparison:
        """Show the names of every round from now on, judged or not."""
        await self._parts.store.set_blind(comparison_id, is_blind=False)
        return await self._again(comparison_id)

    async def set_thumb(self, comparison_id: int, number: int, key: int, thumb: int) -> Comparison:
        """Give a cell a thumb up (1), down (-1), or none (0)."""
        await self._parts.store.set_thumb(comparison_id, number, key, thumb)
        return await self._again(comparison_id)

    async def set_note(self, comparison_id: int, number: int, note: str) -> None:
        """Write a person's note on a round."""
        await self._parts.store.set_note(comparison_id, number, note.strip())

    async def rename(self, comparison_id: int, title: str) -> Comparison:
        """Give a comparison another title."""
        await self._parts.store.rename(comparison_id, title)
        return await self._again(comparison_id)

    async def set_columns(self, comparison_id: int, columns: Sequence[Column]) -> Comparison:
        """Change a comparison's columns: some were added, removed or moved."""
        await self._parts.store.set_columns(comparison_id, columns)
        return await self._show_in_order(comparison_id, [column.key for column in columns])

    async def arrange(self, comparison_id: int, keys: Sequence[int]) -> Comparison:
        """Show the columns in the order of `keys`, wherever their names may be seen.

        `keys` may have those of columns that the comparison is yet to get.
        """
        comparison = await self._again(comparison_id)
        places = {key: place for place, key in enumerate(keys)}
        columns = sorted(comparison.columns, key=lambda c: places.get(c.key, len(places)))
        await self._parts.store.set_columns(comparison_id, columns)
        return await self._show_in_order(comparison_id, keys)

    async def _show_in_order(self, comparison_id: int, keys: Sequence[int]) -> Comparison:
        comparison = await self._again(comparison_id)
        for each in comparison.rounds:
            if not comparison.hides_names(each.number):
                await self._parts.store.set_order(comparison_id, each.number, keys)
        return await self._again(comparison_id)

    def _request(
        self,
        whole: ComparisonPlan | Comparison,
        column: Column,
        values: Mapping[str, str],
        clipboard: str | None,
    ) -> RunRequest:
        parts = self._parts
        request = request_of_form(
            form_of_column(whole.form, column, values),
            parts.catalogue.find(column.model),
            parts.settings.current,
            parts.clock,
            clipboard,
        )
        return replace(request, is_private=whole.is_private)

    async def _submit(
        self, comparison_id: int, jobs: Sequence[Job], *, confirmed_over_limit: bool = True
    ) -> None:
        """Start the jobs of the first round at once, and those of further rounds behind it.

        Only the first can be refused for the limit.
        """
        first = jobs[0].number if jobs else 0
        now = [job for job in jobs if job.number == first]
        later = [job for job in jobs if job.number != first]
        for job in now:
            await self._run(comparison_id, job, Lane.INTERACTIVE, is_confirmed=confirmed_over_limit)
            confirmed_over_limit = True
        if later:
            self._feeding.add(comparison_id)
            work = self._feed(comparison_id, later)
            self._feeds[comparison_id] = self._parts.background.start(work, "comparison")

    async def _feed(self, comparison_id: int, jobs: Sequence[Job]) -> None:
        """Start jobs one after another until all are, or the comparison is stopped."""
        try:
            for job in jobs:
                if comparison_id not in self._feeding:
                    return
                run_id = await self._run(comparison_id, job, Lane.BACKGROUND, is_confirmed=True)
                if comparison_id not in self._feeding:
                    await self._parts.runs.stop(run_id)  # it was stopped while this one began
        finally:
            self._feeding.discard(comparison_id)
            self._feeds.pop(comparison_id, None)

    async def _run(self, comparison_id: int, job: Job, lane: Lane, *, is_confirmed: bool) -> int:
        group = RunGroup(GroupKind.COMPARISON, lane=lane, id=comparison_id)
        summary = await self._parts.runs.submit(
            job.request, group, confirmed_over_limit=is_confirmed
        )
        await self._parts.store.set_cell(comparison_id, job.number, job.key, summary.id)
        return summary.id

    async def _again(self, comparison_id: int) -> Comparison:
        """Return a comparison as it is kept now. Raises LookupError for an unknown one."""
        comparison = await self._parts.store.get(comparison_id)
        if comparison is None:
            raise LookupError(f"there is no comparison {comparison_id}")
        return comparison


def _group_of(comparison: Comparison) -> RunGroup:
    return RunGroup(GroupKind.COMPARISON, comparison.title, id=comparison.id)


def _round(comparison: Comparison, number: int) -> Round:
    found = comparison.round(number)
    if found is None:
        raise LookupError(f"comparison {comparison.id} has no round {number}")
    return found
