"""Presets through the workspace: added, saved, ordered, deleted, restored, used."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from pathlib import Path

from novita_desktop.demo import DemoHost
from novita_desktop.domain.presets import NewPreset
from novita_desktop.domain.prompt_form import PromptForm
from novita_desktop.services.events import PresetsChanged
from novita_desktop.services.presets import DELETED_KEPT_MICROSECONDS
from tests.services.stage import MODEL, SetClock, Stage, open_stage

FORM = PromptForm(MODEL, message="Hello {{ name }}", values={"name": "Ann"})


async def add(stage: Stage, *names: str, folder: str = "") -> list[int]:
    new = [NewPreset(name, FORM, folder) for name in names]
    return [preset.id for preset in await stage.workspace.presets.add(new)]


def names(stage: Stage) -> list[str]:
    return [preset.name for preset in stage.workspace.presets.current]


def test_presets_are_there_at_the_next_start(tmp_path: Path, host: DemoHost) -> None:
    async def journey() -> None:
        async with open_stage(tmp_path, host) as stage:
            await add(stage, "  Greet ", "greet")
            assert names(stage) == ["Greet", "greet 2"]
            told = stage.watch.all(PresetsChanged)[-1]
            assert told.presets == stage.workspace.presets.current
        async with open_stage(tmp_path, host) as stage:
            assert names(stage) == ["Greet", "greet 2"]

    asyncio.run(journey())


def test_saving_makes_a_version_and_keeps_the_description(tmp_path: Path, host: DemoHost) -> None:
    async def journey() -> None:
        async with open_stage(tmp_path, host) as stage:
            presets = stage.workspace.presets
            (added,) = await presets.add([NewPreset("Greet", FORM, description="Says hello")])
            saved = await presets.save(added.id, replace(FORM, message="Bye"))
            assert saved is not None
            assert (saved.version, saved.description) == (2, "Says hello")
            assert [v.number for v in await presets.versions(added.id)] == [2, 1]
            assert await presets.save(99, FORM) is None

    asyncio.run(journey())


def test_names_folders_stars_and_places_change(tmp_path: Path, host: DemoHost) -> None:
    async def journey() -> None:
        async with open_stage(tmp_path, host) as stage:
            presets = stage.workspace.presets
            a, b, c = await add(stage, "a", "b", "c")
            await presets.place(c, [c, b, a], folder="", is_favourite=False)
            assert names(stage) == ["c", "b", "a"]
            await presets.rename(b, "A", "Folder")
            assert names(stage) == ["c", "a", "A 2"]
            await presets.rename(b, "  ", "Other")
            found = presets.find(b)
            assert found is not None
            assert (found.name, found.folder) == ("A 2", "Folder")
            await presets.set_favourite(a, is_favourite=True)
            assert [p.id for p in presets.current if p.is_favourite] == [a]
            (copy,) = await presets.duplicate(b)
            assert (copy.name, copy.folder, copy.form) == ("A 2 2", "Folder", FORM)
            for change in (
                presets.rename(99, "x", ""),
                presets.place(99, [99], folder="", is_favourite=False),
                presets.keep_values(99, {}, {}),
            ):
                await change
            await presets.place(c, [c, a], folder="Folder", is_favourite=True)
            found = presets.find(c)
            assert found is not None
            assert (found.folder, found.is_favourite) == ("Folder", True)

    asyncio.run(journey())


def test_deleting_keeps_runs_and_can_be_undone(tmp_path: Path, host: DemoHost) -> None:
    async def journey() -> None:
        async with open_stage(tmp_path, host) as stage:
            presets = stage.workspace.presets
            (preset_id,) = await add(stage, "Greet")
            used = presets.current[0].use
            run = await stage.run("Hello Ann", preset=used)
            await presets.keep_values(preset_id, {"name": "Bob"}, {})
            assert presets.current[0].use_count == 1
            assert presets.current[0].opened().values == {"name": "Bob"}
            await presets.delete(preset_id)
            assert names(stage) == []
            assert (await stage.detail(run.id)).summary.preset == used
            again = await stage.watch.ended((await stage.runs.retry(run.id)).id)
            assert again.preset == used
            await presets.restore(preset_id)
            assert (names(stage), presets.current[0].use_count) == (["Greet"], 2)

    asyncio.run(journey())


def test_who_comes_later_is_told_of_all_presets(tmp_path: Path, host: DemoHost) -> None:
    async def journey() -> None:
        async with open_stage(tmp_path, host) as stage:
            await add(stage, "Greet")
        async with open_stage(tmp_path, host) as stage:
            presets = stage.workspace.presets
            before = len(stage.watch.all(PresetsChanged))
            presets.announce()
            told = stage.watch.all(PresetsChanged)[before:]
            assert [p.name for event in told for p in event.presets] == ["Greet"]

    asyncio.run(journey())


def test_a_preset_that_was_deleted_long_ago_is_gone(tmp_path: Path, host: DemoHost) -> None:
    set_clock = SetClock(1_700_000_000_000_000)

    async def journey() -> None:
        async with open_stage(tmp_path, host, clock=set_clock.clock()) as stage:
            presets = stage.workspace.presets
            (preset_id,) = await add(stage, "Greet")
            await presets.delete(preset_id)
            set_clock.now += DELETED_KEPT_MICROSECONDS
            await presets.tidy()
            await presets.restore(preset_id)
            assert names(stage) == ["Greet"]
            await presets.delete(preset_id)
            set_clock.now += DELETED_KEPT_MICROSECONDS + 1
            await presets.tidy()
            await presets.restore(preset_id)
            assert names(stage) == []

    asyncio.run(journey())


def test_added_presets_come_back_in_the_order_they_were_given(
    tmp_path: Path, host: DemoHost
) -> None:
    async def journey() -> None:
        async with open_stage(tmp_path, host) as stage:
            new = [NewPreset("z", FORM, "Zebras"), NewPreset("a", FORM, "Apes")]
            added = await stage.workspace.presets.add(new)
            assert [preset.name for preset in added] == ["z", "a"]

    asyncio.run(journey())
