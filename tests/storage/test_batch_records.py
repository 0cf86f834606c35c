"""Rows of the batch tables become batches and rows again, and damage is told or passed over."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from novita_desktop.domain.batches import (
    BatchRow,
    BatchState,
    PauseReason,
    RowState,
    Source,
    SourceKind,
    TableOrigin,
)
from novita_desktop.domain.costs import Cost
from novita_desktop.domain.errors import DatabaseDamaged
from novita_desktop.domain.prompt_form import PromptForm
from novita_desktop.storage.batch_records import (
    batch_of,
    origin_to_saved,
    packed_cells,
    result_of,
    row_of,
)
from novita_desktop.storage.stored_text import json_text, packed
from tests.storage.samples import NOW, texts

ORIGIN = TableOrigin("Häuser.csv", "/tables/Häuser.csv", 120, 7)


def batch_row(**changes: object) -> tuple[object, ...]:
    values: dict[str, object] = {
        "group_id": 3,
        "title": "Häuser.csv",
        "created_at": NOW,
        "origin": json_text(origin_to_saved(ORIGIN)),
        "columns": '["id","house"]',
        "form": '{"message":"Describe {{ house }}"}',
        "sources": '{"variable:house":{"kind":"column","text":"house"}}',
        "state": "paused",
        "pause_reason": "limit",
    }
    return tuple({**values, **changes}.values())


@given(st.lists(texts, max_size=4))
def test_any_cells_come_back(cells: list[str]) -> None:
    row = (4, *packed_cells(cells), "planned", None, "")
    assert row_of(row) == BatchRow(4, tuple(cells))


def test_a_batch_comes_back() -> None:
    batch = batch_of(batch_row())
    assert (batch.id, batch.title, batch.created_at, batch.origin) == (3, "Häuser.csv", NOW, ORIGIN)
    assert batch.columns == ("id", "house")
    assert batch.form == PromptForm(message="Describe {{ house }}")
    assert batch.sources == {"variable:house": Source(SourceKind.COLUMN, "house")}
    assert (batch.state, batch.pause_reason) == (BatchState.PAUSED, PauseReason.LIMIT)


def test_a_state_of_a_newer_program_pauses_and_plans() -> None:
    batch = batch_of(batch_row(state="sleeping", pause_reason="weather"))
    assert (batch.state, batch.pause_reason) == (BatchState.PAUSED, None)
    assert row_of((1, *packed_cells(["a"]), "dreaming", None, "")).state is RowState.PLANNED


@pytest.mark.parametrize("column", ["origin", "columns", "form", "sources"])
def test_what_cannot_be_read_is_told(column: str) -> None:
    with pytest.raises(DatabaseDamaged):
        batch_of(batch_row(**{column: "{"}))


def test_cells_that_cannot_be_read_are_told() -> None:
    with pytest.raises(DatabaseDamaged):
        row_of((1, 0, b"[", "planned", None, ""))
    with pytest.raises(DatabaseDamaged):
        row_of((1, 1, b"no zlib", "planned", None, ""))


def test_a_result_has_what_its_run_brought() -> None:
    row = (1, *packed_cells(["a"]), "failed", 9, "")
    found = result_of((*row, *packed("Häuser " * 90), 3, 250, 1, "rate_limited"))
    assert found.row.run_id == 9
    assert found.answer == "Häuser " * 90
    assert (found.attempt_count, found.cost) == (3, Cost(250, is_estimate=True))
    assert found.error_code == "rate_limited"


def test_a_row_without_a_run_has_an_empty_result() -> None:
    row = (1, *packed_cells(["a"]), "planned", None, "")
    found = result_of((*row, None, None, None, None, None, None))
    assert (found.answer, found.attempt_count, found.cost, found.error_code) == ("", 0, None, "")
