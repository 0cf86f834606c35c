"""Killed while it works on presets, the program keeps the old or the new state, no mixture.

`NOVITA_TEST_KILLS=50 ./dev test tests/reliability` tries it as often as the promise says.
"""

from __future__ import annotations

import asyncio
import os
import random
import subprocess
import sys
import time
from pathlib import Path

import pytest

from novita_desktop.domain import preset_files
from novita_desktop.domain.presets import NewPreset, Preset, PresetVersion
from novita_desktop.domain.prompt_form import PromptForm
from novita_desktop.services.events import Events
from novita_desktop.services.workspace import Workspace, WorkspaceOptions
from novita_desktop.storage.secrets import SessionSecrets
from tests.reliability.preset_program import numbered

KILLS = int(os.environ.get("NOVITA_TEST_KILLS", "5"))
ROOT = Path(__file__).parents[2]
IN_ONE_FILE = 60
FORM = PromptForm("m", message="Hello {{ name }}. " * 200, values={"name": "Ann"})


def work_until_killed(steps: int, seconds: float, *arguments: Path) -> list[bytes]:
    """Start the program, kill it so long after some steps; return the steps it told of."""
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.reliability.preset_program", *map(str, arguments)],
        stdout=subprocess.PIPE,
        cwd=ROOT,
    )
    assert process.stdout is not None
    try:
        assert process.stdout.readline() == b"ready\n"
        lines = [process.stdout.readline() for _ in range(steps)]
        time.sleep(seconds)
    finally:
        process.kill()
        rest = process.stdout.read()
        process.wait()
        process.stdout.close()
    return (b"".join(lines) + rest).splitlines()


Stored = dict[str, tuple[Preset, list[PresetVersion]]]


def stored_presets(folder: Path) -> Stored:
    """Open the folder as the next start does, and return every preset in it with its versions."""

    async def read() -> Stored:
        workspace = await Workspace.open(
            WorkspaceOptions(data_folder=folder), Events(), keychain=SessionSecrets()
        )
        presets = workspace.presets
        try:
            return {each.name: (each, await presets.versions(each.id)) for each in presets.current}
        finally:
            await workspace.close()

    return asyncio.run(read())


@pytest.mark.timeout(60 + 20 * KILLS)
def test_a_kill_leaves_whole_imports_and_whole_files(tmp_path: Path) -> None:
    chance = random.Random(20_261_125)
    path, out = tmp_path / "in.novita.json", tmp_path / "out.novita.json"
    presets = [NewPreset(f"Preset {n}", FORM) for n in range(IN_ONE_FILE)]
    path.write_text(preset_files.to_text(presets), encoding="utf-8")
    folder = tmp_path / "data"
    before = 0
    for number in range(KILLS):
        steps = work_until_killed(number % 4, chance.uniform(0.0, 0.4), folder, path)
        told = steps.count(b"imported")
        stored = stored_presets(folder)
        assert len(stored) % IN_ONE_FILE == 0, f"kill {number}: part of an import"
        imports = len(stored) // IN_ONE_FILE - before
        assert told <= imports <= told + 1, f"kill {number}: {told} told, {imports} stored"
        assert all(preset.form == FORM for preset, _ in stored.values())
        if out.exists():
            found = preset_files.from_text(out.read_text(encoding="utf-8"))
            assert len(found) == IN_ONE_FILE
        before += imports
    assert before, "no import was ever finished"
    assert out.exists(), "no export was ever finished"


@pytest.mark.timeout(60 + 20 * KILLS)
def test_a_kill_leaves_whole_saves_and_deletions(tmp_path: Path) -> None:
    chance = random.Random(20_261_126)
    folder = tmp_path / "data"
    saves = 0
    work_until_killed(1, 0.0, folder)
    before = stored_presets(folder)["kept"][0].version
    for number in range(KILLS):
        steps = work_until_killed(number % 5, chance.uniform(0.0, 0.3), folder)
        stored = stored_presets(folder)
        preset, versions = stored["kept"]
        told = steps.count(b"saved")
        assert told <= preset.version - before <= told + 1, f"kill {number}: {told} saves told"
        assert [each.number for each in versions] == list(range(preset.version, 0, -1))
        assert preset.form == numbered(preset.version)
        for each in versions:
            assert each.form == numbered(each.number), f"kill {number}: a mixture"
            assert each.number == 1 or each.description == str(each.number)
        if steps and steps[-1] == b"restored":
            assert "gone" in stored
        if "gone" in stored:
            assert stored["gone"][0].form == numbered(1)
        saves += told
        before = preset.version
    assert saves, "no save was ever finished"
