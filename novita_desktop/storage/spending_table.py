"""What was spent, added up while runs are written, because summing a million runs takes seconds.

A row holds one quarter of an hour (unix time divided by 900 s), one connection and one model: the
offset of every time zone is a whole number of quarters, so any local day is a sum of whole rows.
Exact and estimated amounts are kept apart.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from typing import Final

from novita_desktop.domain.costs import Cost
from novita_desktop.domain.runs import RunSummary

QUARTER_MICROSECONDS: Final = 900 * 1_000_000
NO_MODEL: Final = ""

# SQLite would turn a sum beyond 64 bits into an inexact one, so sums stop at the largest number.
_LARGEST: Final = 2**63 - 1
_ADD: Final = f"""INSERT INTO spending
    (connection_id, quarter, model, exact_runs, exact_units, estimated_runs, estimated_units)
    VALUES ((SELECT id FROM connections WHERE base_url = ?), ?, ?, ?, ?, ?, ?)
    ON CONFLICT (quarter, connection_id, model) DO UPDATE SET
        exact_runs = exact_runs + excluded.exact_runs,
        exact_units = exact_units + min(excluded.exact_units, {_LARGEST} - exact_units),
        estimated_runs = estimated_runs + excluded.estimated_runs,
        estimated_units = estimated_units
            + min(excluded.estimated_units, {_LARGEST} - estimated_units)"""  # noqa: S608


def book(connection: sqlite3.Connection, runs: Iterable[RunSummary], times: int = 1) -> None:
    """Add runs to their rows, or take them out again (`times` is -1).

    A run that is not over, has no known cost, or was not charged, adds nothing.
    """
    sums: dict[tuple[str, int, str], list[int]] = {}
    for run in runs:
        if run.ended_at is None or run.cost is None or run.charged is False:
            continue
        place = (run.base_url, run.ended_at // QUARTER_MICROSECONDS, run.model)
        row = sums.setdefault(place, [0, 0, 0, 0])
        column = 2 if run.cost.is_estimate else 0
        row[column] += times
        row[column + 1] = max(-_LARGEST, min(row[column + 1] + times * run.cost.units, _LARGEST))
    for place, row in sums.items():
        connection.execute(_ADD, (*place, *row))


def add(connection: sqlite3.Connection, base_url: str, ended_at: int, cost: Cost) -> None:
    """Add what a run cost that is not kept: an amount without a model."""
    units = (0, 0, 1, cost.units) if cost.is_estimate else (1, cost.units, 0, 0)
    connection.execute(_ADD, (base_url, ended_at // QUARTER_MICROSECONDS, NO_MODEL, *units))


def spent_between(connection: sqlite3.Connection, start: int, end: int) -> tuple[int, int]:
    """Return exact and estimated units spent by runs that ended from `start` to before `end`.

    Both are unix microseconds; a bound inside a quarter of an hour is moved back to its start.
    """
    rows = connection.execute(
        "SELECT exact_units, estimated_units FROM spending WHERE quarter >= ? AND quarter < ?",
        (start // QUARTER_MICROSECONDS, end // QUARTER_MICROSECONDS),
    ).fetchall()
    return sum(row[0] for row in rows), sum(row[1] for row in rows)
