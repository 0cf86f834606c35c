"""The schema's steps: every older file reaches today's schema, after a copy that stays."""

from __future__ import annotations

import re
import sqlite3
import sys
import time
from contextlib import closing
from pathlib import Path

import pytest

from novita_desktop.domain.errors import DatabaseDamaged, DatabaseTooNew, DiskFull
from novita_desktop.storage import schema
from novita_desktop.storage.opening import connect
from novita_desktop.storage.run_store import RunStore
from tests.storage.samples import add_runs, python, with_runs

FIXTURES = Path(__file__).parent / "released"


def shape(connection: sqlite3.Connection) -> list[tuple[str, str]]:
    return connection.execute("SELECT name, sql FROM sqlite_schema ORDER BY name").fetchall()


def add_column(connection: sqlite3.Connection) -> None:
    connection.execute("ALTER TABLE runs ADD COLUMN star INTEGER NOT NULL DEFAULT 0")


def rename_all(connection: sqlite3.Connection) -> None:
    connection.execute("UPDATE runs SET message_head = 'renamed ' || id")
    connection.execute("CREATE TABLE later (id INTEGER PRIMARY KEY)")


LATER = (*schema.STEPS, add_column, rename_all)


def filled(path: Path, count: int = 20) -> Path:
    with_runs(path, lambda runs: add_runs(runs, count))
    return path


@pytest.mark.parametrize("start", range(len(LATER) + 1))
def test_every_older_file_reaches_the_same_schema(start: int) -> None:
    with (
        closing(sqlite3.connect(":memory:", isolation_level=None)) as old,
        closing(sqlite3.connect(":memory:", isolation_level=None)) as new,
    ):
        schema.migrate(old, LATER[:start])
        assert schema.version_of(old) == start
        schema.migrate(old, LATER)
        schema.migrate(new, LATER)
        assert shape(old) == shape(new)
        assert schema.version_of(old) == len(LATER)
        applied = old.execute("SELECT name FROM meta WHERE name LIKE 'schema %'").fetchall()
        assert applied == [(f"schema {number + 1}",) for number in range(len(LATER))]


def test_every_table_and_column_is_documented() -> None:
    document = (Path(__file__).parents[2] / "docs" / "data-format.md").read_text("utf-8")
    words = set(re.findall(r"\w+", document))
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as connection:
        schema.migrate(connection)
        names = {
            name
            for table in schema.row_counts(connection)
            for name in (
                table,
                *(row[1] for row in connection.execute(f"PRAGMA table_info({table})")),
            )
        }
    assert names - words == set()


def test_there_is_a_released_file_of_every_schema() -> None:
    names = sorted(path.name for path in FIXTURES.glob("schema-*.sql"))
    assert names == [f"schema-{number + 1:04}.sql" for number in range(len(schema.STEPS))]


@pytest.mark.parametrize("fixture", sorted(FIXTURES.glob("schema-*.sql")), ids=lambda p: p.stem)
def test_released_files_open_with_everything_in_them(tmp_path: Path, fixture: Path) -> None:
    path = tmp_path / "novita.db"
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.executescript(fixture.read_text("utf-8"))

    async def work(runs: RunStore) -> None:
        (done,) = [run for run in await runs.page() if run.status == "succeeded"]
        detail = await runs.detail(done.id)
        assert detail is not None
        assert detail.text == "Häuser am See. " * 40
        assert '"content": "Häuser am See. Häuser' in detail.raw_response
        assert detail.attempts[0].error is not None
        assert detail.attempts[0].error.reply.status == 429
        assert detail.prices is not None
        assert await runs.spent_between(0, 2**60) == (123_456, 0)
        assert await runs.count() == 2

    with_runs(path, work)


def test_before_a_migration_a_checked_copy_is_made_and_stays(tmp_path: Path) -> None:
    path = filled(tmp_path / "novita.db")
    with closing(connect(path, 1)) as connection:
        copy = schema.bring_up_to_date(connection, path, LATER)
        assert schema.version_of(connection) == len(LATER)
        assert connection.execute("SELECT star, message_head FROM runs").fetchone() == (
            0,
            "renamed 1",
        )
    assert copy is not None
    assert [item.name for item in (tmp_path / "backups").iterdir()] == [copy.name]
    with closing(sqlite3.connect(copy)) as old:
        assert schema.version_of(old) == len(schema.STEPS)
        assert old.execute("SELECT count(*), min(message_head) FROM runs").fetchone() == (
            20,
            "Message 0",
        )


