"""Judged rounds are read with the figures of the answers that came whole."""

from __future__ import annotations

from pathlib import Path

from novita_desktop.domain.comparisons import Judgement, Verdict
from novita_desktop.domain.costs import Cost, Usage
from novita_desktop.domain.runs import RunStatus
from novita_desktop.storage.database import Database
from novita_desktop.storage.run_store import RunStore
from tests.storage.samples import NOW, run_end, with_database
from tests.storage.test_comparison_store import added


def test_only_judged_rounds_and_whole_answers_count(tmp_path: Path) -> None:
    async def work(database: Database) -> None:
        store, kept = await added(database)
        runs = RunStore(database)
        end = run_end(duration_ms=2_500, first_word_ms=500, usage=Usage(5, 100), cost=Cost(700))
        await runs.finish(1, end)
        await runs.finish(2, run_end(status=RunStatus.FAILED))
        assert await store.judged() == []
        await store.judge(kept.id, 1, Judgement(Verdict.BEST, 1, NOW))
        (found,) = await store.judged()
        (answer,) = found.answers
        assert (found.verdict, answer.is_best) == (Verdict.BEST, True)
        assert (answer.first_word_ms, answer.tokens_per_second, answer.cost_units) == (
            500,
            50.0,
            700,
        )
        assert (answer.competitor.model, answer.competitor.settings) == ("a/b", "")
        assert await store.judged(3) == [found]
        assert await store.judged(4) == []
        await runs.finish(2, run_end())
        (found,) = await store.judged()
        assert "Kurz" in found.answers[1].competitor.settings
        await runs.delete([1, 2], NOW)
        assert await store.judged() == []

    with_database(tmp_path / "novita.db", work)
