"""Adds batches: their table, row by row, where each input comes from, and which run a row has.

`docs/data-format.md` describes every table and column.
"""

import sqlite3

_STATEMENTS = (
    # One row beside the group of runs that the batch is.
    """CREATE TABLE batches (
        group_id INTEGER PRIMARY KEY REFERENCES run_groups (id) ON DELETE CASCADE,
        origin TEXT NOT NULL,
        columns TEXT NOT NULL,
        form TEXT NOT NULL,
        sources TEXT NOT NULL,
        state TEXT NOT NULL,
        pause_reason TEXT
    )""",
    """CREATE TABLE batch_rows (
        group_id INTEGER NOT NULL REFERENCES batches (group_id) ON DELETE CASCADE,
        number INTEGER NOT NULL,
        cells_codec INTEGER NOT NULL,
        cells BLOB NOT NULL,
        state TEXT NOT NULL,
        run_id INTEGER REFERENCES runs (id) ON DELETE SET NULL,
        problem TEXT NOT NULL DEFAULT '',
        PRIMARY KEY (group_id, number)
    ) WITHOUT ROWID""",
    "CREATE INDEX batch_rows_by_state ON batch_rows (group_id, state, number)",
    "CREATE INDEX batch_rows_of_run ON batch_rows (run_id) WHERE run_id IS NOT NULL",
)


def upgrade(connection: sqlite3.Connection) -> None:
    """Bring a file of the schema before to this one."""
    for statement in _STATEMENTS:
        connection.execute(statement)
