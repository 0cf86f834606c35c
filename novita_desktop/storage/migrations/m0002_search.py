"""Schema 2: full-text search of runs, stars, notes, and a bin.

`docs/data-format.md` describes every table and column.
"""

import sqlite3

_STATEMENTS = (
    "ALTER TABLE runs ADD COLUMN is_starred INTEGER NOT NULL DEFAULT 0",
    "ALTER TABLE runs ADD COLUMN note TEXT NOT NULL DEFAULT ''",
    # When a person deleted the run; it is truly gone 30 days later.
    "ALTER TABLE runs ADD COLUMN deleted_at INTEGER",
    # Runs of earlier programs, and interrupted ones, are indexed in slices while the program runs.
    "ALTER TABLE runs ADD COLUMN is_indexed INTEGER NOT NULL DEFAULT 0",
    "CREATE INDEX runs_deleted ON runs (deleted_at) WHERE deleted_at IS NOT NULL",
    "CREATE INDEX runs_starred ON runs (id) WHERE is_starred = 1",
    "CREATE INDEX runs_unindexed ON runs (id) WHERE is_indexed = 0 AND ended_at IS NOT NULL",
    """CREATE INDEX runs_not_succeeded ON runs (id)
        WHERE status IN ('failed', 'stopped', 'interrupted')""",
    # Contentless: the texts are kept once, packed, in run_requests and run_answers.
    """CREATE VIRTUAL TABLE run_search USING fts5(
        message, system_prompt, answer, reasoning, model, preset, note,
        content = '', tokenize = 'unicode61 remove_diacritics 2'
    )""",
)


def upgrade(connection: sqlite3.Connection) -> None:
    """Add the index and the columns; the index is filled later, so that no start waits for it."""
    for statement in _STATEMENTS:
        connection.execute(statement)
