"""Adds the values that variables were filled in with to the requests of runs.

`docs/data-format.md` describes every table and column.
"""

import sqlite3

_STATEMENTS = (
    "ALTER TABLE run_requests ADD COLUMN variables_codec INTEGER NOT NULL DEFAULT 0",
    "ALTER TABLE run_requests ADD COLUMN variables BLOB NOT NULL DEFAULT x''",
)


def upgrade(connection: sqlite3.Connection) -> None:
    """Bring a file of the schema before to this one; earlier runs have no values."""
    for statement in _STATEMENTS:
        connection.execute(statement)
