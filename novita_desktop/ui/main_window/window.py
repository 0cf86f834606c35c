"""The window: its pages, its actions, and what connects them."""

from __future__ import annotations

import asyncio
import sys
import time
from collections.abc import Callable, Coroutine, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QByteArray, QSize, Qt, QTimer, QUrl, Signal
from PySide6.QtGui import QCloseEvent, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QMainWindow, QMenu, QVBoxLayout, QWidget
from typing_extensions import override

from novita_desktop.domain.errors import NovitaDesktopError
from novita_desktop.domain.records import record
from novita_desktop.services.workspace import Workspace
from novita_desktop.ui import metrics
from novita_desktop.ui.actions import ActionId, Actions
from novita_desktop.ui.bridge import Bridge
from novita_desktop.ui.icons import Icons
from novita_desktop.ui.main_window.connecting import Connecting
from novita_desktop.ui.main_window.page_book import (
    PAGES,
    PageBook,
    rail_entries,
)
from novita_desktop.ui.main_window.page_links import PageLinks
from novita_desktop.ui.main_window.palette_commands import palette_commands
from novita_desktop.ui.main_window.preset_exchanging import PresetExchanging
from novita_desktop.ui.main_window.rail_counts import RailCounts
from novita_desktop.ui.main_window.telling import Telling
from novita_desktop.ui.main_window.window_memory import WindowMemory, from_text, to_text
from novita_desktop.ui.notices import Toast, open_outside
from novita_desktop.ui.page_context import PageContext
from novita_desktop.ui.rail import Rail
from novita_desktop.ui.session_state import SessionState
from novita_desktop.ui.status_bar import StatusBar
from novita_desktop.ui.tasks import Tasks
from novita_desktop.ui.theme import Theme
from novita_desktop.ui.widgets.reading_order import move_focus

if TYPE_CHECKING:  # the page is loaded when it is first wanted
    from novita_desktop.ui.pages.settings import SettingsPage

USUAL_TEXT, TEXT_STEP = 100, 10
PREPARATION_PAUSE_SECONDS = 0.01
FIRST_SHARE = 0.9
"""How much of a small screen the window takes at its first start."""


@record(frozen=True, slots=True)
class WindowParts:
    """What a window is made of; `started` is the program's start on the monotonic clock."""

    workspace: Workspace
    bridge: Bridge
    state: SessionState
    theme: Theme
    icons: Icons
    data_folder: Path
    started: float


