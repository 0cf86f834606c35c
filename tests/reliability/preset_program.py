"""A program of the services alone that works on presets until it is killed.

`python -m tests.reliability.preset_program FOLDER FILE` imports the file and exports presets, and
prints a line as soon as either is done. With `FOLDER` alone it saves one preset again and again,
and deletes and restores another.
"""

from __future__ import annotations

import asyncio
import os
import sys
from pathlib import Path

from novita_desktop.domain.presets import NewPreset
from novita_desktop.domain.prompt_form import PromptForm
from novita_desktop.domain.variable_fields import VariableField
from novita_desktop.services.events import Events
from novita_desktop.services.workspace import Workspace, WorkspaceOptions
from novita_desktop.storage.secrets import SessionSecrets


def numbered(number: int) -> PromptForm:
    """Return a form whose every part tells the same number."""
    text = f"{number} " * 5_000
    return PromptForm(
        "m", text, text, {"seed": str(number)}, fields={"a": VariableField(default=str(number))}
    )


async def opened(folder: Path) -> Workspace:
    """Open the workspace and say so."""
    workspace = await Workspace.open(
        WorkspaceOptions(data_folder=folder), Events(), keychain=SessionSecrets()
    )
    os.write(1, b"ready\n")
    return workspace


async def save_and_delete(folder: Path) -> None:
    """Save the preset `kept` over and over; delete `gone` and bring it back."""
    presets = (await opened(folder)).presets
    if not presets.current:
        await presets.add([NewPreset("kept", numbered(1)), NewPreset("gone", numbered(1))])
    kept = next(preset for preset in presets.current if preset.name == "kept")
    gone = next((preset for preset in presets.current if preset.name == "gone"), None)
    number = kept.version
    while True:
        number += 1
        await presets.save(kept.id, numbered(number), str(number))
        os.write(1, b"saved\n")
        if gone is not None:
            await presets.delete(gone.id)
            os.write(1, b"deleted\n")
            await presets.restore(gone.id)
            os.write(1, b"restored\n")


async def import_and_export(folder: Path, path: Path) -> None:
    """Import the file again and again, and write everything out after each import."""
    workspace = await opened(folder)
    exchange = workspace.preset_exchange
    while True:
        offer = await exchange.read(path)
        await exchange.add([each.new for each in offer.offers])
        os.write(1, b"imported\n")
        last = [preset.id for preset in workspace.presets.current][: len(offer.offers)]
        await exchange.save(path.with_name("out.novita.json"), last)
        os.write(1, b"exported\n")


if __name__ == "__main__":
    folder, *files = map(Path, sys.argv[1:])
    asyncio.run(import_and_export(folder, files[0]) if files else save_and_delete(folder))
