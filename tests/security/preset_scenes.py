"""A scene for files of presets from strangers, played by `tests.journeys.player`."""

from __future__ import annotations

import asyncio
import json
import os
import sys
from pathlib import Path

from PySide6.QtWidgets import QAbstractButton

from novita_desktop.ui.widgets.preset_offer_list import PresetOfferList
from tests.journeys.scenes import named, press, say, text_of, until
from tests.security.scenes import Lateness

LOOKED_AT = 8


async def open_hostile_presets(window) -> None:
    """Open each file of a folder; tell what the window said of it, and that nothing came in."""
    connected: list[str] = []

    def audit(event: str, arguments: tuple[object, ...]) -> None:
        if event == "socket.connect":
            connected.append(str(arguments[1]))

    sys.addaudithook(audit)
    said: dict[str, str] = {}
    await asyncio.sleep(1.0)
    lateness = Lateness(window)
    for path in await asyncio.to_thread(given_files):
        window.import_files([path])
        await until(lambda name=path.name: name in text_of("notice") or is_open(), 40, path.name)
        if is_open():
            said[path.name] = "shown"
            await look_around(window.findChild(PresetOfferList))
            press("Cancel")
        else:
            said[path.name] = text_of("notice")
    say(
        json.dumps(
            {
                "said": said,
                "presets": len(window.state.presets or ()),
                "runs": await window.bridge.call(window.context.workspace.history.count()),
                "connected": connected,
                "late_ms": round(lateness.worst * 1_000),
            }
        )
    )
    window.close()


def given_files() -> list[Path]:
    return sorted(Path(os.environ["SCENE_FILES"]).iterdir())


def is_open() -> bool:
    return named(QAbstractButton, "Cancel") is not None


async def look_around(offers: PresetOfferList) -> None:
    for _ in range(LOOKED_AT):
        await asyncio.sleep(0.3)
        below = offers.indexBelow(offers.currentIndex())
        if below.isValid():
            offers.setCurrentIndex(below)
