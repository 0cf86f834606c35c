"""The index of words: whole whatever was stored, and nothing stays of what was taken out."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import given, settings

from novita_desktop.domain.runs import GroupKind, RunGroup
from novita_desktop.storage import run_records, run_writes, schema, search_index
from novita_desktop.storage.run_store import RunStore
from novita_desktop.storage.run_writes import Ending
from tests.storage.samples import NOW, new_run, run_end, texts, with_runs
from tests.storage.test_run_search import FIXTURES, found


def test_runs_of_an_earlier_program_are_indexed_in_slices(tmp_path: Path) -> None:
    path = tmp_path / "novita.db"
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.executescript((FIXTURES / "schema-0001.sql").read_text("utf-8"))

    async def work(runs: RunStore) -> None:
        assert await found(runs, "hauser") == []
        assert await runs.interrupt_unfinished(NOW) == 1
        assert [await runs.index_waiting(1) for _ in range(3)] == [1, 1, 0]
        assert await found(runs, "hauser") == [1]
        assert await found(runs, "model:deepseek") == [2, 1]

    with_runs(path, work)


@settings(max_examples=40)
@given(message=texts, answer=texts, reasoning=texts, note=texts)
def test_whatever_was_indexed_can_be_taken_out_without_a_trace(
    message: str, answer: str, reasoning: str, note: str
) -> None:
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as connection:
        schema.migrate(connection)
        body = json.dumps({"messages": [{"role": "user", "content": message}]})
        (run,) = run_writes.add_all(connection, [new_run(request_body=body)])
        end = run_end(answer, reasoning=reasoning)
        run_writes.finish_all(connection, [Ending(run.id, end)])
        run_records.set_note(connection, run.id, note)
        connection.execute("INSERT INTO run_search (run_search) VALUES ('integrity-check')")
        assert search_index.take_out(connection, run.id)
        connection.execute("CREATE VIRTUAL TABLE words USING fts5vocab(run_search, 'row')")
        assert connection.execute("SELECT term FROM words").fetchall() == []


@pytest.mark.parametrize("body", ["", "[]", "{", '{"messages": 3}', "[" * 100_000])
def test_a_request_that_is_no_request_is_indexed_all_the_same(tmp_path: Path, body: str) -> None:
    async def work(runs: RunStore) -> None:
        group = await runs.add_group(RunGroup(GroupKind.PROMPT), NOW)
        run = await runs.add(new_run(group, request_body=body))
        await runs.finish(run.id, run_end("A hinge"))
        assert await found(runs, "hinge") == [run.id]

    with_runs(tmp_path / "novita.db", work)


def test_pictures_are_not_indexed(tmp_path: Path) -> None:
    content = [
        {"type": "text", "text": "Describe this"},
        {"type": "image_url", "image_url": {"url": "data:image/png;base64,QUJD"}},
    ]

    async def work(runs: RunStore) -> None:
        group = await runs.add_group(RunGroup(GroupKind.PROMPT), NOW)
        body = json.dumps({"messages": [{"role": "user", "content": content}]})
        run = await runs.add(new_run(group, request_body=body))
        await runs.finish(run.id, run_end())
        assert await found(runs, "describe") == [run.id]
        assert await found(runs, "qujd") == []

    with_runs(tmp_path / "novita.db", work)
