"""A program of the services alone that streams answers until it is killed.

`python -m tests.reliability.streaming_program FOLDER BASE_URL KEY` prints one JSON line for each
thing that happened, as soon as it happened.
"""

from __future__ import annotations

import asyncio
import json
import os
import sys
from pathlib import Path

from novita_desktop.domain.requests import Message, Parameters, Role, RunRequest
from novita_desktop.services.events import Event, Events, RunAdded, RunEnded, RunGrew
from novita_desktop.services.workspace import Workspace, WorkspaceOptions
from novita_desktop.storage.secrets import SessionSecrets

RUNS_AT_ONCE = 4


def _tell(**facts: object) -> None:
    os.write(1, json.dumps(facts).encode() + b"\n")


def _told(event: Event) -> None:
    match event:
        case RunAdded(summary):
            _tell(event="added", run=summary.id)
        case RunGrew(run_id, text, reasoning):
            _tell(event="grew", run=run_id, text=text, reasoning=reasoning)
        case RunEnded(summary):
            _tell(event="ended", run=summary.id, status=summary.status.value)
        case _:
            return


async def main(folder: Path, base_url: str, key: str) -> None:
    """Keep several answers streaming until the process is killed."""
    events = Events()
    events.listen(_told)
    options = WorkspaceOptions(data_folder=folder, base_url=base_url, key=key)
    workspace = await Workspace.open(options, events, keychain=SessionSecrets())
    await workspace.account.restore()
    request = RunRequest(
        "deepseek/deepseek-v3.2",
        (Message(Role.USER, "Explain tides in great detail"),),
        Parameters(max_tokens=60_000),
    )
    while True:
        while workspace.runs.live_count < RUNS_AT_ONCE:
            await workspace.runs.submit(request)
        await asyncio.sleep(0.05)


if __name__ == "__main__":
    asyncio.run(main(Path(sys.argv[1]), sys.argv[2], sys.argv[3]))