def test_a_fresh_or_current_file_is_not_copied(tmp_path: Path) -> None:
    path = filled(tmp_path / "novita.db")
    filled(path)
    assert not (tmp_path / "backups").exists()


def test_a_failing_step_leaves_the_file_as_it_was_and_the_copy_beside_it(tmp_path: Path) -> None:
    path = filled(tmp_path / "novita.db")

    def fail(connection: sqlite3.Connection) -> None:
        connection.execute("DELETE FROM run_requests")
        raise sqlite3.OperationalError("no")

    with closing(connect(path, 1)) as connection:
        before = shape(connection)
        with pytest.raises(sqlite3.OperationalError):
            schema.bring_up_to_date(connection, path, (*LATER, fail))
        assert shape(connection) == before
        assert schema.version_of(connection) == len(schema.STEPS)
        assert schema.row_counts(connection)["run_requests"] == 20
    assert len(list((tmp_path / "backups").glob("*.db"))) == 1


def test_a_newer_schema_is_refused(tmp_path: Path) -> None:
    path = filled(tmp_path / "novita.db")
    with closing(connect(path, 1)) as connection:
        connection.execute(f"PRAGMA user_version = {len(LATER) + 1}")
        with pytest.raises(DatabaseTooNew):
            schema.bring_up_to_date(connection, path, LATER)


def test_without_space_for_the_copy_nothing_is_migrated(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = filled(tmp_path / "novita.db")
    monkeypatch.setattr(schema, "SPARE_BYTES", 2**70)
    with closing(connect(path, 1)) as connection:
        with pytest.raises(DiskFull):
            schema.bring_up_to_date(connection, path, LATER)
        assert schema.version_of(connection) == len(schema.STEPS)


def test_a_copy_that_differs_stops_the_migration(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = filled(tmp_path / "novita.db")
    whole = schema.copy_database

    def lossy(connection: sqlite3.Connection, target: Path) -> None:
        whole(connection, target)
        with closing(sqlite3.connect(target, isolation_level=None)) as copy:
            copy.execute("DELETE FROM run_answers WHERE run_id = 1")

    monkeypatch.setattr(schema, "copy_database", lossy)
    with closing(connect(path, 1)) as connection:
        with pytest.raises(DatabaseDamaged):
            schema.bring_up_to_date(connection, path, LATER)
        assert schema.version_of(connection) == len(schema.STEPS)
    assert list((tmp_path / "backups").iterdir()) == []


@pytest.mark.skipif(sys.platform == "win32", reason="needs kill -9")
def test_killed_in_a_migration_the_file_is_old_or_new_and_never_between(tmp_path: Path) -> None:
    path = filled(tmp_path / "novita.db", 400)
    code = """
import sys
from pathlib import Path
from novita_desktop.storage import opening, schema
from tests.storage.test_schema import LATER
path = Path(sys.argv[1])
connection = opening.connect(path, 5)
def slow(connection):
    for number in range(400):
        connection.execute("UPDATE runs SET message_head = message_head || 'x'")
print("ready", flush=True)
schema.bring_up_to_date(connection, path, (*LATER, slow))
print("done", flush=True)
"""
    for moment in (0.0, 0.02, 0.05, 0.1, 0.3):
        process = python(code, path)
        assert process.stdout is not None
        process.stdout.readline()
        time.sleep(moment)
        process.kill()
        process.communicate()
        with closing(sqlite3.connect(path)) as connection:
            version = schema.version_of(connection)
            rows = connection.execute("SELECT message_head FROM runs")
            heads = frozenset(head[:7] for (head,) in rows)
            assert (version, heads) in {
                (len(schema.STEPS), frozenset({"Message"})),
                (len(LATER) + 1, frozenset({"renamed"})),
            }
            assert connection.execute("PRAGMA quick_check").fetchone() == ("ok",)
    copies = list((tmp_path / "backups").glob("*.db"))
    for copy in copies:
        with closing(sqlite3.connect(copy)) as old:
            assert old.execute("SELECT count(*) FROM runs").fetchone() == (400,)
