"""Counts the runs of every group, so that a list of a million of them knows its length and places.

`docs/data-format.md` describes every table and column.
"""

import sqlite3

_STATEMENTS = (
    # Runs in the bin do not count: a group without any other is not listed.
    "ALTER TABLE run_groups ADD COLUMN run_count INTEGER NOT NULL DEFAULT 0",
    """UPDATE run_groups SET run_count = (
        SELECT count(*) FROM runs WHERE group_id = run_groups.id AND deleted_at IS NULL)""",
    "CREATE INDEX run_groups_listed ON run_groups (id) WHERE run_count > 0",
    # The list's length, so that nothing has to count a million groups.
    """INSERT OR REPLACE INTO meta (name, value)
        SELECT 'listed groups', count(*) FROM run_groups WHERE run_count > 0""",
    """CREATE TRIGGER groups_counted AFTER UPDATE OF run_count ON run_groups
        WHEN (OLD.run_count > 0) <> (NEW.run_count > 0) BEGIN
        UPDATE meta SET value = value + (NEW.run_count > 0) - (OLD.run_count > 0)
            WHERE name = 'listed groups';
    END""",
    # Triggers: whatever adds, deletes or restores a run, the count stays true.
    """CREATE TRIGGER runs_counted_in AFTER INSERT ON runs WHEN NEW.deleted_at IS NULL BEGIN
        UPDATE run_groups SET run_count = run_count + 1 WHERE id = NEW.group_id;
    END""",
    """CREATE TRIGGER runs_counted_out AFTER DELETE ON runs WHEN OLD.deleted_at IS NULL BEGIN
        UPDATE run_groups SET run_count = run_count - 1 WHERE id = OLD.group_id;
    END""",
    """CREATE TRIGGER runs_counted_anew AFTER UPDATE OF deleted_at ON runs
        WHEN (OLD.deleted_at IS NULL) <> (NEW.deleted_at IS NULL) BEGIN
        UPDATE run_groups SET run_count = run_count + (OLD.deleted_at IS NOT NULL)
            - (NEW.deleted_at IS NOT NULL) WHERE id = NEW.group_id;
    END""",
)


def upgrade(connection: sqlite3.Connection) -> None:
    """Bring a file of the schema before to this one."""
    for statement in _STATEMENTS:
        connection.execute(statement)
