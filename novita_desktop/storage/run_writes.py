"""Adds and ends runs, many with one statement for each table, in a transaction of the caller."""

from __future__ import annotations

import itertools
import sqlite3
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Final

from novita_desktop.domain.costs import Prices
from novita_desktop.domain.records import record
from novita_desktop.domain.requests import PresetUse
from novita_desktop.domain.runs import (
    Attempt,
    NewRun,
    RunEnd,
    RunStatus,
    RunSummary,
    message_head,
)
from novita_desktop.storage import run_records, search_index, spending_table
from novita_desktop.storage.run_rows import (
    ATTEMPT_COLUMNS,
    Row,
    attempt_columns,
    bounded_cost,
    bounded_usage,
    cost_columns,
    usage_columns,
)
from novita_desktop.storage.stored_text import (
    error_text,
    packed,
    prices_text,
    raw_dictionary,
    storable,
    texts_text,
)

_ADD_GROUPS: Final = "INSERT INTO run_groups (kind, title, lane, created_at) VALUES "
_ADD_RUNS: Final = (
    "INSERT INTO runs (group_id, status, created_at, connection_id, model, message_head,"
    " retry_of, continues, preset_id, preset_version, preset_name) VALUES "
)
_ADD_REQUESTS: Final = (
    "INSERT INTO run_requests (run_id, body_codec, body, price_list_id, retry_policy,"
    " connect_seconds, first_word_seconds, silence_seconds, variables_codec, variables) VALUES "
)
_ADD_ANSWERS: Final = (
    "INSERT OR REPLACE INTO run_answers (run_id, text_codec, text, reasoning_codec, reasoning,"
    " raw_codec, raw, error_codec, error) VALUES "
)
_ADD_ATTEMPTS: Final = f"INSERT OR REPLACE INTO run_attempts (run_id, {ATTEMPT_COLUMNS}) VALUES "  # noqa: S608
_END_RUNS: Final = (
    "UPDATE runs SET status = column2, ended_at = column3, duration_ms = column4,"
    " first_word_ms = column5, prompt_tokens = column6, completion_tokens = column7,"
    " cached_tokens = column8, reasoning_tokens = column9, usage_is_estimate = column10,"
    " cost_units = column11, cost_is_estimate = column12, charged = column13,"
    " finish_reason = column14, error_code = column15,"
    " attempt_count = max(attempt_count, column16), is_indexed = 1 FROM (VALUES {rows}) WHERE id = column1"
)


@record(frozen=True, slots=True)
class KnownRun:
    """A run as it was added, which need not be read again if nothing has changed it since."""

    summary: RunSummary
    request_body: str


@record(frozen=True, slots=True)
class Ending:
    """How a run ended, its last attempt, and the run itself where it is known."""

    run_id: int
    end: RunEnd
    attempt: Attempt | None = None
    known: KnownRun | None = None


def add_all(connection: sqlite3.Connection, runs: Sequence[NewRun]) -> list[RunSummary]:
    """Add runs as `queued`, with their requests, the prices in force, and groups that are new."""
    shared = _SharedValues(connection)
    groups = _group_ids(connection, runs)
    _count_presets(connection, runs)
    cursor = connection.execute(
        _ADD_RUNS + _rows(len(runs), 11),
        _flat(
            (
                group_id,
                RunStatus.QUEUED,
                run.created_at,
                shared.connection_id(run.base_url),
                storable(run.model),
                storable(message_head(run.message)),
                run.retry_of,
                run.continues,
                *_preset_columns(run.preset),
            )
            for run, group_id in zip(runs, groups, strict=True)
        ),
    )
    # Within one statement the key counts on by one.
    last = run_records.new_id(cursor)
    ids = range(last - len(runs) + 1, last + 1)
    connection.execute(
        _ADD_REQUESTS + _rows(len(runs), 10),
        _flat(
            (
                run_id,
                *packed(run.request_body),
                shared.price_list_id(run.prices),
                run.retry_policy,
                run.time_limits.connect_seconds,
                run.time_limits.first_word_seconds,
                run.time_limits.silence_seconds,
                *packed(texts_text(run.variables)),
            )
            for run_id, run in zip(ids, runs, strict=True)
        ),
    )
    return [_added(run, *place) for run, *place in zip(runs, ids, groups, strict=True)]


def finish_all(connection: sqlite3.Connection, endings: Sequence[Ending]) -> list[RunSummary]:
    """Write how runs ended, index them, and book their costs in place of earlier ends.

    Raises LookupError for an unknown run.
    """
    if len({ending.run_id for ending in endings}) < len(endings):
        return [finish_all(connection, [ending])[0] for ending in endings]
    runs = [ending.known or _as_stored(connection, ending.run_id) for ending in endings]
    ended = [_ended(run.summary, ending) for run, ending in zip(runs, endings, strict=True)]
    changed = connection.execute(
        _END_RUNS.format(rows=_rows(len(ended), 16)), _flat(map(_end_columns, ended))
    ).rowcount
    if changed != len(ended):
        raise LookupError("a run that ended is not in the data file")
    _write_answers(connection, endings)
    attempts = [(ending.run_id, ending.attempt) for ending in endings if ending.attempt]
    if attempts:
        connection.execute(
            _ADD_ATTEMPTS + _rows(len(attempts), 12),
            _flat((run_id, *attempt_columns(attempt)) for run_id, attempt in attempts),
        )
    search_index.put_in_known(
        connection,
        [
            (run.id, _words(run, known.request_body, ending.end))
            for run, known, ending in zip(ended, runs, endings, strict=True)
        ],
    )
    spending_table.book(connection, ended)
    return ended


