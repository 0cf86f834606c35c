"""Finding runs by words and facts, in a real file, whatever is typed and whatever is stored."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from novita_desktop.domain.costs import Cost
from novita_desktop.domain.history_search import HistoryQuery, parsed
from novita_desktop.domain.runs import GroupKind, RunGroup, RunStatus
from novita_desktop.storage import run_search
from novita_desktop.storage.opening import connect
from novita_desktop.storage.run_store import RunStore
from tests.storage.samples import NEW_GROUP, NOW, add_runs, new_run, run_end, with_runs

FIXTURES = Path(__file__).parent / "released"
DAY = 24 * 3600 * 1_000_000


def query(text: str) -> HistoryQuery:
    return parsed(text, date(2026, 11, 24))


async def store(
    runs: RunStore,
    message: str = "Hello",
    answer: str = "An answer.",
    system: str = "",
    **end: object,
) -> int:
    group = await runs.add_group(RunGroup(GroupKind.PROMPT), NOW)
    messages = [{"role": "system", "content": system}] if system else []
    messages += [{"role": "user", "content": message}]
    body = json.dumps({"model": "m", "messages": messages})
    changes = {name: end.pop(name) for name in ("model", "created_at") if name in end}
    run = await runs.add(new_run(group, message, request_body=body, **changes))
    await runs.finish(run.id, run_end(answer, **end))
    return run.id


async def found(runs: RunStore, text: str) -> list[int]:
    return [run.id for run in await runs.search(query(text))]


def test_every_text_of_a_run_is_searched_newest_first(tmp_path: Path) -> None:
    async def work(runs: RunStore) -> None:
        first = await store(runs, "A squeaking hinge", "Oil it.")
        second = await store(runs, "Hello", "The HINGE is loose.", reasoning="They mean a door")
        third = await store(runs, "Hello", "Häuser", "You repair doors")
        assert await found(runs, "hinge") == [second, first]
        assert await found(runs, "hin") == [second, first]
        assert await found(runs, "hi") == []
        assert await found(runs, "door") == [third, second]
        assert await found(runs, '"a door"') == [second]
        assert await found(runs, "hinge oil") == [first]
        assert await found(runs, "hauser") == [third]
        assert await found(runs, "oil loose") == []

    with_runs(tmp_path / "novita.db", work)


def test_model_and_facts_narrow_the_list(tmp_path: Path) -> None:
    async def work(runs: RunStore) -> None:
        glm = await store(runs, model="zai-org/glm-4.6", cost=Cost(200_000_000))
        failed = await store(runs, "glm", status=RunStatus.FAILED, cost=None)
        old = await store(runs, created_at=NOW - 300 * DAY)
        assert await found(runs, "model:glm") == [glm]
        assert await found(runs, "glm") == [failed, glm]
        assert await found(runs, "status:failed") == [failed]
        assert await found(runs, "status:done") == [old, glm]
        assert await found(runs, "cost:>0.01") == [glm]
        assert await found(runs, "cost:>0.02") == []
        assert await found(runs, "after:2026-06-01") == [failed, glm]
        assert await found(runs, "before:2026-06-01") == [old]
        await runs.set_star([old], is_starred=True)
        assert await found(runs, "is:starred") == [old]
        assert await found(runs, "is:starred glm") == []
        assert await runs.is_match(query("model:glm"), glm)
        assert not await runs.is_match(query("model:glm"), old)

    with_runs(tmp_path / "novita.db", work)


def test_what_is_found_comes_in_pages_and_is_counted_up_to_a_limit(tmp_path: Path) -> None:
    async def work(runs: RunStore) -> None:
        ids = [await store(runs, "A hinge") for _ in range(7)][::-1]
        first = await runs.search(query("hinge"), limit=3)
        second = await runs.search(query("hinge"), first[-1].id, 3)
        assert [run.id for run in (*first, *second)] == ids[:6]
        assert await runs.search_ids(query("hinge"), second[-1].id) == ids[6:]
        assert await runs.count_found(query("hinge"), 100) == 7
        assert await runs.count_found(query("hinge"), 5) == 5

    with_runs(tmp_path / "novita.db", work)


def test_a_run_that_ends_again_is_found_by_its_new_words_alone(tmp_path: Path) -> None:
    async def work(runs: RunStore) -> None:
        run = await store(runs, answer="The first words")
        await runs.finish(run, run_end("The second words"))
        assert await found(runs, "first") == []
        assert await found(runs, "second") == [run]

    with_runs(tmp_path / "novita.db", work)


def test_a_note_is_found_and_can_be_taken_away(tmp_path: Path) -> None:
    async def work(runs: RunStore) -> None:
        run = await store(runs)
        await runs.set_note(run, "For the brochure")
        assert await found(runs, "brochure") == [run]
        detail = await runs.detail(run)
        assert detail is not None
        assert detail.summary.note == "For the brochure"
        await runs.set_note(run, "")
        assert await found(runs, "brochure") == []

    with_runs(tmp_path / "novita.db", work)


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> sqlite3.Connection:
    path = tmp_path_factory.mktemp("search") / "novita.db"
    with_runs(path, lambda runs: store(runs, "A squeaking hinge"))
    return connect(path, 1)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.text(alphabet=st.characters(exclude_categories=()))
    | st.lists(
        st.sampled_from(
            ['"', "*", "(", ")", "NEAR(", "AND", "OR", "NOT", "^", "{", "}", ":", "+", "-", " ",
             "model:", "cost:<", "1", "a", "after:9998-12-31", "before:1971", "\0", "'"]
        ),
        max_size=12,
    ).map("".join)
)  # fmt: skip
def test_nothing_that_can_be_typed_is_an_error(filled: sqlite3.Connection, text: str) -> None:
    run_search.search(filled, query(text), None, 10)
    run_search.count(filled, query(text), 10)


def test_runs_of_one_group_are_found(tmp_path: Path) -> None:
    async def work(runs: RunStore) -> None:
        first = await runs.add(new_run())
        second = await runs.add(new_run(replace(NEW_GROUP, id=first.group_id)))
        await runs.add(new_run())
        found = await runs.search(HistoryQuery(group_id=first.group_id))
        assert [run.id for run in found] == [second.id, first.id]

    with_runs(tmp_path / "novita.db", work)


def test_a_page_at_the_end_of_what_was_found_takes_no_longer(tmp_path: Path) -> None:
    async def work(runs: RunStore) -> list[int]:
        return await add_runs(runs, 1_500)

    ids = with_runs(tmp_path / "novita.db", work)
    with closing(connect(tmp_path / "novita.db", 1)) as file:

        def steps(before: int | None) -> int:
            """Return how many hundreds of steps SQLite takes for a page."""
            taken = 0

            def count() -> int:
                nonlocal taken
                taken += 1
                return 0

            file.set_progress_handler(count, 100)
            assert len(run_search.search(file, query("answer"), before, 10)) == 10
            file.set_progress_handler(None, 0)
            return taken

        assert steps(min(ids) + 10) <= 2 * steps(None)
