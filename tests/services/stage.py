"""What the tests of the services share: a workspace on a real file and the demo host, and waits.

Nothing here stands in for our own code: the client, the store and the host are the real ones,
over loopback. Only waits are short.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from types import MappingProxyType
from typing import TypeVar

from novita_desktop.demo import DemoHost
from novita_desktop.domain.requests import (
    Message,
    Parameters,
    RetryPolicy,
    Role,
    RunRequest,
    TimeLimits,
)
from novita_desktop.domain.runs import RunDetail, RunSummary
from novita_desktop.services.clock import Clock
from novita_desktop.services.events import Event, Events, RunEnded, RunPhaseChanged
from novita_desktop.services.retry import RetryRules
from novita_desktop.services.workspace import Pace, Workspace, WorkspaceOptions

MODEL = "meta-llama/llama-3.1-8b-instruct"
OTHER_MODEL = "deepseek/deepseek-v3.2"

E = TypeVar("E", bound=Event)

SHORT_WAITS = MappingProxyType(
    {
        RetryPolicy.DEFAULT: (0.01, 0.02, 0.03, 0.04),
        RetryPolicy.PATIENT: (0.05, 0.05, 0.05, 0.05),
        RetryPolicy.NONE: (),
    }
)


def short_pace(**changes: object) -> Pace:
    facts: dict[str, object] = {
        "rules": RetryRules(SHORT_WAITS, lambda: 0.5),
        "progress_seconds": 0.02,
        "repeat_seconds": 0.05,
    }
    return Pace(**{**facts, **changes})  # type: ignore[arg-type]


def request(message: str = "Hello", model: str = MODEL, **changes: object) -> RunRequest:
    facts: dict[str, object] = {"parameters": Parameters(max_tokens=4_096)}
    return RunRequest(model, (Message(Role.USER, message),), **{**facts, **changes})  # type: ignore[arg-type]


def limits(**changes: float) -> TimeLimits:
    return TimeLimits(**{"connect_seconds": 5.0, "first_word_seconds": 5.0, **changes})


class Watch:
    """Every event of a workspace, and waiting for one."""

    def __init__(self, events: Events) -> None:
        self.seen: list[Event] = []
        self._changed = asyncio.Event()
        events.listen(self._note)

    def _note(self, event: Event) -> None:
        self.seen.append(event)
        self._changed.set()

    def all(self, kind: type[E]) -> list[E]:
        return [event for event in self.seen if isinstance(event, kind)]

    async def until(self, fact: Callable[[], object], seconds: float = 10.0) -> None:
        async with asyncio.timeout(seconds):
            while not fact():
                self._changed.clear()
                await self._changed.wait()

    async def ended(self, run_id: int) -> RunSummary:
        def ends() -> list[RunSummary]:
            return [e.summary for e in self.all(RunEnded) if e.summary.id == run_id]

        await self.until(ends)
        return ends()[0]

    def phases(self, run_id: int) -> list[RunPhaseChanged]:
        return [event for event in self.all(RunPhaseChanged) if event.run_id == run_id]


class Stage:
    """An open workspace, its events and its host."""

    def __init__(self, workspace: Workspace, host: DemoHost, watch: Watch) -> None:
        self.workspace = workspace
        self.runs = workspace.runs
        self.host = host
        self.watch = watch

    async def run(self, message: str = "Hello", **changes: object) -> RunSummary:
        """Submit a request and wait until it is over."""
        started = await self.runs.submit(request(message, **changes))
        return await self.watch.ended(started.id)

    async def detail(self, run_id: int) -> RunDetail:
        return await self.workspace.history.detail(run_id)


async def eventually(fact: Callable[[], object], seconds: float = 10.0) -> None:
    """Wait for something that no event tells, looking often."""
    async with asyncio.timeout(seconds):
        while not fact():  # noqa: ASYNC110  # the host's thread has no event to wait for
            await asyncio.sleep(0.005)


@asynccontextmanager
async def open_stage(
    folder: Path, host: DemoHost, *, key: str | None = "sk_demo_key", **changes: object
) -> AsyncIterator[Stage]:
    """A workspace connected to `host`, closed in order at the end."""
    events = Events()
    watch = Watch(events)
    options = WorkspaceOptions(folder, base_url=host.base_url, is_demo=True, demo_key=key)
    workspace = await Workspace.open(options, events, pace=short_pace(**changes))
    try:
        yield Stage(workspace, host, watch)
    finally:
        await workspace.close()


class SetClock:
    """A wall clock that a test sets."""

    def __init__(self, now: int) -> None:
        self.now = now

    def clock(self) -> Clock:
        return Clock(now=lambda: self.now)
