"""Reads the list of everything that was run, by place: a row for each group, the newest first.

A group of one run is listed as that run. Places are found by going along an index of the groups
from the nearer end, so the middle of a million takes some ten milliseconds and both ends none.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from typing import Final

from novita_desktop.domain.costs import Cost
from novita_desktop.domain.requests import Lane
from novita_desktop.domain.runs import (
    GroupKind,
    GroupSummary,
    ListedPage,
    ListedRuns,
    RunGroup,
    RunStatus,
    RunSummary,
)
from novita_desktop.storage.run_rows import (
    OPEN_BLIND_ROUND,
    RUNS,
    SUMMARY_COLUMNS,
    summary_of,
)

MOST_MODELS: Final = 8
"""Of how many models a group tells the names."""

_LISTED: Final = "FROM run_groups INDEXED BY run_groups_listed WHERE run_count > 0"


def count(connection: sqlite3.Connection) -> int:
    """Return how many rows the list has."""
    (found,) = connection.execute("SELECT value FROM meta WHERE name = 'listed groups'").fetchone()
    return int(found)


def rows_at(connection: sqlite3.Connection, place: int, limit: int) -> ListedPage:
    """Return up to `limit` rows from `place` on; the newest stands at place 0."""
    length = count(connection)
    limit = max(0, min(limit, length - place))
    if place <= length // 2:
        found = _group_ids(connection, "DESC", limit, place)
    else:
        found = _group_ids(connection, "ASC", limit, length - place - limit)[::-1]
    return ListedPage(length, tuple(rows_of(connection, found)))


def _group_ids(
    connection: sqlite3.Connection, direction: str, limit: int, skipped: int
) -> list[int]:
    rows = connection.execute(
        f"SELECT id {_LISTED} ORDER BY id {direction} LIMIT ? OFFSET ?",  # constants alone
        (limit, skipped),
    )
    return [group_id for (group_id,) in rows]


def rows_of(connection: sqlite3.Connection, group_ids: Sequence[int]) -> list[ListedRuns]:
    """Return the rows of these groups in the same order, without those that are not listed."""
    marks = ", ".join("?" * len(group_ids))
    singles = {
        row[1]: summary_of(row)
        for row in connection.execute(
            f"SELECT {SUMMARY_COLUMNS} FROM {RUNS}"  # noqa: S608  # constants alone
            " WHERE group_id IN"
            f" (SELECT id FROM run_groups WHERE run_count = 1 AND id IN ({marks}))"
            " AND deleted_at IS NULL",
            tuple(group_ids),
        )
    }
    found: list[ListedRuns] = []
    for group_id in group_ids:
        row: RunSummary | GroupSummary | None = singles.get(group_id)
        if row is None:
            row = _group(connection, group_id)
        if row is not None:
            found.append(row)
    return found


def _group(connection: sqlite3.Connection, group_id: int) -> GroupSummary | None:
    """Return what several runs of a group come to, None for a group that has none."""
    head = connection.execute(
        "SELECT kind, title, lane, created_at, run_count,"  # noqa: S608  # constants alone
        f" {OPEN_BLIND_ROUND.format(group='run_groups.id')} FROM run_groups WHERE id = ?",
        (group_id,),
    ).fetchone()
    if head is None or not head[4]:
        return None
    kind, title, lane, created_at, _, is_hidden = head
    statuses = connection.execute(
        "SELECT status, count(*), sum(prompt_tokens + completion_tokens), max(usage_is_estimate),"
        " sum(cost_units), max(cost_is_estimate), max(ended_at), min(id)"
        " FROM runs WHERE group_id = ? AND deleted_at IS NULL GROUP BY status",
        (group_id,),
    ).fetchall()
    models = connection.execute(
        "SELECT DISTINCT model FROM runs WHERE group_id = ? AND deleted_at IS NULL LIMIT ?",
        (group_id, MOST_MODELS + 1),
    ).fetchall()
    (message,) = connection.execute(
        "SELECT message_head FROM runs WHERE id = ?", (min(row[7] for row in statuses),)
    ).fetchone()
    costs = [row[4] for row in statuses if row[4] is not None]
    tokens = [row[2] for row in statuses if row[2] is not None]
    ends = [row[6] for row in statuses if row[6] is not None]
    return GroupSummary(
        group=RunGroup(GroupKind(kind), title, Lane(lane), group_id),
        created_at=created_at,
        counts=tuple((RunStatus(row[0]), row[1]) for row in statuses),
        models=tuple(model for (model,) in models),
        message_head=message,
        tokens=sum(tokens) if tokens else None,
        tokens_are_estimate=any(row[3] for row in statuses),
        cost=Cost(sum(costs), any(row[5] for row in statuses)) if costs else None,
        ended_at=max(ends, default=None),
        is_hidden=bool(is_hidden),
    )
