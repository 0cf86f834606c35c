"""The SQL of runs: adding one, ending one, reading one, all inside a transaction of the caller."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from novita_desktop.domain.costs import Cost
from novita_desktop.domain.requests import PresetUse, RetryPolicy, TimeLimits
from novita_desktop.domain.runs import (
    Attempt,
    NewRun,
    RunDetail,
    RunEnd,
    RunGroup,
    RunStatus,
    RunSummary,
    message_head,
)
from novita_desktop.storage import search_index, spending_table
from novita_desktop.storage.run_rows import (
    ATTEMPT_COLUMNS,
    RUNS,
    SUMMARY_COLUMNS,
    attempt_columns,
    attempt_of,
    bounded,
    bounded_cost,
    bounded_usage,
    cost_columns,
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
    texts_from,
    texts_text,
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


def add(connection: sqlite3.Connection, run: NewRun) -> RunSummary:
    """Add a run as `queued`, with its request, the prices in force, and its group if it is new."""
    group_id = run.group.id
    if group_id is None:
        group_id = add_group(connection, run.group, run.created_at)
    base_url, model = storable(run.base_url), storable(run.model)
    head = storable(message_head(run.message))
    connection_id = _shared_id(connection, "connections", "base_url", base_url)
    cursor = connection.execute(
        "INSERT INTO runs (group_id, status, created_at, connection_id, model, message_head,"
        " retry_of, continues, preset_id, preset_version, preset_name)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            group_id,
            RunStatus.QUEUED,
            run.created_at,
            connection_id,
            model,
            head,
            run.retry_of,
            run.continues,
            *_note_preset(connection, run.preset),
        ),
    )
    run_id = new_id(cursor)
    _write_request(connection, run_id, run)
    return RunSummary(
        id=run_id,
        group_id=group_id,
        status=RunStatus.QUEUED,
        created_at=run.created_at,
        model=model,
        base_url=base_url,
        message_head=head,
        retry_of=run.retry_of,
        continues=run.continues,
        preset=run.preset,
    )


def _note_preset(
    connection: sqlite3.Connection, used: PresetUse | None
) -> tuple[int | None, int | None, str]:
    """Count one more use of a preset; return what the run's row says of it."""
    if used is None:
        return (None, None, "")
    connection.execute("UPDATE presets SET use_count = use_count + 1 WHERE id = ?", (used.id,))
    return (used.id, used.version, storable(used.name))


def _write_request(connection: sqlite3.Connection, run_id: int, run: NewRun) -> None:
    price_list_id = None
    if run.prices is not None:
        price_list_id = _shared_id(connection, "price_lists", "prices", prices_text(run.prices))
    limits = run.time_limits
    connection.execute(
        "INSERT INTO run_requests (run_id, body_codec, body, price_list_id, retry_policy,"
        " connect_seconds, first_word_seconds, silence_seconds, variables_codec, variables)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            run_id,
            *packed(run.request_body),
            price_list_id,
            run.retry_policy,
            limits.connect_seconds,
            limits.first_word_seconds,
            limits.silence_seconds,
            *packed(texts_text(run.variables)),
        ),
    )


def _shared_id(connection: sqlite3.Connection, table: str, column: str, value: str) -> int:
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


def finish(connection: sqlite3.Connection, run_id: int, end: RunEnd) -> RunSummary:
    """Write how a run ended, index it, and book its cost in place of what an earlier end booked."""
    row = connection.execute(
        f"SELECT {SUMMARY_COLUMNS}, connection_id FROM {RUNS} WHERE runs.id = ?",  # noqa: S608
        (run_id,),
    ).fetchone()
    if row is None:
        raise LookupError(f"there is no run {run_id}")
    old, connection_id = summary_of(row), row[-1]
    new = _ended(old, end)
    search_index.take_out(connection, run_id)
    connection.execute(
        "UPDATE runs SET status = ?, ended_at = ?, duration_ms = ?, first_word_ms = ?,"
        " prompt_tokens = ?, completion_tokens = ?, cached_tokens = ?, reasoning_tokens = ?,"
        " usage_is_estimate = ?, cost_units = ?, cost_is_estimate = ?, charged = ?,"
        " finish_reason = ?, error_code = ? WHERE id = ?",
        (
            new.status,
            new.ended_at,
            new.duration_ms,
            new.first_word_ms,
            *usage_columns(new.usage),
            new.usage_is_estimate,
            *cost_columns(new.cost),
            new.charged,
            new.finish_reason,
            new.error_code,
            run_id,
        ),
    )
    _write_answer(connection, run_id, end)
    search_index.put_in(connection, run_id)
    spending_table.book(connection, connection_id, old, runs=-1)
    spending_table.book(connection, connection_id, new)
    return new


def book(connection: sqlite3.Connection, base_url: str, ended_at: int, cost: Cost) -> None:
    """Book the cost of a run that is not kept: an amount without a model."""
    connection_id = _shared_id(connection, "connections", "base_url", storable(base_url))
    place = (ended_at, connection_id, NO_MODEL)
    spending_table.add(connection, place, Cost(bounded(cost.units), cost.is_estimate))


def _ended(run: RunSummary, end: RunEnd) -> RunSummary:
    return replace(
        run,
        status=end.status,
        ended_at=end.ended_at,
        duration_ms=end.duration_ms,
        first_word_ms=end.first_word_ms,
        usage=bounded_usage(end.usage),
        usage_is_estimate=end.usage_is_estimate,
        cost=bounded_cost(end.cost),
        charged=end.charged,
        finish_reason=storable(end.finish_reason),
        error_code="" if end.error is None else storable(end.error.code),
    )


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
        raw_response=unpacked(answer[4], answer[5], _dictionary(text, reasoning)),
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
