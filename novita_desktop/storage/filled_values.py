"""Reads what the variables of past runs were filled in with."""

from __future__ import annotations

import sqlite3
from typing import Final

from novita_desktop.domain.filled_values import FilledValues
from novita_desktop.storage.run_rows import IS_HIDDEN
from novita_desktop.storage.stored_text import texts_from, unpacked

_FILLED: Final = (
    "SELECT runs.id, created_at, variables_codec, variables FROM runs"  # noqa: S608  # a constant
    " JOIN run_requests ON run_id = runs.id"
    " WHERE (? IS NULL OR preset_id = ?) AND deleted_at IS NULL AND length(variables) > 0"
    f" AND NOT {IS_HIDDEN} ORDER BY runs.id DESC LIMIT ?"
)


def filled_values(
    connection: sqlite3.Connection, preset_id: int | None, limit: int
) -> list[FilledValues]:
    """Return the values of up to `limit` runs that had any, newest first.

    They are those of one preset, or of all runs. Runs in the bin are left out, and so are those
    whose model is hidden: that one ran at all could tell it.
    """
    rows = connection.execute(_FILLED, (preset_id, preset_id, limit))
    return [
        FilledValues(run_id, created_at, texts_from(unpacked(codec, variables)))
        for run_id, created_at, codec, variables in rows
    ]
