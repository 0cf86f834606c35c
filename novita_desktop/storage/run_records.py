"""The SQL of runs: adding one, ending one, reading one, all inside a transaction of the caller."""

from __future__ import annotations

import sqlite3
from typing import Final

from novita_desktop.domain.requests import RetryPolicy, TimeLimits
from novita_desktop.domain.runs import (
    Attempt,
    NewRun,
    RunDetail,
    RunEnd,
    RunStatus,
    RunSummary,
    message_head,
)
from novita_desktop.storage import spending_table
from novita_desktop.storage.run_rows import (
    ATTEMPT_COLUMNS,
    RUNS,
    SUMMARY_COLUMNS,
    attempt_columns,
    attempt_of,
    bounded,
    flag,
    summary_of,
    usage_columns,
)
from novita_desktop.storage.stored_text import (
    Codec,
    error_from,
    error_text,
    packed,
    plain,
    prices_from,
    prices_text,
    storable,
    unpacked,
)

_SUMMARY: Final = f"SELECT {SUMMARY_COLUMNS} FROM {RUNS}"  # noqa: S608  # constants alone
_LARGEST_ID: Final = 2**63 - 1
_NO_ANSWER: Final = (0, b"") * 4


def new_id(cursor: sqlite3.Cursor) -> int:
    """Return the id of the row that an INSERT added."""
    if cursor.lastrowid is None:
        raise sqlite3.InternalError("no row was added")
    return cursor.lastrowid


def add(connection: sqlite3.Connection, run: NewRun) -> RunSummary:
    """Add a run as `queued`, with its request and the prices in force."""
    base_url = storable(run.base_url)
    connection.execute("INSERT OR IGNORE INTO connections (base_url) VALUES (?)", (base_url,))
    cursor = connection.execute(
        "INSERT INTO runs (group_id, status, created_at, connection_id, model, message_head,"
        " retry_of, continues)"
        " VALUES (?, ?, ?, (SELECT id FROM connections WHERE base_url = ?), ?, ?, ?, ?)",
        (
            run.group_id,
            RunStatus.QUEUED,
            run.created_at,
            base_url,
            storable(run.model),
            storable(message_head(run.message)),
            run.retry_of,
            run.continues,
        ),
    )
    run_id = new_id(cursor)
    prices = None if run.prices is None else prices_text(run.prices)
    if prices is not None:
        connection.execute("INSERT OR IGNORE INTO price_lists (prices) VALUES (?)", (prices,))
    limits = run.time_limits
    connection.execute(
        "INSERT INTO run_requests (run_id, body_codec, body, price_list_id, retry_policy,"
        " connect_seconds, first_word_seconds, silence_seconds)"
        " VALUES (?, ?, ?, (SELECT id FROM price_lists WHERE prices = ?), ?, ?, ?, ?)",
        (
            run_id,
            *packed(run.request_body),
            prices,
            run.retry_policy,
            limits.connect_seconds,
            limits.first_word_seconds,
            limits.silence_seconds,
        ),
    )
    return _existing_summary(connection, run_id)


def finish(connection: sqlite3.Connection, run_id: int, end: RunEnd) -> RunSummary:
    """Write how a run ended, and book its cost in place of what an earlier end booked."""
    booked = spending_table.booking_of(connection, run_id)
    if booked is not None:
        spending_table.book(connection, booked, runs=-1)
    cost = end.cost
    changed = connection.execute(
        "UPDATE runs SET status = ?, ended_at = ?, duration_ms = ?, first_word_ms = ?,"
        " prompt_tokens = ?, completion_tokens = ?, cached_tokens = ?, reasoning_tokens = ?,"
        " usage_is_estimate = ?, cost_units = ?, cost_is_estimate = ?, charged = ?,"
        " finish_reason = ?, error_code = ? WHERE id = ?",
        (
            end.status,
            end.ended_at,
            end.duration_ms,
            end.first_word_ms,
            *usage_columns(end.usage),
            int(end.usage_is_estimate),
            None if cost is None else bounded(cost.units),
            int(cost is not None and cost.is_estimate),
            flag(end.charged),
            storable(end.finish_reason),
            "" if end.error is None else storable(end.error.code),
            run_id,
        ),
    ).rowcount
    if not changed:
        raise LookupError(f"there is no run {run_id}")
    _write_answer(connection, run_id, end)
    booking = spending_table.booking_of(connection, run_id)
    if booking is not None:
        spending_table.book(connection, booking)
    return _existing_summary(connection, run_id)


def _write_answer(connection: sqlite3.Connection, run_id: int, end: RunEnd) -> None:
    connection.execute(
        "INSERT OR REPLACE INTO run_answers (run_id, text_codec, text, reasoning_codec, reasoning,"
        " raw_codec, raw, error_codec, error) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            run_id,
            *packed(end.text),
            *packed(end.reasoning),
            *packed(end.raw_response, _dictionary(end.text, end.reasoning)),
            *packed(error_text(end.error)),
        ),
    )


def _dictionary(text: str, reasoning: str) -> bytes:
    """Return what a raw answer mostly repeats."""
    return plain(reasoning) + plain(text)


def summary(connection: sqlite3.Connection, run_id: int) -> RunSummary | None:
    """Return a run as lists show it, or None."""
    row = connection.execute(f"{_SUMMARY} WHERE runs.id = ?", (run_id,)).fetchone()
    return summary_of(row) if row else None


def _existing_summary(connection: sqlite3.Connection, run_id: int) -> RunSummary:
    return summary_of(connection.execute(f"{_SUMMARY} WHERE runs.id = ?", (run_id,)).fetchone())


def detail(connection: sqlite3.Connection, run_id: int) -> RunDetail | None:
    """Return everything kept about a run, or None."""
    found = summary(connection, run_id)
    request = connection.execute(
        "SELECT body_codec, body, retry_policy, connect_seconds, first_word_seconds,"
        " silence_seconds, prices"
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
        raw_response=unpacked(answer[4], answer[5], _dictionary(text, reasoning)),
        prices=None if request[6] is None else prices_from(request[6]),
        error=error_from(unpacked(answer[6], answer[7])),
        attempts=tuple(attempt_of(row) for row in attempts),
        retry_policy=RetryPolicy(request[2]),
        time_limits=TimeLimits(*request[3:6]),
    )


def page(connection: sqlite3.Connection, before: int | None, limit: int) -> list[RunSummary]:
    """Return up to `limit` runs with ids below `before`, newest first."""
    rows = connection.execute(
        f"{_SUMMARY} WHERE runs.id < ? ORDER BY runs.id DESC LIMIT ?",
        (_LARGEST_ID if before is None else before, limit),
    )
    return [summary_of(row) for row in rows]


def write_progress(connection: sqlite3.Connection, run_id: int, text: str, reasoning: str) -> None:
    """Replace the partial answer of a run that is not over; unpacked, because it is written often."""
    connection.execute(
        "INSERT INTO run_answers (run_id, text_codec, text, reasoning_codec, reasoning)"
        " SELECT id, ?, ?, ?, ? FROM runs WHERE id = ? AND ended_at IS NULL"
        " ON CONFLICT (run_id) DO UPDATE SET text_codec = excluded.text_codec,"
        " text = excluded.text, reasoning_codec = excluded.reasoning_codec,"
        " reasoning = excluded.reasoning",
        (Codec.PLAIN, plain(text), Codec.PLAIN, plain(reasoning), run_id),
    )


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
