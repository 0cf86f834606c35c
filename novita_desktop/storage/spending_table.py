"""What was spent, added up while runs are written, because summing a million runs takes seconds.

A row holds one quarter of an hour (unix time divided by 900 s), one connection and one model: the
offset of every time zone is a whole number of quarters, so any local day is a sum of whole rows.
Exact and estimated amounts are kept apart.
"""

from __future__ import annotations

import sqlite3
from typing import Final

from novita_desktop.domain.costs import Cost
from novita_desktop.domain.runs import RunSummary

QUARTER_MICROSECONDS: Final = 900 * 1_000_000

# SQLite would turn a sum beyond 64 bits into an inexact one, so sums stop at the largest number.
_ADD: Final = """INSERT INTO spending
    (quarter, connection_id, model, exact_runs, exact_units, estimated_runs, estimated_units)
    VALUES (?, ?, ?, ?, ?, ?, ?)
    ON CONFLICT (quarter, connection_id, model) DO UPDATE SET
        exact_runs = exact_runs + excluded.exact_runs,
        exact_units = exact_units
            + min(excluded.exact_units, 9223372036854775807 - exact_units),
        estimated_runs = estimated_runs + excluded.estimated_runs,
        estimated_units = estimated_units
            + min(excluded.estimated_units, 9223372036854775807 - estimated_units)"""


def book(
    connection: sqlite3.Connection, connection_id: int, run: RunSummary, runs: int = 1
) -> None:
    """Add a run to its row, or take it out again (`runs` is -1).

    A run that is not over, has no known cost, or was not charged, adds nothing.
    """
    if run.ended_at is None or run.cost is None or run.charged is False:
        return
    add(connection, (run.ended_at, connection_id, run.model), run.cost, runs)


def add(
    connection: sqlite3.Connection, place: tuple[int, int, str], cost: Cost, runs: int = 1
) -> None:
    """Add what so many runs cost to a row; `place` is when they ended, connection and model."""
    ended_at, connection_id, model = place
    amounts = (runs, runs * cost.units)
    connection.execute(
        _ADD,
        (
            ended_at // QUARTER_MICROSECONDS,
            connection_id,
            model,
            *((0, 0, *amounts) if cost.is_estimate else (*amounts, 0, 0)),
        ),
    )


def spent_between(connection: sqlite3.Connection, start: int, end: int) -> tuple[int, int]:
    """Return exact and estimated units spent by runs that ended from `start` to before `end`.

    Both are unix microseconds; a bound inside a quarter of an hour is moved back to its start.
    """
    rows = connection.execute(
        "SELECT exact_units, estimated_units FROM spending WHERE quarter >= ? AND quarter < ?",
        (start // QUARTER_MICROSECONDS, end // QUARTER_MICROSECONDS),
    ).fetchall()
    return sum(row[0] for row in rows), sum(row[1] for row in rows)
