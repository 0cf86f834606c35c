"""Killed while it imports or exports presets, the program keeps the old or the new state.

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
from novita_desktop.domain.presets import NewPreset, Preset
from novita_desktop.domain.prompt_form import PromptForm
from novita_desktop.services.events import Events
from novita_desktop.services.workspace import Workspace, WorkspaceOptions
from novita_desktop.storage.secrets import SessionSecrets

KILLS = int(os.environ.get("NOVITA_TEST_KILLS", "5"))
ROOT = Path(__file__).parents[2]
IN_ONE_FILE = 60
FORM = PromptForm("m", message="Hello {{ name }}. " * 200, values={"name": "Ann"})


def import_until_killed(folder: Path, path: Path, steps: int, seconds: float) -> int:
    """Start the program, kill it so long after some steps; return how many imports it told of."""
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.reliability.preset_program", str(folder), str(path)],
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
    return (b"".join(lines) + rest).count(b"imported\n")


def stored_presets(folder: Path) -> tuple[Preset, ...]:
    """Open the folder as the next start does, and return every preset in it."""

    async def read() -> tuple[Preset, ...]:
        workspace = await Workspace.open(
            WorkspaceOptions(data_folder=folder), Events(), keychain=SessionSecrets()
        )
        try:
            return workspace.presets.current
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
        told = import_until_killed(folder, path, number % 4, chance.uniform(0.0, 0.4))
        stored = stored_presets(folder)
        assert len(stored) % IN_ONE_FILE == 0, f"kill {number}: part of an import"
        imports = len(stored) // IN_ONE_FILE - before
        assert told <= imports <= told + 1, f"kill {number}: {told} told, {imports} stored"
        assert all(preset.form == FORM for preset in stored)
        assert len({preset.name.casefold() for preset in stored}) == len(stored)
        if out.exists():
            found = preset_files.from_text(out.read_text(encoding="utf-8"))
            assert len(found) == IN_ONE_FILE
        before += imports
    assert before, "no import was ever finished"
    assert out.exists(), "no export was ever finished"
