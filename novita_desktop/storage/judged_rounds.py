"""Reads the rounds that were judged, with the figures of their answers, for the leaderboard."""

from __future__ import annotations

import json
import sqlite3
from typing import Final

from novita_desktop.domain.comparisons import Column, Verdict, columns_from_saved
from novita_desktop.domain.leaderboard import JudgedAnswer, JudgedRound, competitor_of

LEAST_MS: Final = 100
"""A speed over less time than this says nothing."""

_ANSWERS: Final = (
    "SELECT comparison_rounds.group_id, number, columns, verdict, best_column, column_key,"
    " first_word_ms, duration_ms, completion_tokens, cost_units"
    " FROM comparison_rounds JOIN comparisons USING (group_id)"
    " JOIN comparison_cells ON comparison_cells.group_id = comparison_rounds.group_id"
    " AND round_number = number JOIN runs ON runs.id = run_id"
    " WHERE verdict IS NOT NULL AND status = 'succeeded' AND deleted_at IS NULL"
    " AND (?1 IS NULL OR comparisons.preset_id = ?1)"
    " ORDER BY comparison_rounds.group_id, number, column_key"
)


def judged_rounds(connection: sqlite3.Connection, preset_id: int | None) -> list[JudgedRound]:
    """Return every judged round; answers that broke off or were deleted take no part."""
    columns: dict[int, dict[int, Column]] = {}
    verdicts: dict[tuple[int, int], Verdict] = {}
    answers: dict[tuple[int, int], list[JudgedAnswer]] = {}
    for row in connection.execute(_ANSWERS, (preset_id,)):
        group_id, number, saved, verdict, best, key, first, duration, tokens, cost = row
        if group_id not in columns:
            found = columns_from_saved(json.loads(saved))
            columns[group_id] = {column.key: column for column in found}
        column = columns[group_id].get(key)
        if column is None:
            continue
        verdicts[group_id, number] = Verdict(verdict)
        answer = JudgedAnswer(
            competitor_of(column), key == best, first, _speed(first, duration, tokens), cost
        )
        answers.setdefault((group_id, number), []).append(answer)
    return [JudgedRound(verdicts[place], tuple(found)) for place, found in answers.items()]


def _speed(first: int | None, duration: int | None, tokens: int | None) -> float | None:
    if first is None or duration is None or tokens is None or duration - first < LEAST_MS:
        return None
    return tokens * 1000 / (duration - first)
