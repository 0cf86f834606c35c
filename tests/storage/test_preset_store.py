"""Presets and their versions survive, whole or not at all."""

from __future__ import annotations

import sqlite3
from dataclasses import replace
from pathlib import Path

import pytest

from novita_desktop.domain.errors import DatabaseDamaged, StorageError
from novita_desktop.domain.presets import NewPreset
from novita_desktop.domain.prompt_form import PromptForm
from novita_desktop.domain.requests import Image, PresetUse
from novita_desktop.domain.runs import GroupKind, RunGroup
from novita_desktop.domain.variable_fields import FieldKind, VariableField
from novita_desktop.storage.database import Database
from novita_desktop.storage.preset_store import PresetStore
from novita_desktop.storage.run_store import RunStore
from tests.storage.samples import NOW, new_run, run_python, with_database

FORM = PromptForm(
    "m",
    message="Grüße {{ a }}",
    inputs={"temperature": "{{ t }}"},
    values={"a": "x"},
    images=(Image("image/png", "aGk="),),
    fields={"a": VariableField(FieldKind.CHOICE, "A", "h", "x", is_required=False, choices=("x",))},
)


def test_presets_come_back_as_they_were(tmp_path: Path) -> None:
    async def save(database: Database) -> None:
        new = [NewPreset("One", FORM, "F", "D"), NewPreset("Two", PromptForm())]
        assert await PresetStore(database).add(new, NOW) == [1, 2]

    async def load(database: Database) -> None:
        two, one = await PresetStore(database).all()
        assert (one.name, one.folder, one.description, one.version) == ("One", "F", "D", 1)
        assert one.form == FORM
        assert two.form == PromptForm()

    with_database(tmp_path / "novita.db", save)
    with_database(tmp_path / "novita.db", load)


def test_every_save_is_a_version(tmp_path: Path) -> None:
    later = replace(FORM, message="Bye", preset=PresetUse(1, 1, "One"))

    async def work(database: Database) -> None:
        store = PresetStore(database)
        await store.add([NewPreset("One", FORM)], NOW)
        assert await store.save(1, later, "better", NOW + 1) == 2
        assert await store.save(99, later, "", NOW) is None
        (preset,) = await store.all()
        assert (preset.version, preset.description) == (2, "better")
        assert preset.form == replace(later, preset=None)
        versions = await store.versions(1)
        assert [(v.number, v.saved_at, v.form.message) for v in versions] == [
            (2, NOW + 1, "Bye"),
            (1, NOW, FORM.message),
        ]

    with_database(tmp_path / "novita.db", work)


def test_a_deleted_preset_can_be_restored_until_it_is_forgotten(tmp_path: Path) -> None:
    async def work(database: Database) -> None:
        store = PresetStore(database)
        await store.add([NewPreset("One", FORM), NewPreset("Two", FORM)], NOW)
        await store.delete(1, NOW)
        assert [preset.name for preset in await store.all()] == ["Two"]
        assert await store.forget_deleted(NOW) == 0
        await store.delete(1, None)
        assert len(await store.all()) == 2
        await store.delete(2, NOW)
        assert await store.forget_deleted(NOW + 1) == 1
        await store.delete(2, None)
        assert [preset.name for preset in await store.all()] == ["One"]
        assert await store.versions(2) == []

    with_database(tmp_path / "novita.db", work)


def test_a_run_remembers_the_preset_also_when_that_is_gone(tmp_path: Path) -> None:
    used = PresetUse(1, 1, "One")

    async def work(database: Database) -> None:
        store, runs = PresetStore(database), RunStore(database)
        await store.add([NewPreset("One", FORM)], NOW)
        added = await runs.add(
            new_run(await runs.add_group(RunGroup(GroupKind.PROMPT), NOW), preset=used)
        )
        assert added.preset_name == "One"
        assert (await store.all())[0].use_count == 1
        await store.delete(1, NOW)
        await store.forget_deleted(NOW + 1)
        (kept,) = await runs.page()
        assert kept.preset == used
        detail = await runs.detail(kept.id)
        assert detail is not None
        assert detail.summary.preset == used

    with_database(tmp_path / "novita.db", work)


def test_several_are_added_together_or_not_at_all(tmp_path: Path) -> None:
    def refuse(connection: sqlite3.Connection) -> None:
        connection.execute(
            "CREATE TRIGGER refuse BEFORE INSERT ON presets WHEN new.name = 'Bad'"
            " BEGIN SELECT raise(ABORT, 'no'); END"
        )

    async def work(database: Database) -> None:
        store = PresetStore(database)
        await database.call(refuse)
        with pytest.raises(StorageError):
            await store.add([NewPreset("Good", FORM), NewPreset("Bad", FORM)], NOW)
        assert await store.all() == ()

    with_database(tmp_path / "novita.db", work)


def test_order_names_and_values_are_kept(tmp_path: Path) -> None:
    async def work(database: Database) -> None:
        store = PresetStore(database)
        await store.add([NewPreset(name, FORM) for name in "abc"], NOW)
        await store.put_in_order([3, 1, 2])
        assert [preset.name for preset in await store.all()] == ["c", "a", "b"]
        await store.describe(1, name="z", folder="f", is_favourite=True)
        await store.keep_values(1, {"a": "last"}, {})
        changed = (await store.all())[-1]
        assert (changed.name, changed.folder, changed.is_favourite) == ("z", "f", True)
        assert changed.last_values == {"a": "last"}
        assert changed.version == 1

    with_database(tmp_path / "novita.db", work)


def test_the_names_of_files_behind_last_values_are_kept(tmp_path: Path) -> None:
    async def work(database: Database) -> None:
        store = PresetStore(database)
        await store.add([NewPreset("One", FORM)], NOW)
        sources = {"report": "report.txt", "log": "large.log"}
        await store.keep_values(1, {"a": "typed", "report": "words"}, sources)
        (preset,) = await store.all()
        assert preset.last_values == {"a": "typed", "report": "words"}
        assert preset.last_sources == sources

    with_database(tmp_path / "novita.db", work)


def test_a_preset_that_is_not_whole_is_damage(tmp_path: Path) -> None:
    async def work(database: Database) -> None:
        store = PresetStore(database)
        await store.add([NewPreset("One", FORM)], NOW)
        await database.call(
            lambda connection: connection.execute("UPDATE preset_versions SET form = '{'")
        )
        with pytest.raises(DatabaseDamaged):
            await store.all()

    with_database(tmp_path / "novita.db", work)


def test_presets_survive_a_kill(tmp_path: Path) -> None:
    code = """
import asyncio, os, sys
from pathlib import Path
from novita_desktop.domain.presets import NewPreset
from novita_desktop.domain.prompt_form import PromptForm
from novita_desktop.storage.database import Database
from novita_desktop.storage.preset_store import PresetStore
async def main():
    store = PresetStore(await Database.open(Path(sys.argv[1])))
    await store.add([NewPreset(str(n), PromptForm(message=str(n))) for n in range(20)], 1)
    os._exit(9)
asyncio.run(main())
"""
    assert run_python(code, tmp_path / "novita.db")[0] == 9
    kept = with_database(tmp_path / "novita.db", lambda d: PresetStore(d).all())
    assert [preset.form.message for preset in kept] == [str(n) for n in range(20)]
