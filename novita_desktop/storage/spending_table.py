"""What was spent, added up while runs are written, because summing a million runs takes seconds.

A row holds one quarter of an hour (unix time divided by 900 s), one connection and one model: the
offset of every time zone is a whole number of quarters, so any local day is a sum of whole rows.
Exact and estimated amounts are kept apart.
"""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from typing import Final

QUARTER_MICROSECONDS: Final = 900 * 1_000_000
_LARGEST: Final = 2**63 - 1


@dataclass(frozen=True, slots=True)
class Booking:
    """One run's cost as it stands in the table; `ended_at` in unix microseconds."""

    connection_id: int
    model: str
    ended_at: int
    units: int
    is_estimate: bool


def booking_of(connection: sqlite3.Connection, run_id: int) -> Booking | None:
    """Return what the run adds to the table as its row stands now.

    A run that is not over, has no known cost, or was not charged, adds nothing.
    """
    row = connection.execute(
        "SELECT connection_id, model, ended_at, cost_units, cost_is_estimate FROM runs"
        " WHERE id = ? AND ended_at IS NOT NULL AND cost_units IS NOT NULL"
        " AND charged IS NOT 0",
        (run_id,),
    ).fetchone()
    if row is None:
        return None
    connection_id, model, ended_at, units, is_estimate = row
    return Booking(connection_id, model, ended_at, units, bool(is_estimate))


def book(connection: sqlite3.Connection, booking: Booking, runs: int = 1) -> None:
    """Add one run to its row, or take it out again (`runs` is -1)."""
    key = (booking.ended_at // QUARTER_MICROSECONDS, booking.connection_id, booking.model)
    found = connection.execute(
        "SELECT exact_runs, exact_units, estimated_runs, estimated_units FROM spending"
        " WHERE quarter = ? AND connection_id = ? AND model = ?",
        key,
    ).fetchone()
    sums = list(found or (0, 0, 0, 0))
    place = 2 if booking.is_estimate else 0
    sums[place] += runs
    # SQLite would turn a sum beyond 64 bits into an inexact one.
    sums[place + 1] = max(-_LARGEST, min(sums[place + 1] + runs * booking.units, _LARGEST))
    connection.execute(
        "INSERT OR REPLACE INTO spending (quarter, connection_id, model, exact_runs, exact_units,"
        " estimated_runs, estimated_units) VALUES (?, ?, ?, ?, ?, ?, ?)",
        (*key, *sums),
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