class MainWindow(QMainWindow):
    """The program's one window. It takes the focus only when a person asks for it."""

    first_painted = Signal()
    close_requested = Signal()
    demo_requested = Signal()
    leave_demo_requested = Signal()
    restore_requested = Signal(object)
    language_chosen = Signal(str)

    def __init__(self, parts: WindowParts) -> None:
        super().__init__()
        self.setWindowTitle(self.tr("Novita Desktop"))
        room = self.screen().availableGeometry().size()
        self.setMinimumSize(QSize(*metrics.MINIMUM_WINDOW).boundedTo(room))
        self._started = parts.started
        self._start_ms: int | None = None
        self.bridge = parts.bridge
        self.tasks = Tasks(self._show_error)
        self.state = parts.state
        self._theme = parts.theme
        self.actions_by_id = Actions(self)
        self.context = PageContext(
            parts.workspace,
            parts.bridge,
            parts.state,
            self.tasks,
            parts.theme,
            parts.icons,
            Toast(self),
            parts.data_folder,
        )
        self._book = PageBook(self.context)
        self._below_sheet = _holding(self._book)
        self.telling = Telling(self._book, self.context.toast, parts.state)
        self.telling.key_requested.connect(self.ask_for_key)
        self._links = PageLinks(self._book)
        self.telling.settings_requested.connect(self._links.show_settings)
        self._links.page_requested.connect(self.show_page)
        self._links.key_requested.connect(self.ask_for_key)
        self._links.settings_built.connect(self._connect_settings)
        self._build(parts)
        self._connecting = Connecting(self.context, self._below_sheet)
        self._connecting.demo_requested.connect(self.demo_requested)
        self._connecting.connected.connect(self.telling.tell_of_connection)
        self._exchanging = PresetExchanging(self.context, self._below_sheet)
        self._exchanging.presets_added.connect(self._links.prompt)
        self._links.import_requested.connect(self._exchanging.choose_files)
        self._links.library_requested.connect(self._exchanging.show_library)
        self._links.export_requested.connect(self._exchanging.export)
        self._counts = RailCounts(self._rail, parts.bridge)
        self._connect_actions()
        self._watch()

    def open_at(self, page: str) -> None:
        """Show the window where it was, with `page` or the page it showed last."""
        memory = from_text(self.state.settings.window_state)
        self._book.remember_views(memory.views)
        geometry = QByteArray.fromBase64(memory.geometry.encode("ascii", "ignore"))
        if geometry.isEmpty() or not self.restoreGeometry(geometry):
            self._take_first_size()
        self.show_page(page or memory.page)
        # Typing can begin at once; without this the rail's first button would have the focus.
        self._book.shown.setFocus(Qt.FocusReason.OtherFocusReason)
        self._theme.dress()
        self.show()

    def show_page(self, name: str) -> None:
        """Show a page; an unknown name is the Prompt page."""
        self._book.show_page(name)
        self._rail.show_page(self._book.shown_name)

    def ask_for_key(self, then: Callable[[], object] | None = None) -> None:
        """Open the connect sheet over the page; `then` is done once there is a key."""
        self._connecting.ask(then)

    def import_files(self, paths: Sequence[Path]) -> None:
        """Show what is in files of presets that were opened with the program."""
        self._exchanging.import_files(paths)

    def come_to_front(self) -> None:
        """Show the window in front; the program was started a second time."""
        if self.isMinimized():
            self.showNormal()
        self.show()
        self.raise_()
        self.activateWindow()

    def use_workspace(self, workspace: Workspace, data_folder: Path) -> None:
        """Work on another data folder from now on; what is typed stays."""
        self.context = replace(self.context, workspace=workspace, data_folder=data_folder)
        self._connecting.set_context(self.context)
        self._exchanging.set_context(self.context)
        self._book.set_context(self.context)
        if self.state.account.is_demo:
            self._connecting.demo_is_open()

    async def prepare(self) -> None:
        """Have the page in view do ahead what will be wanted first; the window stays quick."""
        for _ in self._book.shown.preparations():
            await asyncio.sleep(PREPARATION_PAUSE_SECONDS)

    async def prepare_to_close(self) -> None:
        """Keep what was typed and where the window was; hide. Raises StorageError."""
        self.hide()
        memory = WindowMemory(
            bytes(self.saveGeometry().toBase64().data()).decode("ascii"),
            self._book.shown_name,
            self._book.views(),
        )
        try:
            await self._book.leave()
            work = self.context.workspace.settings.change(window_state=to_text(memory))
            await self.bridge.call(work)
        finally:
            await self.tasks.close()

    async def let_go(self) -> None:
        """Hear nothing more of the services, which have ended, and end what their end began."""
        self.bridge.close()
        await self.tasks.close()
        self.deleteLater()

    @override
    def closeEvent(self, event: QCloseEvent) -> None:
        # The window goes when everything is kept; until then it must not be deleted.
        event.ignore()
        self.close_requested.emit()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self._start_ms is None:
            self._start_ms = round((time.monotonic() - self._started) * 1_000)
            # The picture is on the screen once this event is over.
            QTimer.singleShot(0, self.first_painted.emit)

    @override
    def focusNextPrevChild(self, is_next: bool) -> bool:
        return move_focus(self, is_forward=is_next)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit_rail()

    def _fit_rail(self) -> None:
        narrow = metrics.scaled(metrics.NARROW_WINDOW)
        self._rail.set_narrow(is_narrow=self.width() < narrow)

    def _build(self, parts: WindowParts) -> None:
        self._help_menu = QMenu(self)
        for action_id in (ActionId.SHORTCUTS, ActionId.COMMAND_PALETTE, ActionId.OPEN_DATA_FOLDER):
            self._help_menu.addAction(self.actions_by_id[action_id])
        self._help_menu.addSeparator()
        self._help_menu.addAction(self.actions_by_id[ActionId.ABOUT])
        if sys.platform == "darwin":
            self._build_menu_bar()
        self._rail = Rail(parts.icons, rail_entries(self.actions_by_id), self._help_menu)
        self._rail.page_requested.connect(self.show_page)
        self._status = StatusBar(parts.state, parts.theme)
        self._status.connect_requested.connect(self.ask_for_key)
        self._status.leave_demo_requested.connect(self.leave_demo_requested)
        middle = QHBoxLayout()
        middle.setSpacing(0)
        middle.addWidget(self._rail)
        middle.addWidget(self._below_sheet, 1)
        centre = QWidget()
        centre.setProperty("role", "window")
        column = QVBoxLayout(centre)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(middle, 1)
        column.addWidget(self._status)
        self.setCentralWidget(centre)

    def _build_menu_bar(self) -> None:
        """Fill the menu bar that a Mac shows at the top of the screen."""
        actions = self.actions_by_id
        run_menu = self.menuBar().addMenu(self.tr("Run"))
        for action_id in (
            ActionId.RUN,
            ActionId.STOP,
            ActionId.CHOOSE_MODEL,
            ActionId.COMPARE_FORM,
        ):
            run_menu.addAction(actions[action_id])
        go_menu = self.menuBar().addMenu(self.tr("Go"))
        for spec in PAGES:
            go_menu.addAction(actions[spec.action])
        self.menuBar().addMenu(self.tr("Help")).addActions(self._help_menu.actions())
        # A Mac's own menu holds it, by its role.
        go_menu.addAction(actions[ActionId.QUIT])

    def _connect_actions(self) -> None:
        going = {spec.action: partial(self.show_page, spec.name) for spec in PAGES}
        self.actions_by_id.connect_all(
            {
                **going,
                ActionId.RUN: lambda: self._links.runner().run(),
                ActionId.STOP: lambda: self._links.runner().stop(),
                ActionId.CHOOSE_MODEL: lambda: self._links.runner().choose_model(),
                ActionId.COMPARE_FORM: self._links.compare_form,
                ActionId.COMMAND_PALETTE: self._open_palette,
                ActionId.NEW_PROMPT: lambda: self._links.prompt().new_prompt(),
                ActionId.SAVE_PRESET: lambda: self._links.prompt().save_preset(),
                ActionId.FIND_PRESET: lambda: self._links.prompt().find_preset(),
                ActionId.IMPORT_PRESETS: self._exchanging.choose_files,
                ActionId.EXPORT_PRESETS: self._exchanging.export,
                ActionId.STARTER_PRESETS: self._exchanging.show_library,
                ActionId.CONNECT: self.ask_for_key,
                ActionId.TRY_DEMO: self.demo_requested.emit,
                ActionId.LEAVE_DEMO: self.leave_demo_requested.emit,
                ActionId.LARGER_TEXT: lambda: self._step_text(TEXT_STEP),
                ActionId.SMALLER_TEXT: lambda: self._step_text(-TEXT_STEP),
                ActionId.USUAL_TEXT: self._reset_text,
                ActionId.SHORTCUTS: self._open_shortcuts,
                ActionId.ABOUT: self._open_about,
                ActionId.OPEN_DATA_FOLDER: self._open_data_folder,
                ActionId.QUIT: self.close_requested.emit,
            }
        )

    def _watch(self) -> None:
        state = self.state
        state.settings_changed.connect(self._follow_settings)
        state.account_changed.connect(self._follow_account)
        state.queue_changed.connect(self._follow_queue)
        self._theme.changed.connect(self._fit_rail)
        self.bridge.trouble_reported.connect(self.telling.tell_of_trouble)
        self._follow_account()
        self._follow_queue()

    def _connect_settings(self, page: SettingsPage) -> None:
        page.demo_requested.connect(self.demo_requested)
        page.leave_demo_requested.connect(self.leave_demo_requested)
        page.restore_requested.connect(self.restore_requested)
        page.language_chosen.connect(self.language_chosen)
        page.about_requested.connect(self._open_about)

    def _show_error(self, error: NovitaDesktopError) -> None:
        self.telling.show_error(error)

    def _follow_settings(self) -> None:
        settings = self.state.settings
        self._theme.set_look(settings.theme, settings.text_percent)

    def _follow_account(self) -> None:
        is_demo = self.state.account.is_demo
        # Qt adds the program's name to every other title.
        self.setWindowTitle(self.tr("Demo") if is_demo else self.tr("Novita Desktop"))
        self.actions_by_id[ActionId.CONNECT].setEnabled(not is_demo)
        self.actions_by_id[ActionId.TRY_DEMO].setEnabled(not is_demo)
        self.actions_by_id[ActionId.LEAVE_DEMO].setEnabled(is_demo)

    def _follow_queue(self) -> None:
        queue = self.state.queue
        # Disabled, Escape stays with the part of the window that has the focus.
        self.actions_by_id[ActionId.STOP].setEnabled(bool(queue.running or queue.waiting))

    def _step_text(self, step: int) -> None:
        self._change_text(self.context.workspace.settings.step_text_size(step))

    def _reset_text(self) -> None:
        self._change_text(self.context.workspace.settings.change(text_percent=USUAL_TEXT))

    def _change_text(self, work: Coroutine[Any, Any, object]) -> None:
        async def change() -> None:
            await self.bridge.call(work)

        self.tasks.start(change())

    def _open_shortcuts(self) -> None:
        from novita_desktop.ui.dialogs.shortcuts import Shortcuts  # noqa: PLC0415  # when wanted

        Shortcuts(self).open()

    def _open_palette(self) -> None:
        from novita_desktop.ui.dialogs.command_palette import (  # noqa: PLC0415  # when wanted
            CommandPalette,
        )

        commands = palette_commands(self.actions_by_id, self._links, self.state)
        CommandPalette(commands, self).open()

    def _open_about(self) -> None:
        from novita_desktop.ui.dialogs.about import About  # noqa: PLC0415  # when wanted

        About(self.context.data_folder, self.tasks, self._start_ms, self).open()

    def _open_data_folder(self) -> None:
        open_outside(QUrl.fromLocalFile(str(self.context.data_folder)), self.context.toast)

    def _take_first_size(self) -> None:
        """Take the usual size, or most of a screen that is smaller."""
        room = self.screen().availableGeometry().size() * FIRST_SHARE
        self.resize(QSize(*metrics.USUAL_WINDOW).boundedTo(room))


def _holding(book: PageBook) -> QWidget:
    """Return a plain widget around `book` that a sheet can cover.

    Assistive technology sees of a stack only its pages, so a sheet inside it would not exist.
    """
    holder = QWidget()
    column = QVBoxLayout(holder)
    column.setContentsMargins(0, 0, 0, 0)
    column.addWidget(book)
    return holder
