"""A program of the services alone that imports and exports presets until it is killed.

`python -m tests.reliability.preset_program FOLDER FILE` prints a line as soon as an import or an
export is done.
"""

from __future__ import annotations

import asyncio
import os
import sys
from pathlib import Path

from novita_desktop.services.events import Events
from novita_desktop.services.workspace import Workspace, WorkspaceOptions
from novita_desktop.storage.secrets import SessionSecrets


async def main(folder: Path, path: Path) -> None:
    """Import the file again and again, and write everything out after each import."""
    workspace = await Workspace.open(
        WorkspaceOptions(data_folder=folder), Events(), keychain=SessionSecrets()
    )
    exchange = workspace.preset_exchange
    os.write(1, b"ready\n")
    while True:
        offer = await exchange.read(path)
        await exchange.add([each.new for each in offer.offers])
        os.write(1, b"imported\n")
        last = [preset.id for preset in workspace.presets.current][: len(offer.offers)]
        await exchange.save(path.with_name("out.novita.json"), last)
        os.write(1, b"exported\n")


if __name__ == "__main__":
    asyncio.run(main(Path(sys.argv[1]), Path(sys.argv[2])))
