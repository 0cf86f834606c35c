"""What every page is given."""

from __future__ import annotations

from pathlib import Path

from novita_desktop.domain.records import record
from novita_desktop.services.workspace import Workspace
from novita_desktop.ui.bridge import Bridge
from novita_desktop.ui.icons import Icons
from novita_desktop.ui.notices import Toast
from novita_desktop.ui.session_state import SessionState
from novita_desktop.ui.tasks import Tasks
from novita_desktop.ui.theme import Theme


@record(frozen=True, slots=True)
class PageContext:
    """The open workspace and the window's means.

    `workspace` lives on the engine's loop: reach it through `bridge.call` alone. `state` mirrors
    it on the window's thread.
    """

    workspace: Workspace
    bridge: Bridge
    state: SessionState
    tasks: Tasks
    theme: Theme
    icons: Icons
    toast: Toast
    data_folder: Path
