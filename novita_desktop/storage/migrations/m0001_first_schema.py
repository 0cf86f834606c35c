"""Schema 1: runs with their requests, answers and attempts, spending, drafts, settings.

`docs/data-format.md` describes every table and column.
"""

import sqlite3

_STATEMENTS = (
    # Named facts about the file itself.
    """CREATE TABLE meta (
        name TEXT NOT NULL PRIMARY KEY,
        value
    ) WITHOUT ROWID""",
    # Values that thousands of runs share are kept once.
    """CREATE TABLE connections (
        id INTEGER PRIMARY KEY,
        base_url TEXT NOT NULL UNIQUE
    )""",
    """CREATE TABLE price_lists (
        id INTEGER PRIMARY KEY,
        prices TEXT NOT NULL UNIQUE
    )""",
    """CREATE TABLE run_groups (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        kind TEXT NOT NULL,
        title TEXT NOT NULL,
        lane TEXT NOT NULL,
        created_at INTEGER NOT NULL
    )""",
    # The row that lists read. AUTOINCREMENT: an id is never given out twice.
    """CREATE TABLE runs (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        group_id INTEGER NOT NULL REFERENCES run_groups (id),
        status TEXT NOT NULL,
        created_at INTEGER NOT NULL,
        ended_at INTEGER,
        duration_ms INTEGER,
        first_word_ms INTEGER,
        connection_id INTEGER NOT NULL REFERENCES connections (id),
        model TEXT NOT NULL,
        message_head TEXT NOT NULL,
        prompt_tokens INTEGER,
        completion_tokens INTEGER,
        cached_tokens INTEGER,
        reasoning_tokens INTEGER,
        usage_is_estimate INTEGER NOT NULL DEFAULT 0,
        cost_units INTEGER,
        cost_is_estimate INTEGER NOT NULL DEFAULT 0,
        charged INTEGER,
        finish_reason TEXT NOT NULL DEFAULT '',
        error_code TEXT NOT NULL DEFAULT '',
        retry_of INTEGER REFERENCES runs (id) ON DELETE SET NULL,
        continues INTEGER REFERENCES runs (id) ON DELETE SET NULL,
        attempt_count INTEGER NOT NULL DEFAULT 0
    )""",
    "CREATE INDEX runs_of_group ON runs (group_id)",
    "CREATE INDEX runs_unfinished ON runs (id) WHERE ended_at IS NULL",
    "CREATE INDEX runs_retried ON runs (retry_of) WHERE retry_of IS NOT NULL",
    "CREATE INDEX runs_continued ON runs (continues) WHERE continues IS NOT NULL",
    # Written once, before anything is sent; apart from the answer, which is written often.
    """CREATE TABLE run_requests (
        run_id INTEGER PRIMARY KEY REFERENCES runs (id) ON DELETE CASCADE,
        body_codec INTEGER NOT NULL,
        body BLOB NOT NULL,
        price_list_id INTEGER REFERENCES price_lists (id),
        retry_policy TEXT NOT NULL,
        connect_seconds REAL NOT NULL,
        first_word_seconds REAL NOT NULL,
        silence_seconds REAL NOT NULL
    )""",
    """CREATE TABLE run_answers (
        run_id INTEGER PRIMARY KEY REFERENCES runs (id) ON DELETE CASCADE,
        text_codec INTEGER NOT NULL,
        text BLOB NOT NULL,
        reasoning_codec INTEGER NOT NULL,
        reasoning BLOB NOT NULL,
        raw_codec INTEGER NOT NULL DEFAULT 0,
        raw BLOB NOT NULL DEFAULT x'',
        error_codec INTEGER NOT NULL DEFAULT 0,
        error BLOB NOT NULL DEFAULT x''
    )""",
    """CREATE TABLE run_attempts (
        run_id INTEGER NOT NULL REFERENCES runs (id) ON DELETE CASCADE,
        number INTEGER NOT NULL,
        started_at INTEGER NOT NULL,
        duration_ms INTEGER NOT NULL,
        first_word_ms INTEGER,
        status INTEGER,
        charged INTEGER,
        wait_after_ms INTEGER,
        headers_codec INTEGER NOT NULL,
        headers BLOB NOT NULL,
        error_codec INTEGER NOT NULL,
        error BLOB NOT NULL,
        PRIMARY KEY (run_id, number)
    ) WITHOUT ROWID""",
    # Kept up to date by whoever writes runs, because adding up a million runs takes seconds.
    """CREATE TABLE spending (
        quarter INTEGER NOT NULL,
        connection_id INTEGER NOT NULL REFERENCES connections (id),
        model TEXT NOT NULL,
        exact_runs INTEGER NOT NULL,
        exact_units INTEGER NOT NULL,
        estimated_runs INTEGER NOT NULL,
        estimated_units INTEGER NOT NULL,
        PRIMARY KEY (quarter, connection_id, model)
    ) WITHOUT ROWID""",
    """CREATE TABLE drafts (
        name TEXT NOT NULL PRIMARY KEY,
        value TEXT NOT NULL,
        saved_at INTEGER NOT NULL
    )""",
    """CREATE TABLE settings (
        name TEXT NOT NULL PRIMARY KEY,
        value TEXT NOT NULL
    ) WITHOUT ROWID""",
    """CREATE TABLE catalogues (
        base_url TEXT NOT NULL PRIMARY KEY,
        fetched_at INTEGER NOT NULL,
        payload BLOB NOT NULL
    )""",
)


def upgrade(connection: sqlite3.Connection) -> None:
    """Build every table of schema 1 in an empty file."""
    for statement in _STATEMENTS:
        connection.execute(statement)
