"""The whole window on a real workspace, without the program around it."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import shiboken6

from novita_desktop.ui.icons import Icons
from novita_desktop.ui.main_window import MainWindow, WindowParts
from tests.ui.page_stage import PageStage, Tools, page_stage


@contextmanager
def window_stage(
    tools: Tools, folder: Path, *, key: str | None = "sk_demo_key"
) -> Iterator[tuple[MainWindow, PageStage]]:
    """Show the window, and close it in order."""
    with page_stage(tools, folder, key=key) as stage:
        context = stage.context
        window = MainWindow(
            WindowParts(
                context.workspace,
                context.bridge,
                context.state,
                tools.theme,
                Icons(tools.theme),
                folder,
                time.monotonic(),
            )
        )
        window.open_at("")
        with tools.qtbot.waitActive(window):
            window.activateWindow()
        try:
            yield window, stage
        finally:
            tools.wait(window.prepare_to_close(), timeout=20_000)
            shiboken6.delete(window)
