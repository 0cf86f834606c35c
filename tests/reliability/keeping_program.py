"""A program of the services alone that deletes, restores, marks and saves until it is killed.

`python -m tests.reliability.keeping_program FOLDER SEED` prints a JSON line before each act and
one after it, as soon as it is done.
"""

from __future__ import annotations

import asyncio
import json
import os
import random
import sys
from pathlib import Path

from novita_desktop.domain.history_search import HistoryQuery
from novita_desktop.domain.presets import NewPreset
from novita_desktop.domain.prompt_form import PromptForm
from novita_desktop.services.events import Events
from novita_desktop.services.workspace import Workspace, WorkspaceOptions
from novita_desktop.storage.run_store import RunStore
from novita_desktop.storage.secrets import SessionSecrets

AT_ONCE = 7
TOGETHER = 3
ACTS = {"delete": 30, "restore": 30, "note": 20, "empty": 1, "add": 5, "save": 20}
"""What is done, and how often."""


def _tell(**facts: object) -> None:
    os.write(1, json.dumps(facts).encode() + b"\n")


def _form(words: str) -> PromptForm:
    """Return a form whose parts all say the same, so that a mixture would show."""
    return PromptForm(model=words, system=words * 50, message=words * 400)


async def main(folder: Path, seed: int) -> None:
    """Act on what is kept until the process is killed."""
    chance = random.Random(seed)
    options = WorkspaceOptions(folder, base_url="http://127.0.0.1:9/v1", is_demo=True)
    workspace = await Workspace.open(options, Events(), keychain=SessionSecrets())
    history, presets = workspace.history, workspace.presets
    store: RunStore = history._store
    ids = [run.id for run in await history.page(limit=100_000)]
    ids += [run.id for run in await history.search(HistoryQuery(is_deleted=True), None, 100_000)]
    number = 0
    while True:
        number += 1
        some = sorted(chance.sample(ids, AT_ONCE))
        match chance.choices(tuple(ACTS), tuple(ACTS.values()))[0]:
            case "delete":
                _tell(act="delete", ids=some)
                _tell(done="delete", ids=await history.delete(some))
            case "restore":
                _tell(act="restore", ids=some)
                _tell(done="restore", ids=await history.restore(some))
            case "note":
                _tell(act="note", ids=some[:1])
                await history.set_note(some[0], f"zxnote{number} " * 50)
                _tell(done="note", ids=some[:1])
            case "empty":
                _tell(act="empty")
                gone = await store.empty_bin(2**62)
                ids = [run_id for run_id in ids if await store.summary(run_id) is not None]
                _tell(done="empty", count=gone)
            case "add":
                _tell(act="add", number=number)
                await presets.add(
                    [
                        NewPreset(f"Preset {number}", _form(f"a{seed}-{number} "))
                        for _ in range(TOGETHER)
                    ]
                )
                _tell(done="add", number=number)
            case _:
                if presets.current:
                    preset = chance.choice(presets.current)
                    _tell(act="save", preset=preset.id, version=preset.version + 1)
                    saved = await presets.save(preset.id, _form(f"s{number} "))
                    _tell(done="save", preset=preset.id, version=saved.version if saved else 0)


if __name__ == "__main__":
    asyncio.run(main(Path(sys.argv[1]), int(sys.argv[2])))
