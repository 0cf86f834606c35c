"""A page on a real workspace: engine thread, data file, demo host, bridge, theme."""

from __future__ import annotations

from collections.abc import Callable, Coroutine, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from novita_desktop.demo import DemoHost
from novita_desktop.domain.errors import NovitaDesktopError
from novita_desktop.domain.requests import RunRequest
from novita_desktop.domain.runs import RunSummary
from novita_desktop.engine import Engine
from novita_desktop.services.events import Events
from novita_desktop.services.workspace import Workspace, WorkspaceOptions
from novita_desktop.ui.bridge import Bridge
from novita_desktop.ui.icons import Icons
from novita_desktop.ui.notices import Toast
from novita_desktop.ui.page_context import PageContext
from novita_desktop.ui.session_state import SessionState
from novita_desktop.ui.tasks import Tasks
from novita_desktop.ui.theme import Theme
from tests.services.stage import short_pace

Wait = Callable[..., Any]
KEY = "sk_demo_key"


@dataclass
class Tools:
    """The fixtures that a stage is built with."""

    qtbot: QtBot
    wait: Wait
    theme: Theme
    host: DemoHost


@dataclass
class PageStage:
    """What a page is given, and ways to make runs for it."""

    tools: Tools
    context: PageContext
    errors: list[NovitaDesktopError]

    def call(self, work: Coroutine[Any, Any, Any]) -> Any:
        """Run `work` in the engine and return its result."""
        return self.tools.wait(self.context.bridge.call(work), timeout=20_000)

    def start(self, request: RunRequest) -> RunSummary:
        """Submit a run and return at once."""
        started = self.call(self.context.workspace.runs.submit(request))
        assert isinstance(started, RunSummary)
        return started

    def run(self, request: RunRequest) -> RunSummary:
        """Submit a run and wait until the window was told that it is over."""
        ended: dict[int, RunSummary] = {}

        def note(event: Any) -> None:
            ended[event.summary.id] = event.summary

        self.context.bridge.run_ended.connect(note)
        started = self.start(request)
        self.tools.qtbot.waitUntil(lambda: started.id in ended, timeout=20_000)
        self.context.bridge.run_ended.disconnect(note)
        return ended[started.id]

    def settle(self) -> None:
        """Wait until no task of the page runs."""
        self.tools.wait(self.context.tasks.settled(), timeout=20_000)


@contextmanager
def page_stage(
    tools: Tools, folder: Path, *, key: str | None = KEY, host: DemoHost | None = None
) -> Iterator[PageStage]:
    """Build everything that a page needs, and undo it in reverse; without a key if None."""
    bugs: list[BaseException] = []
    errors: list[NovitaDesktopError] = []
    engine, events = Engine(bugs.append), Events()
    engine.start()
    options = WorkspaceOptions(
        folder, base_url=(host or tools.host).base_url, is_demo=True, demo_key=key
    )
    opening = Workspace.open(options, events, pace=short_pace())
    workspace = engine.submit(opening).result(20)
    bridge = Bridge(engine, events)
    state = SessionState(
        bridge,
        account=workspace.account.account,
        catalogue=workspace.catalogue.current,
        settings=workspace.settings.current,
        presets=workspace.presets.current,
    )
    window = QWidget()
    tools.qtbot.addWidget(window)
    tasks = Tasks(errors.append)
    context = PageContext(
        workspace, bridge, state, tasks, tools.theme, Icons(tools.theme), Toast(window), folder
    )
    stage = PageStage(tools, context, errors)
    try:
        yield stage
        stage.settle()
    finally:
        tools.wait(tasks.close(), timeout=20_000)
        engine.submit(workspace.close()).result(20)
        bridge.close()
        assert engine.stop()
    assert bugs == []
