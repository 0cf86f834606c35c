"""Adds presets with their versions, and to runs which preset they were made with.

`docs/data-format.md` describes every table and column.
"""

import sqlite3

_STATEMENTS = (
    # AUTOINCREMENT: a run's preset_id never comes to mean another preset.
    """CREATE TABLE presets (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        name TEXT NOT NULL,
        folder TEXT NOT NULL,
        is_favourite INTEGER NOT NULL DEFAULT 0,
        position INTEGER NOT NULL,
        version INTEGER NOT NULL,
        use_count INTEGER NOT NULL DEFAULT 0,
        last_values TEXT NOT NULL DEFAULT '{}',
        deleted_at INTEGER
    )""",
    """CREATE TABLE preset_versions (
        preset_id INTEGER NOT NULL REFERENCES presets (id) ON DELETE CASCADE,
        number INTEGER NOT NULL,
        saved_at INTEGER NOT NULL,
        description TEXT NOT NULL,
        form TEXT NOT NULL,
        PRIMARY KEY (preset_id, number)
    )""",
    # Without references: deleting a preset keeps its runs, and what they say of it.
    "ALTER TABLE runs ADD COLUMN preset_id INTEGER",
    "ALTER TABLE runs ADD COLUMN preset_version INTEGER",
    "ALTER TABLE runs ADD COLUMN preset_name TEXT NOT NULL DEFAULT ''",
)


def upgrade(connection: sqlite3.Connection) -> None:
    """Bring a file of the schema before to this one."""
    for statement in _STATEMENTS:
        connection.execute(statement)
