"""The SQL of runs: adding one, ending one, reading one, all inside a transaction of the caller."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from typing import Final

from novita_desktop.domain.costs import Cost
from novita_desktop.domain.requests import RetryPolicy, TimeLimits
from novita_desktop.domain.runs import (
    Attempt,
    RunDetail,
    RunGroup,
    RunProgress,
    RunSummary,
)
from novita_desktop.storage import search_index, spending_table
from novita_desktop.storage.run_rows import (
    ATTEMPT_COLUMNS,
    RUNS,
    SUMMARY_COLUMNS,
    attempt_columns,
    attempt_of,
    bounded,
    summary_of,
)
from novita_desktop.storage.stored_text import (
    Codec,
    error_from,
    plain,
    prices_from,
    raw_dictionary,
    storable,
    texts_from,
    unpacked,
)

_SUMMARY: Final = f"SELECT {SUMMARY_COLUMNS} FROM {RUNS}"  # noqa: S608  # constants alone
_FAMILY: Final = """WITH RECURSIVE
    elder (id, retry_of) AS (
        SELECT id, retry_of FROM runs WHERE id = ?
        UNION SELECT runs.id, runs.retry_of FROM runs JOIN elder ON runs.id = elder.retry_of
    ),
    member (id) AS (
        SELECT min(id) FROM elder
        UNION SELECT runs.id FROM runs JOIN member ON runs.retry_of = member.id
    )"""
NO_MODEL: Final = ""
_LARGEST_ID: Final = 2**63 - 1
_NO_ANSWER: Final = (0, b"") * 4


def new_id(cursor: sqlite3.Cursor) -> int:
    """Return the id of the row that an INSERT added."""
    if cursor.lastrowid is None:
        raise sqlite3.InternalError("no row was added")
    return cursor.lastrowid


def add_group(connection: sqlite3.Connection, group: RunGroup, created_at: int) -> int:
    """Add what a person started; return its id. `created_at` in unix microseconds."""
    cursor = connection.execute(
        "INSERT INTO run_groups (kind, title, lane, created_at) VALUES (?, ?, ?, ?)",
        (group.kind, storable(group.title), group.lane, created_at),
    )
    return new_id(cursor)


def shared_id(connection: sqlite3.Connection, table: str, column: str, value: str) -> int:
    """Return the id of a value that many runs share, keeping it when it is new."""
    row = connection.execute(
        f"SELECT id FROM {table} WHERE {column} = ?",  # noqa: S608  # names from this module
        (value,),
    ).fetchone()
    if row is not None:
        return int(row[0])
    return new_id(
        connection.execute(
            f"INSERT INTO {table} ({column}) VALUES (?)",  # noqa: S608  # names from this module
            (value,),
        )
    )


def book(connection: sqlite3.Connection, base_url: str, ended_at: int, cost: Cost) -> None:
    """Book the cost of a run that is not kept: an amount without a model."""
    base_url = storable(base_url)
    shared_id(connection, "connections", "base_url", base_url)
    spending_table.add(connection, base_url, ended_at, Cost(bounded(cost.units), cost.is_estimate))


def summary(connection: sqlite3.Connection, run_id: int) -> RunSummary | None:
    """Return a run as lists show it, or None."""
    row = connection.execute(f"{_SUMMARY} WHERE runs.id = ?", (run_id,)).fetchone()
    return summary_of(row) if row else None


def request_body(connection: sqlite3.Connection, run_id: int) -> str:
    """Return the JSON text that was sent for a run, empty when it is not kept."""
    row = connection.execute(
        "SELECT body_codec, body FROM run_requests WHERE run_id = ?", (run_id,)
    ).fetchone()
    return unpacked(*row) if row else ""


def detail(connection: sqlite3.Connection, run_id: int) -> RunDetail | None:
    """Return everything kept about a run, or None."""
    found = summary(connection, run_id)
    request = connection.execute(
        "SELECT body_codec, body, retry_policy, connect_seconds, first_word_seconds,"
        " silence_seconds, prices, variables_codec, variables"
        " FROM run_requests LEFT JOIN price_lists ON price_lists.id = price_list_id"
        " WHERE run_id = ?",
        (run_id,),
    ).fetchone()
    if found is None or request is None:
        return None
    answer = (
        connection.execute(
            "SELECT text_codec, text, reasoning_codec, reasoning, raw_codec, raw, error_codec, error"
            " FROM run_answers WHERE run_id = ?",
            (run_id,),
        ).fetchone()
        or (0, b"") * 4
    )
    attempts = connection.execute(
        f"SELECT {ATTEMPT_COLUMNS} FROM run_attempts WHERE run_id = ? ORDER BY number",  # noqa: S608
        (run_id,),
    ).fetchall()
    text, reasoning = unpacked(answer[0], answer[1]), unpacked(answer[2], answer[3])
    return RunDetail(
        summary=found,
        request_body=unpacked(request[0], request[1]),
        text=text,
        reasoning=reasoning,
        raw_response=unpacked(answer[4], answer[5], raw_dictionary(text, reasoning)),
        prices=None if request[6] is None else prices_from(request[6]),
        error=error_from(unpacked(answer[6], answer[7])),
        attempts=tuple(attempt_of(row) for row in attempts),
        retry_policy=RetryPolicy(request[2]),
        time_limits=TimeLimits(*request[3:6]),
        variables=texts_from(unpacked(request[7], request[8])),
    )


def page(connection: sqlite3.Connection, before: int | None, limit: int) -> list[RunSummary]:
    """Return up to `limit` runs that are not in the bin, with ids below `before`, newest first."""
    rows = connection.execute(
        f"{_SUMMARY} WHERE runs.id < ? AND deleted_at IS NULL ORDER BY runs.id DESC LIMIT ?",
        (_LARGEST_ID if before is None else before, limit),
    )
    return [summary_of(row) for row in rows]


def family(connection: sqlite3.Connection, run_id: int, limit: int) -> list[RunSummary]:
    """Return the first run that `run_id` goes back to and every retry of it, oldest first."""
    rows = connection.execute(
        f"{_FAMILY} {_SUMMARY} WHERE runs.id IN (SELECT id FROM member) AND deleted_at IS NULL"  # noqa: S608
        " ORDER BY runs.id LIMIT ?",
        (run_id, limit),
    )
    return [summary_of(row) for row in rows]


def set_star(connection: sqlite3.Connection, run_ids: Sequence[int], *, is_starred: bool) -> None:
    """Give runs a star, or take it away."""
    connection.executemany(
        "UPDATE runs SET is_starred = ? WHERE id = ?", [(is_starred, run_id) for run_id in run_ids]
    )


def set_note(connection: sqlite3.Connection, run_id: int, note: str) -> None:
    """Write a person's note on a run, also into the index."""
    was_indexed = search_index.take_out(connection, run_id)
    connection.execute("UPDATE runs SET note = ? WHERE id = ?", (storable(note), run_id))
    if was_indexed:
        search_index.put_in(connection, run_id)


