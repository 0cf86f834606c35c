"""Finds runs, newest first: by their words in the full-text index, and by the facts of their rows.

Going by key takes the same time at any depth. Nothing is ranked: to rank a common word, every run
that has it would have to be read.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from datetime import date, datetime, time
from typing import Final

from novita_desktop.domain.history_search import HistoryQuery, SearchPlace, SearchWord
from novita_desktop.domain.runs import RunStatus, RunSummary
from novita_desktop.storage.run_rows import IS_HIDDEN, SUMMARY_COLUMNS, summary_of

_LARGEST_ID: Final = 2**63 - 1
_OPERATORS: Final = frozenset({">", ">=", "<", "<=", "="})
_NOT_SUCCEEDED: Final = frozenset({RunStatus.FAILED, RunStatus.STOPPED, RunStatus.INTERRUPTED})

_Terms = tuple[str, tuple[object, ...]]


def search(
    connection: sqlite3.Connection, query: HistoryQuery, before: int | None, limit: int
) -> list[RunSummary]:
    """Return up to `limit` runs that `query` asks for, with ids below `before`, newest first."""
    source, values = _source(query)
    rows = connection.execute(
        f"SELECT {SUMMARY_COLUMNS} {source} AND {_key(query)} < ?"  # constants alone
        f" ORDER BY {_key(query)} DESC LIMIT ?",
        (*values, _LARGEST_ID if before is None else before, limit),
    )
    return [summary_of(row) for row in rows]


def ids(
    connection: sqlite3.Connection, query: HistoryQuery, before: int | None, limit: int
) -> list[int]:
    """Return as `search` does the ids alone."""
    source, values = _source(query)
    rows = connection.execute(
        f"SELECT runs.id {source} AND {_key(query)} < ? ORDER BY {_key(query)} DESC LIMIT ?",
        (*values, _LARGEST_ID if before is None else before, limit),
    )
    return [run_id for (run_id,) in rows]


def count(connection: sqlite3.Connection, query: HistoryQuery, most: int) -> int:
    """Return how many runs `query` asks for, counting up to `most` of them."""
    source, values = _source(query)
    (found,) = connection.execute(
        f"SELECT count(*) FROM (SELECT 1 {source} LIMIT ?)",  # noqa: S608  # constants alone
        (*values, most),
    ).fetchone()
    return int(found)


def is_match(connection: sqlite3.Connection, query: HistoryQuery, run_id: int) -> bool:
    """Return whether a run is among those that `query` asks for."""
    source, values = _source(query)
    row = connection.execute(f"SELECT 1 {source} AND {_key(query)} = ?", (*values, run_id))
    return row.fetchone() is not None


def _key(query: HistoryQuery) -> str:
    """Return the column to go by: the index's own is the one that it can go along backwards."""
    return "run_search.rowid" if query.words else "runs.id"


def _source(query: HistoryQuery) -> _Terms:
    """Return the tables and the conditions of `query`, with their values."""
    conditions: list[str] = [
        "runs.deleted_at IS NOT NULL" if query.is_deleted else "runs.deleted_at IS NULL"
    ]
    values: list[object] = []
    tables = "runs JOIN connections ON connections.id = runs.connection_id"
    if query.words:
        # CROSS JOIN: SQLite must begin with the index, which it would not know to be the best.
        tables = (
            "run_search CROSS JOIN runs ON runs.id = run_search.rowid"
            " JOIN connections ON connections.id = runs.connection_id"
        )
        conditions.append("run_search MATCH ?")
        values.append(_match_text(query.words))
    for part, part_values in (_statuses(query), _costs(query), _days(query)):
        conditions += [part] if part else []
        values += part_values
    if query.group_id is not None:
        conditions.append("runs.group_id = ?")
        values.append(query.group_id)
    if query.words or query.costs:
        # What is found by its words or its cost would tell the model that is hidden.
        conditions.append(f"NOT {IS_HIDDEN}")
    if query.is_starred:
        conditions.append("runs.is_starred = 1")
    return f"FROM {tables} WHERE {' AND '.join(conditions)}", tuple(values)


def _statuses(query: HistoryQuery) -> _Terms:
    if not query.statuses:
        return "", ()
    chosen = sorted(query.statuses)
    condition = f"runs.status IN ({', '.join('?' * len(chosen))})"
    if query.statuses <= _NOT_SUCCEEDED:
        # Said in the words of the index of those few runs, or SQLite would not use it.
        condition += " AND runs.status IN ('failed', 'stopped', 'interrupted')"
    return condition, tuple(chosen)


def _costs(query: HistoryQuery) -> _Terms:
    bounds = [bound for bound in query.costs if bound.sign in _OPERATORS]
    condition = " AND ".join(f"runs.cost_units {bound.sign} ?" for bound in bounds)
    return condition, tuple(bound.units for bound in bounds)


def _days(query: HistoryQuery) -> _Terms:
    conditions: list[str] = []
    values: list[object] = []
    for day, operator in ((query.after, ">="), (query.before, "<")):
        if day is not None:
            conditions.append(f"runs.created_at {operator} ?")
            values.append(_start_of(day))
    return " AND ".join(conditions), tuple(values)


def _start_of(day: date) -> int:
    """Return the moment, in unix microseconds, at which a day begins in the local time zone."""
    return int(datetime.combine(day, time()).astimezone().timestamp()) * 1_000_000


def _match_text(words: Sequence[SearchWord]) -> str:
    """Return the index's own language for `words`, every one of them quoted."""
    return " AND ".join(map(_match_word, words))


def _match_word(word: SearchWord) -> str:
    quoted = '"' + word.text.replace('"', '""') + '"' + (" *" if word.is_start else "")
    return quoted if word.place is SearchPlace.ANYWHERE else f"{{{word.place}}} : {quoted}"