def _group_ids(connection: sqlite3.Connection, runs: Sequence[NewRun]) -> list[int]:
    """Return the group of each run; groups that are new are added."""
    new = [run for run in runs if run.group.id is None]
    first = 0
    if new:
        cursor = connection.execute(
            _ADD_GROUPS + _rows(len(new), 4),
            _flat(
                (run.group.kind, storable(run.group.title), run.group.lane, run.created_at)
                for run in new
            ),
        )
        first = run_records.new_id(cursor) - len(new) + 1
    ids = itertools.count(first)
    return [next(ids) if run.group.id is None else run.group.id for run in runs]


def _added(run: NewRun, run_id: int, group_id: int) -> RunSummary:
    return RunSummary(
        id=run_id,
        group_id=group_id,
        status=RunStatus.QUEUED,
        created_at=run.created_at,
        model=storable(run.model),
        base_url=storable(run.base_url),
        message_head=storable(message_head(run.message)),
        retry_of=run.retry_of,
        continues=run.continues,
        preset=run.preset,
    )


def _preset_columns(used: PresetUse | None) -> Row:
    return (None, None, "") if used is None else (used.id, used.version, storable(used.name))


def _count_presets(connection: sqlite3.Connection, runs: Iterable[NewRun]) -> None:
    uses = Counter(run.preset.id for run in runs if run.preset is not None)
    for preset_id, count in uses.items():
        connection.execute(
            "UPDATE presets SET use_count = use_count + ? WHERE id = ?", (count, preset_id)
        )


def _as_stored(connection: sqlite3.Connection, run_id: int) -> KnownRun:
    """Read a run; what an earlier end put into the index and the spending is taken out again."""
    summary = run_records.summary(connection, run_id)
    if summary is None:
        raise LookupError(f"there is no run {run_id}")
    body = run_records.request_body(connection, run_id)
    search_index.take_out(connection, run_id)
    spending_table.book(connection, [summary], times=-1)
    return KnownRun(summary, body)


def _ended(run: RunSummary, ending: Ending) -> RunSummary:
    end, attempt = ending.end, ending.attempt
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
        attempt_count=max(run.attempt_count, attempt.number if attempt else 0),
    )


def _words(run: RunSummary, request_body: str, end: RunEnd) -> search_index.Words:
    labels = (run.model, storable(run.preset_name), run.note)
    return search_index.words_of(request_body, (end.text, end.reasoning), labels)


def _end_columns(run: RunSummary) -> Row:
    return (
        run.id,
        run.status,
        run.ended_at,
        run.duration_ms,
        run.first_word_ms,
        *usage_columns(run.usage),
        run.usage_is_estimate,
        *cost_columns(run.cost),
        run.charged,
        run.finish_reason,
        run.error_code,
        run.attempt_count,
    )


def _write_answers(connection: sqlite3.Connection, endings: Sequence[Ending]) -> None:
    connection.execute(
        _ADD_ANSWERS + _rows(len(endings), 9),
        _flat(
            (
                ending.run_id,
                *packed(ending.end.text),
                *packed(ending.end.reasoning),
                *packed(
                    ending.end.raw_response,
                    raw_dictionary(ending.end.text, ending.end.reasoning),
                ),
                *packed(error_text(ending.end.error)),
            )
            for ending in endings
        ),
    )


class _SharedValues:
    """Ids of values that many runs share, each looked up once; new ones are kept."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._connections: dict[str, int] = {}
        self._price_lists: dict[Prices, int] = {}

    def connection_id(self, base_url: str) -> int:
        """Return the id of a base URL."""
        if base_url not in self._connections:
            self._connections[base_url] = run_records.shared_id(
                self._connection, "connections", "base_url", storable(base_url)
            )
        return self._connections[base_url]

    def price_list_id(self, prices: Prices | None) -> int | None:
        """Return the id of a list of prices, None for none."""
        if prices is None:
            return None
        if prices not in self._price_lists:
            self._price_lists[prices] = run_records.shared_id(
                self._connection, "price_lists", "prices", prices_text(prices)
            )
        return self._price_lists[prices]


def _rows(count: int, columns: int) -> str:
    """Return the places of so many rows of values."""
    row = f"({', '.join('?' * columns)})"
    return ", ".join([row] * count)


def _flat(rows: Iterable[Row]) -> Row:
    return tuple(itertools.chain.from_iterable(rows))
