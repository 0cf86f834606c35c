"""Tables of batches: taken from files and pasted texts, and written out with their results."""

from __future__ import annotations

import asyncio
import csv
import json
from pathlib import Path

import pytest

from novita_desktop.demo import DemoHost
from novita_desktop.domain.batches import RowState, Source, SourceKind, row_problem_from
from novita_desktop.domain.errors import StorageError
from novita_desktop.domain.prompt_form import PromptForm
from novita_desktop.domain.table_refusal import TableRefused
from novita_desktop.domain.tables import RowProblem, RowTrouble
from novita_desktop.services.batch_tables import CHUNK_ROWS
from tests.services.stage import MODEL, open_stage
from tests.services.test_batches import over

FORM = PromptForm(MODEL, message="Sum up: {{ review }}")
SOURCES = {"variable:review": Source(SourceKind.COLUMN, "review")}


def test_a_file_becomes_a_batch_and_is_written_with_its_results(
    tmp_path: Path, host: DemoHost
) -> None:
    async def journey() -> None:
        async with open_stage(tmp_path / "data", host) as stage:
            batches = stage.workspace.batches
            source = tmp_path / "reviews.csv"
            source.write_text('status,review\nnew,"Good, sturdy"\nold,=1+1\n', encoding="utf-8")
            batch = await batches.open_file(source)
            assert (batch.columns, batch.title) == (("status", "review"), "reviews.csv")
            await batches.set_plan(batch.id, FORM, SOURCES)
            await batches.start(batch.id, most=1)
            await over(stage, batch)
            written = tmp_path / "out.csv"
            assert await batches.export(batch.id, written) == 2
            with written.open(encoding="utf-8-sig", newline="") as file:
                first, second = csv.DictReader(file)
            assert (first["status"], first["review"]) == ("new", "Good, sturdy")
            result = list(first)[2]
            assert result.startswith("status ")
            assert first[result] == "done"
            assert first["answer"]
            assert first["tries"] == "1"
            assert second["review"] == "'=1+1"
            assert (second[result], second["answer"]) == ("planned", "")
            lines = tmp_path / "out.jsonl"
            await batches.export(batch.id, lines)
            assert json.loads(lines.read_text("utf-8").splitlines()[1])["review"] == "=1+1"
            cells = await batches.answers_as_cells(batch.id)
            assert cells.startswith('"' if "\n" in first["answer"] else first["answer"])
            assert cells.endswith("\n")

    asyncio.run(journey())


def test_a_long_table_is_taken_and_written_in_parts(tmp_path: Path, host: DemoHost) -> None:
    async def journey() -> None:
        async with open_stage(tmp_path / "data", host) as stage:
            batches = stage.workspace.batches
            count = 2 * CHUNK_ROWS + 7
            source = tmp_path / "long.tsv"
            lines = ["id\treview", *(f"{n}\treview {n}" for n in range(count))]
            source.write_text("\n".join(lines), encoding="utf-8")
            batch = await batches.open_file(source)
            assert (await batches.progress(batch.id)).counts == {RowState.PLANNED: count}
            assert await batches.export(batch.id, tmp_path / "out.csv") == count

    asyncio.run(journey())


def test_a_broken_row_is_skipped_with_its_reason(tmp_path: Path, host: DemoHost) -> None:
    async def journey() -> None:
        async with open_stage(tmp_path / "data", host) as stage:
            batches = stage.workspace.batches
            source = tmp_path / "broken.csv"
            source.write_text("id,review\n1,good\n2,bad,more\n3,fine\n", encoding="utf-8")
            batch = await batches.open_file(source)
            found = await batches.results(batch.id, 0, 10)
            assert [each.row.state for each in found] == ["planned", "skipped", "planned"]
            assert row_problem_from(found[1].row.problem) == RowProblem(
                RowTrouble.TOO_MANY_CELLS, line=3, found=3
            )

    asyncio.run(journey())


def test_a_source_that_changed_since_is_noticed(tmp_path: Path, host: DemoHost) -> None:
    async def journey() -> None:
        async with open_stage(tmp_path / "data", host) as stage:
            batches = stage.workspace.batches
            source = tmp_path / "a.csv"
            source.write_text("id,review\n1,good\n", encoding="utf-8")
            batch = await batches.open_file(source)
            assert not await batches.has_source_changed(batch.id)
            source.write_text("id,review\n1,good\n2,bad\n", encoding="utf-8")
            assert await batches.has_source_changed(batch.id)
            source.unlink()
            assert await batches.has_source_changed(batch.id)
            pasted = await batches.paste("a\tb\n1\t2\n", "Pasted")
            assert not await batches.has_source_changed(pasted.id)

    asyncio.run(journey())


def test_cells_are_pasted(tmp_path: Path, host: DemoHost) -> None:
    async def journey() -> None:
        async with open_stage(tmp_path / "data", host) as stage:
            batches = stage.workspace.batches
            batch = await batches.paste('name\tage\nAnn, B\t3\n"two\nlines"\t4\n', "Pasted")
            assert (batch.title, batch.columns) == ("Pasted", ("name", "age"))
            rows = [each.row.cells for each in await batches.results(batch.id, 0, 10)]
            assert rows == [("Ann, B", "3"), ("two\nlines", "4")]
            with pytest.raises(TableRefused):
                await batches.paste(" \n", "Pasted")

    asyncio.run(journey())


def test_an_export_that_fails_leaves_nothing(tmp_path: Path, host: DemoHost) -> None:
    async def journey() -> None:
        async with open_stage(tmp_path / "data", host) as stage:
            batch = await stage.workspace.batches.paste("a\tb\n1\t2\n", "Pasted")
            with pytest.raises(StorageError):
                await stage.workspace.batches.export(batch.id, tmp_path / "gone" / "out.csv")
            with pytest.raises(TableRefused):
                await stage.workspace.batches.export(batch.id, tmp_path / "out.pdf")

    asyncio.run(journey())
    assert not list(tmp_path.glob("out*"))
