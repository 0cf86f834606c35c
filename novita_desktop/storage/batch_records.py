"""How batches and the rows of their tables are kept in the data file."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence

from novita_desktop.domain.batches import (
    Batch,
    BatchRow,
    BatchState,
    PauseReason,
    RowResult,
    RowState,
    TableOrigin,
    sources_from_saved,
)
from novita_desktop.domain.costs import Cost
from novita_desktop.domain.errors import DatabaseDamaged
from novita_desktop.domain.json_values import JsonValue, as_list, as_object, as_text, as_whole
from novita_desktop.domain.prompt_form import from_saved
from novita_desktop.storage.stored_text import packed, unpacked


def packed_cells(cells: Sequence[str]) -> tuple[int, bytes]:
    """Return a row's cells as the data file keeps them: a codec and bytes."""
    return packed(json.dumps(list(cells), ensure_ascii=False, separators=(",", ":")))


def origin_to_saved(origin: TableOrigin) -> dict[str, JsonValue]:
    """Return where a table came from as JSON."""
    return {
        "name": origin.name,
        "path": origin.path,
        "size": origin.size,
        "modified_at": origin.modified_at,
    }


def _origin_from_saved(saved: Mapping[str, JsonValue]) -> TableOrigin:
    return TableOrigin(
        as_text(saved.get("name")),
        as_text(saved.get("path")),
        as_whole(saved.get("size")) or 0,
        as_whole(saved.get("modified_at")) or 0,
    )


def batch_of(row: tuple) -> Batch:  # type: ignore[type-arg]  # columns of many types
    """Return the batch in a row of `batches` and its group. Raises DatabaseDamaged."""
    group_id, title, created_at, origin, columns, form, sources, state, reason = row
    return Batch(
        id=group_id,
        title=title,
        created_at=created_at,
        origin=_origin_from_saved(as_object(_json(origin))),
        columns=tuple(map(as_text, as_list(_json(columns)))),
        form=from_saved(as_object(_json(form))),
        sources=sources_from_saved(_json(sources)),
        state=BatchState(state) if state in list(BatchState) else BatchState.PAUSED,
        pause_reason=PauseReason(reason) if reason in list(PauseReason) else None,
    )


def row_of(row: tuple) -> BatchRow:  # type: ignore[type-arg]  # columns of many types
    """Return the row of a table that is in a row of `batch_rows`. Raises DatabaseDamaged."""
    number, codec, cells, state, run_id, problem = row
    return BatchRow(
        number=number,
        cells=tuple(map(as_text, as_list(_json(unpacked(codec, cells))))),
        state=RowState(state) if state in list(RowState) else RowState.PLANNED,
        run_id=run_id,
        problem=problem,
    )


def result_of(row: tuple) -> RowResult:  # type: ignore[type-arg]  # columns of many types
    """Return a row with its run's answer, attempts, cost and error. Raises DatabaseDamaged."""
    codec, text, attempts, units, is_estimate, error_code = row[6:]
    return RowResult(
        row_of(row[:6]),
        answer="" if codec is None else unpacked(codec, text),
        attempt_count=attempts or 0,
        cost=None if units is None else Cost(units, bool(is_estimate)),
        error_code=error_code or "",
    )


def _json(text: object) -> JsonValue:
    try:
        found: JsonValue = json.loads(as_text(text))
    except ValueError as error:
        raise DatabaseDamaged(f"a batch cannot be read: {error}") from error
    return found
