"""Adds comparisons: their columns, their rounds with the verdicts, and which run stands where.

`docs/data-format.md` describes every table and column.
"""

import sqlite3

_STATEMENTS = (
    # One row beside the group of runs that the comparison is.
    """CREATE TABLE comparisons (
        group_id INTEGER PRIMARY KEY REFERENCES run_groups (id) ON DELETE CASCADE,
        form TEXT NOT NULL,
        columns TEXT NOT NULL,
        is_blind INTEGER NOT NULL,
        preset_id INTEGER
    )""",
    """CREATE TABLE comparison_rounds (
        group_id INTEGER NOT NULL REFERENCES comparisons (group_id) ON DELETE CASCADE,
        number INTEGER NOT NULL,
        variable_values TEXT NOT NULL,
        shown_order TEXT NOT NULL,
        verdict TEXT,
        best_column INTEGER,
        judged_at INTEGER,
        was_blind INTEGER NOT NULL DEFAULT 0,
        note TEXT NOT NULL DEFAULT '',
        PRIMARY KEY (group_id, number)
    ) WITHOUT ROWID""",
    """CREATE TABLE comparison_cells (
        group_id INTEGER NOT NULL,
        round_number INTEGER NOT NULL,
        column_key INTEGER NOT NULL,
        run_id INTEGER NOT NULL REFERENCES runs (id) ON DELETE CASCADE,
        thumb INTEGER NOT NULL DEFAULT 0,
        PRIMARY KEY (group_id, round_number, column_key),
        FOREIGN KEY (group_id, round_number)
            REFERENCES comparison_rounds (group_id, number) ON DELETE CASCADE
    ) WITHOUT ROWID""",
    "CREATE INDEX comparison_cells_of_run ON comparison_cells (run_id)",
)


def upgrade(connection: sqlite3.Connection) -> None:
    """Bring a file of the schema before to this one."""
    for statement in _STATEMENTS:
        connection.execute(statement)
