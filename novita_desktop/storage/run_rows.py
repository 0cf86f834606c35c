"""Runs, attempts and costs to and from the columns of the data file."""

from __future__ import annotations

from typing import Final

from novita_desktop.domain.costs import Cost, Usage
from novita_desktop.domain.requests import PresetUse
from novita_desktop.domain.runs import Attempt, RunStatus, RunSummary
from novita_desktop.storage.stored_text import (
    error_from,
    error_text,
    packed,
    pairs_from,
    pairs_text,
    unpacked,
)

OPEN_BLIND_ROUND: Final = (
    "EXISTS (SELECT 1 FROM comparisons JOIN comparison_rounds USING (group_id)"
    " WHERE comparisons.group_id = {group} AND is_blind AND verdict IS NULL)"
)
"""Whether names of a group are hidden; `group` is the column with the group's id."""

IS_HIDDEN: Final = (
    f"({OPEN_BLIND_ROUND.format(group='runs.group_id')} AND NOT EXISTS (SELECT 1"  # noqa: S608  # constants
    " FROM comparison_cells JOIN comparison_rounds ON comparison_rounds.number = round_number"
    " AND comparison_rounds.group_id = comparison_cells.group_id"
    " WHERE run_id = runs.id AND verdict IS NOT NULL))"
)
"""Whether a run's model is hidden: also that of a run whose cell has a newer run by now."""

SUMMARY_COLUMNS: Final = (
    "runs.id, group_id, status, created_at, runs.model, base_url, message_head, ended_at,"
    " duration_ms, first_word_ms, prompt_tokens, completion_tokens, cached_tokens, reasoning_tokens,"
    " usage_is_estimate, cost_units, cost_is_estimate, charged, finish_reason, error_code,"
    " retry_of, continues, attempt_count, preset_id, preset_version, preset_name,"
    f" is_starred, runs.note, runs.deleted_at, {IS_HIDDEN}"
)
"""What `summary_of` takes, in its order, from RUNS."""

RUNS: Final = "runs JOIN connections ON connections.id = connection_id"

ATTEMPT_COLUMNS: Final = (
    "number, started_at, duration_ms, first_word_ms, status, charged, wait_after_ms,"
    " headers_codec, headers, error_codec, error"
)
"""What `attempt_of` takes, in its order."""

_LARGEST: Final = 2**63 - 1

Row = tuple[object, ...]


def bounded(number: int) -> int:
    """Return `number` within what a column can hold: a host may send any number of tokens."""
    return max(-_LARGEST, min(number, _LARGEST))


def bounded_usage(usage: Usage | None) -> Usage | None:
    """Return `usage` as columns can hold it."""
    if usage is None:
        return None
    return Usage(
        bounded(usage.prompt),
        bounded(usage.completion),
        bounded(usage.cached),
        bounded(usage.reasoning),
    )


def bounded_cost(cost: Cost | None) -> Cost | None:
    """Return `cost` as columns can hold it."""
    return None if cost is None else Cost(bounded(cost.units), cost.is_estimate)


def summary_of(row: tuple) -> RunSummary:  # type: ignore[type-arg]  # columns of many types
    """Return the run that a row of SUMMARY_COLUMNS describes."""
    (run_id, group_id, status, created_at, model, base_url, head, ended_at, duration_ms) = row[:9]
    prompt, completion, cached, reasoning, usage_is_estimate = row[10:15]
    cost_units, cost_is_estimate, charged = row[15:18]
    return RunSummary(
        id=run_id,
        group_id=group_id,
        status=RunStatus(status),
        created_at=created_at,
        model=model,
        base_url=base_url,
        message_head=head,
        ended_at=ended_at,
        duration_ms=duration_ms,
        first_word_ms=row[9],
        usage=None if prompt is None else Usage(prompt, completion, cached, reasoning),
        usage_is_estimate=bool(usage_is_estimate),
        cost=None if cost_units is None else Cost(cost_units, bool(cost_is_estimate)),
        charged=None if charged is None else bool(charged),
        finish_reason=row[18],
        error_code=row[19],
        retry_of=row[20],
        continues=row[21],
        attempt_count=row[22],
        preset=None if row[23] is None else PresetUse(row[23], row[24], row[25]),
        is_starred=bool(row[26]),
        note=row[27],
        deleted_at=row[28],
        is_hidden=bool(row[29]),
    )


def usage_columns(usage: Usage | None) -> tuple[int | None, int | None, int | None, int | None]:
    """Return prompt, completion, cached and reasoning tokens for a row."""
    if usage is None:
        return (None, None, None, None)
    return (usage.prompt, usage.completion, usage.cached, usage.reasoning)


def cost_columns(cost: Cost | None) -> tuple[int | None, bool]:
    """Return the units, and whether they are an estimate, for a row."""
    return (None, False) if cost is None else (cost.units, cost.is_estimate)


def attempt_columns(attempt: Attempt) -> Row:
    """Return the values of ATTEMPT_COLUMNS for `attempt`."""
    return (
        attempt.number,
        attempt.started_at,
        attempt.duration_ms,
        attempt.first_word_ms,
        attempt.status,
        attempt.charged,
        attempt.wait_after_ms,
        *packed(pairs_text(attempt.headers)),
        *packed(error_text(attempt.error)),
    )


def attempt_of(row: tuple) -> Attempt:  # type: ignore[type-arg]  # columns of many types
    """Return the attempt that a row of ATTEMPT_COLUMNS describes. Raises DatabaseDamaged."""
    number, started_at, duration_ms, first_word_ms, status, charged, wait_after_ms = row[:7]
    return Attempt(
        number=number,
        started_at=started_at,
        duration_ms=duration_ms,
        first_word_ms=first_word_ms,
        status=status,
        error=error_from(unpacked(row[9], row[10])),
        charged=None if charged is None else bool(charged),
        headers=pairs_from(unpacked(row[7], row[8])),
        wait_after_ms=wait_after_ms,
    )
