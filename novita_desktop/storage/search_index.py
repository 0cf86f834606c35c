"""The full-text index of runs, kept in the same transaction as the runs themselves.

The index has no copy of the texts, so an entry is taken out by giving its very words again
(SQLite's manual, FTS5, section 6.3): what `_words_of` returns for a run must not change while the
run is indexed. Whoever changes one of its texts takes the entry out before and puts it in after.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Sequence
from typing import Final

from novita_desktop.domain.json_values import JsonValue, as_list, as_object, as_text
from novita_desktop.storage.stored_text import storable, unpacked

Words = tuple[str, ...]
"""What is indexed of a run: a text for each of COLUMNS."""

COLUMNS: Final = "message, system_prompt, answer, reasoning, model, preset, note"

_INSERT: Final = f"INSERT INTO run_search (rowid, {COLUMNS}) VALUES "  # noqa: S608
_ROW: Final = "(?, ?, ?, ?, ?, ?, ?, ?)"
_DELETE: Final = (
    f"INSERT INTO run_search (run_search, rowid, {COLUMNS})"  # noqa: S608
    " VALUES ('delete', ?, ?, ?, ?, ?, ?, ?, ?)"
)
_SCRUB: Final = "search scrub"
MERGE_PAGES: Final = 500
"""How many pages of the index one step of `scrub` writes again."""


def put_in(connection: sqlite3.Connection, run_id: int) -> None:
    """Index a run that is over and not indexed yet."""
    put_in_known(connection, [(run_id, _words_of(connection, run_id))])
    connection.execute("UPDATE runs SET is_indexed = 1 WHERE id = ?", (run_id,))


def put_in_known(connection: sqlite3.Connection, runs: Sequence[tuple[int, Words]]) -> None:
    """Index runs whose words the caller has; it also marks them as indexed."""
    connection.execute(
        _INSERT + ", ".join([_ROW] * len(runs)),
        [value for run_id, words in runs for value in (run_id, *words)],
    )


def take_out(connection: sqlite3.Connection, run_id: int) -> bool:
    """Take a run out of the index; return whether it was in it."""
    row = connection.execute("SELECT is_indexed FROM runs WHERE id = ?", (run_id,)).fetchone()
    if row is None or not row[0]:
        return False
    connection.execute(_DELETE, (run_id, *_words_of(connection, run_id)))
    connection.execute("UPDATE runs SET is_indexed = 0 WHERE id = ?", (run_id,))
    return True


def put_in_waiting(connection: sqlite3.Connection, limit: int) -> int:
    """Index up to `limit` finished runs that are not in the index, newest first; return how many."""
    rows = connection.execute(
        "SELECT id FROM runs WHERE is_indexed = 0 AND ended_at IS NOT NULL"
        " ORDER BY id DESC LIMIT ?",
        (limit,),
    ).fetchall()
    for (run_id,) in rows:
        put_in(connection, run_id)
    return len(rows)


def mark_for_scrub(connection: sqlite3.Connection) -> None:
    """Remember that what was taken out has to leave the index's older pages."""
    connection.execute("INSERT OR IGNORE INTO meta (name, value) VALUES (?, 0)", (_SCRUB,))


def scrub(connection: sqlite3.Connection) -> bool:
    """Write part of the index again without what was taken out; return whether more is left.

    Entries that were taken out stay in the index's older pages until those are merged. The first
    step asks for all pages to be merged, the following ones go on with it. Without a mark nothing
    is done.
    """
    row = connection.execute("SELECT value FROM meta WHERE name = ?", (_SCRUB,)).fetchone()
    if row is None:
        return False
    before = connection.total_changes
    pages = MERGE_PAGES if row[0] else -MERGE_PAGES
    connection.execute("INSERT INTO run_search (run_search, rank) VALUES ('merge', ?)", (pages,))
    # A step that merged nothing changes one row (SQLite's manual, FTS5, section 6.8).
    if connection.total_changes - before < 2:
        connection.execute("DELETE FROM meta WHERE name = ?", (_SCRUB,))
        return False
    connection.execute("UPDATE meta SET value = 1 WHERE name = ?", (_SCRUB,))
    return True


def _words_of(connection: sqlite3.Connection, run_id: int) -> Words:
    """Read what is indexed of a run."""
    model, preset, note, body_codec, body, *answer = connection.execute(
        "SELECT model, preset_name, note, body_codec, body,"
        " coalesce(text_codec, 0), coalesce(text, x''),"
        " coalesce(reasoning_codec, 0), coalesce(reasoning, x'')"
        " FROM runs LEFT JOIN run_requests ON run_requests.run_id = runs.id"
        " LEFT JOIN run_answers ON run_answers.run_id = runs.id WHERE runs.id = ?",
        (run_id,),
    ).fetchone()
    request_body = "" if body is None else unpacked(body_codec, body)
    text, reasoning = unpacked(*answer[:2]), unpacked(*answer[2:])
    return words_of(request_body, (text, reasoning), (str(model), str(preset), str(note)))


def words_of(request_body: str, answer: tuple[str, str], labels: tuple[str, str, str]) -> Words:
    """Return what is indexed of a run, in the order of COLUMNS.

    `answer` is its text and reasoning, `labels` are model, preset and note as they are stored.
    """
    return tuple(storable(text) for text in (*_asked(request_body), *answer, *labels))


def _asked(body: str) -> tuple[str, str]:
    """Return the person's and the system's texts of a stored request, without its pictures."""
    try:
        messages = as_list(as_object(json.loads(body)).get("messages"))
    except (ValueError, RecursionError):
        return "", ""
    asked: list[str] = []
    system: list[str] = []
    for message in map(as_object, messages):
        role = message.get("role")
        if role == "system":
            system.append(_text_in(message.get("content")))
        elif role != "assistant":
            asked.append(_text_in(message.get("content")))
    return "\n".join(asked), "\n".join(system)


def _text_in(content: JsonValue) -> str:
    if isinstance(content, str):
        return content
    return "\n".join(as_text(as_object(part).get("text")) for part in as_list(content))