def write_progress(connection: sqlite3.Connection, progress: RunProgress) -> None:
    """Replace what is kept of a run that is not over; unpacked, because it is written often."""
    run_id, text, reasoning = progress.run_id, progress.text, progress.reasoning
    is_live = connection.execute(
        "UPDATE runs SET status = ? WHERE id = ? AND ended_at IS NULL", (progress.status, run_id)
    ).rowcount
    if not is_live:
        return
    if text or reasoning:
        connection.execute(
            "INSERT INTO run_answers (run_id, text_codec, text, reasoning_codec, reasoning)"
            " VALUES (?, ?, ?, ?, ?)"
            " ON CONFLICT (run_id) DO UPDATE SET text_codec = excluded.text_codec,"
            " text = excluded.text, reasoning_codec = excluded.reasoning_codec,"
            " reasoning = excluded.reasoning",
            (run_id, Codec.PLAIN, plain(text), Codec.PLAIN, plain(reasoning)),
        )
    if progress.attempt is not None:
        write_attempt(connection, run_id, progress.attempt)


def write_attempt(connection: sqlite3.Connection, run_id: int, attempt: Attempt) -> None:
    """Add an attempt, or replace the one with its number."""
    connection.execute(
        f"INSERT OR REPLACE INTO run_attempts (run_id, {ATTEMPT_COLUMNS})"  # noqa: S608
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (run_id, *attempt_columns(attempt)),
    )
    connection.execute(
        "UPDATE runs SET attempt_count = max(attempt_count, ?) WHERE id = ?",
        (attempt.number, run_id),
    )


def text_of(connection: sqlite3.Connection, run_id: int) -> tuple[str, str]:
    """Return a run's answer and reasoning as far as they are kept."""
    row = connection.execute(
        "SELECT text_codec, text, reasoning_codec, reasoning FROM run_answers WHERE run_id = ?",
        (run_id,),
    ).fetchone()
    return (unpacked(row[0], row[1]), unpacked(row[2], row[3])) if row else ("", "")
