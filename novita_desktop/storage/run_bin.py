"""The bin of deleted runs: put in, taken out again, and after its time emptied for good."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from typing import Final

from novita_desktop.domain.batches import RowState
from novita_desktop.storage import search_index

MOST_AT_ONCE: Final = 100


def put_in(connection: sqlite3.Connection, run_ids: Sequence[int], now: int) -> list[int]:
    """Move runs that are over to the bin; return the ids of those that were moved."""
    return [
        run_id
        for run_id in run_ids
        if connection.execute(
            "UPDATE runs SET deleted_at = ?"
            " WHERE id = ? AND deleted_at IS NULL AND ended_at IS NOT NULL",
            (now, run_id),
        ).rowcount
    ]


def take_out(connection: sqlite3.Connection, run_ids: Sequence[int]) -> list[int]:
    """Bring runs back to the list; return the ids of those that were in the bin."""
    return [
        run_id
        for run_id in run_ids
        if connection.execute(
            "UPDATE runs SET deleted_at = NULL WHERE id = ? AND deleted_at IS NOT NULL", (run_id,)
        ).rowcount
    ]


def count_older(connection: sqlite3.Connection, moment: int) -> int:
    """Return how many runs were put in before `moment`."""
    (found,) = connection.execute(
        "SELECT count(*) FROM runs WHERE deleted_at IS NOT NULL AND deleted_at < ?", (moment,)
    ).fetchone()
    return int(found)


def empty(connection: sqlite3.Connection, moment: int, limit: int = MOST_AT_ONCE) -> int:
    """Remove up to `limit` runs that were put in before `moment`; return how many.

    What was spent stays in the totals. The connection overwrites what it frees. The index is
    marked as due for a scrub, which a crash must not let be forgotten. A batch that has rows to
    send still stays, without the answers.
    """
    rows = connection.execute(
        "SELECT id, group_id FROM runs WHERE deleted_at IS NOT NULL AND deleted_at < ?"
        " ORDER BY deleted_at LIMIT ?",
        (moment, limit),
    ).fetchall()
    for run_id, _ in rows:
        search_index.take_out(connection, run_id)
        connection.execute("DELETE FROM runs WHERE id = ?", (run_id,))
    for group_id in {group_id for _, group_id in rows}:
        connection.execute(
            "DELETE FROM run_groups WHERE id = ?"
            " AND NOT EXISTS (SELECT 1 FROM runs WHERE group_id = run_groups.id)"
            " AND NOT EXISTS (SELECT 1 FROM batch_rows WHERE group_id = run_groups.id"
            " AND batch_rows.state = ?)",
            (group_id, RowState.PLANNED),
        )
    if rows:
        search_index.mark_for_scrub(connection)
    return len(rows)
