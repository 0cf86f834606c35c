"""Checks are computed over a comparison's answers, and counted for each model."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from pathlib import Path

from novita_desktop.demo import DemoHost
from novita_desktop.domain.check_outcomes import CheckedCells, Outcome, Reason
from novita_desktop.domain.comparisons import Column, Comparison, ComparisonPlan, Verdict
from novita_desktop.domain.leaderboard import CheckTally, Competitor
from novita_desktop.domain.prompt_form import PromptForm
from novita_desktop.domain.variable_fields import VariableField
from novita_desktop.services.column_reruns import Again, AgainKind
from novita_desktop.services.comparison_checks import names_of
from tests.services.stage import MODEL, OTHER_MODEL, Stage, open_stage

SHORT, NAMED, ODD = "at most 3 words", "contains the column name", "is polite"
FORM = PromptForm(message="Hello {{ name }}", values={"name": "Ann"})
PLAN = ComparisonPlan(FORM, (Column(1, MODEL), Column(2, OTHER_MODEL)), checks=(SHORT, NAMED, ODD))
PASSED, FAILED, UNKNOWN = Outcome


async def over(stage: Stage, comparison_id: int) -> Comparison:
    """Return a comparison once every cell is there and over."""
    while True:
        found = await stage.workspace.comparisons.get(comparison_id)
        assert found is not None
        if not found.missing() and not found.live_runs():
            for each in found.rounds:
                for cell in each.cells.values():
                    await stage.watch.ended(cell.run_id)
            return found
        await asyncio.sleep(0.01)


async def findings_of(stage: Stage, comparison_id: int) -> CheckedCells:
    """Return what became of the checks once every run has ended."""
    return await stage.workspace.checks.findings(await over(stage, comparison_id))


def test_every_whole_answer_is_checked_with_the_values_of_its_round(
    tmp_path: Path, host: DemoHost
) -> None:
    host.play_always("text=Hello dear Ann")

    async def journey() -> None:
        async with open_stage(tmp_path, host) as stage:
            plan = replace(PLAN, inputs=({"name": "Ann"}, {"name": "Ben"}))
            started = await stage.workspace.comparisons.start(plan)
            kept = await over(stage, started.id)
            assert kept.checks == PLAN.checks
            found = await findings_of(stage, kept.id)
            assert {
                place: [each.outcome for each in findings.values()]
                for place, findings in found.items()
            } == {
                (1, 1): [PASSED, PASSED],
                (1, 2): [PASSED, PASSED],
                (2, 1): [PASSED, FAILED],
                (2, 2): [PASSED, FAILED],
            }
            assert await stage.workspace.checks.findings(replace(kept, checks=())) == {}
            other = replace(kept, checks=("at most 2 words",))
            assert (await stage.workspace.checks.findings(other))[1, 1][
                "at most 2 words"
            ].outcome is FAILED

    asyncio.run(journey())


def test_a_failed_answer_has_no_findings_until_it_came_whole(
    tmp_path: Path, host: DemoHost
) -> None:
    host.script(["no-json-schema", "text=Hello Ann"])

    async def journey() -> None:
        async with open_stage(tmp_path, host) as stage:
            comparisons = stage.workspace.comparisons
            plan = replace(PLAN, columns=(Column(1, MODEL), Column(2, MODEL)))
            kept = await over(stage, (await comparisons.start(plan)).id)
            found = await findings_of(stage, kept.id)
            assert len(found) == 1
            (failed,) = {1, 2} - {key for _, key in found}
            host.script(["text=Hello Ann"])
            await comparisons.run_again(kept.id, 1, failed, Again())
            assert len(await findings_of(stage, kept.id)) == 2

    asyncio.run(journey())


def test_a_continued_answer_is_checked_whole(tmp_path: Path, host: DemoHost) -> None:
    host.play_always("text=Hello Ann")

    async def journey() -> None:
        async with open_stage(tmp_path, host) as stage:
            comparisons = stage.workspace.comparisons
            kept = await over(stage, (await comparisons.start(PLAN)).id)
            host.play_always("text=s and Ben too")
            await comparisons.run_again(kept.id, 1, 1, Again(AgainKind.CONTINUE))
            found = await findings_of(stage, kept.id)
            assert (found[1, 1][SHORT].outcome, found[1, 1][SHORT].count) == (FAILED, 5)
            assert found[1, 1][NAMED].outcome is PASSED

    asyncio.run(journey())


def test_a_fields_default_stands_for_a_value_that_is_missing(
    tmp_path: Path, host: DemoHost
) -> None:
    host.play_always("text=Hello Cem")

    async def journey() -> None:
        async with open_stage(tmp_path, host) as stage:
            form = replace(FORM, values={}, fields={"name": VariableField(default="Cem")})
            plan = replace(PLAN, form=form, checks=(NAMED, "contains the expected answer"))
            kept = await over(stage, (await stage.workspace.comparisons.start(plan)).id)
            found = (await findings_of(stage, kept.id))[1, 1]
            assert found[NAMED].outcome is PASSED
            assert found["contains the expected answer"].reason is Reason.VALUE_MISSING

    asyncio.run(journey())


def test_tallies_count_what_may_be_known(tmp_path: Path, host: DemoHost) -> None:
    host.play_always("text=Hello dear old Ann")

    async def journey() -> None:
        async with open_stage(tmp_path, host) as stage:
            comparisons, checks = stage.workspace.comparisons, stage.workspace.checks
            plan = replace(PLAN, checks=(SHORT, NAMED, "is in English"), is_blind=True)
            kept = await over(stage, (await comparisons.start(plan)).id)
            assert await checks.tallies() == {}
            assert await comparisons.standings() == []
            await comparisons.judge(kept.id, 1, Verdict.BEST, 1)
            # The language of so few words cannot be told, and does not count.
            tally = CheckTally(1, 2)
            assert await checks.tallies() == {
                Competitor(MODEL): tally,
                Competitor(OTHER_MODEL): tally,
            }
            assert [each.checks for each in await comparisons.standings()] == [tally, tally]
            assert await checks.tallies(7) == {}
            await checks.set_checks(kept.id, [])
            assert await checks.tallies() == {}

    asyncio.run(journey())


def test_an_export_has_the_checks(tmp_path: Path, host: DemoHost) -> None:
    async def journey() -> None:
        async with open_stage(tmp_path, host) as stage:
            comparisons = stage.workspace.comparisons
            kept = await over(stage, (await comparisons.start(PLAN)).id)
            await comparisons.export(kept.id, tmp_path / "out.md")
            written = (tmp_path / "out.md").read_text(encoding="utf-8")
            assert written.count(f"ed: {SHORT}") == 2

    asyncio.run(journey())


def test_what_inputs_expect_may_change_behind_their_answers_and_nothing_else(
    tmp_path: Path, host: DemoHost
) -> None:
    host.play_always("text=Hello dear Ann")

    async def journey() -> None:
        async with open_stage(tmp_path, host) as stage:
            comparisons, checks = stage.workspace.comparisons, stage.workspace.checks
            expected = "is the expected answer"
            plan = replace(PLAN, checks=(expected,))
            kept = await over(stage, (await comparisons.start(plan)).id)
            assert (await checks.findings(kept))[1, 1][expected].outcome is UNKNOWN
            values = {"name": "Ann", "expected_answer": "hello dear ann"}
            changed = await checks.take_values(kept.id, [values])
            assert changed is not None
            assert changed.rounds[0].values == values
            assert (await checks.findings(changed))[1, 1][expected].outcome is PASSED
            assert await checks.take_values(kept.id, [{"name": "Ben"}]) is None
            assert await checks.take_values(kept.id, [values, values]) is None
            assert await checks.take_values(99, [values]) is None

    asyncio.run(journey())


def test_the_columns_that_sentences_need_are_named() -> None:
    sentences = [NAMED, "similar to the expected answer", ODD, SHORT]
    assert names_of(sentences) == ("name", "expected_answer")


def test_a_private_comparison_is_checked_and_counts_in_no_leaderboard(
    tmp_path: Path, host: DemoHost
) -> None:
    host.play_always("text=Hello dear Ann")

    async def journey() -> None:
        async with open_stage(tmp_path, host) as stage:
            comparisons, checks = stage.workspace.comparisons, stage.workspace.checks
            kept = await over(stage, (await comparisons.start(replace(PLAN, is_private=True))).id)
            assert (await checks.findings(kept))[1, 1][NAMED].outcome is PASSED
            await checks.set_checks(kept.id, ["is the expected answer"])
            values = {"name": "Ann", "expected_answer": "hello dear ann"}
            changed = await checks.take_values(kept.id, [values])
            assert changed is not None
            found = (await checks.findings(changed))[1, 2]
            assert found["is the expected answer"].outcome is PASSED
            assert await checks.tallies() == {}

    asyncio.run(journey())
