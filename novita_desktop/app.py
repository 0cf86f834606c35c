"""Builds the application: the only module that knows every other.

The engine opens the data file while Qt starts. The window comes as soon as the file is open;
keychain and network follow after its first paint. At the end all is undone in reverse order.
"""

from __future__ import annotations

import asyncio
import linecache
import logging
import os
import sys
from concurrent.futures import Future
from contextlib import closing, suppress
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QSysInfo, QtMsgType, qInstallMessageHandler, qVersion

import novita_desktop
from novita_desktop import quick_start
from novita_desktop.domain.errors import NovitaDesktopError, StorageError
from novita_desktop.engine import Engine
from novita_desktop.open_folder import FolderInUse, OpenFolder, StartOptions
from novita_desktop.opening import Opening, Wanted, call_to_front
from novita_desktop.services.key_filter import KeyFilter
from novita_desktop.storage.log_files import DataFolderLog
from novita_desktop.storage.single_instance import DataFolderLock
from novita_desktop.ui.bridge import Bridge
from novita_desktop.ui.crash_dialog import CrashReporter
from novita_desktop.ui.display import has_display
from novita_desktop.ui.event_loop import create_event_loop
from novita_desktop.ui.icons import Icons, app_icon
from novita_desktop.ui.languages import Languages
from novita_desktop.ui.main_window import MainWindow, WindowParts
from novita_desktop.ui.opened_files import FileOpeningApplication
from novita_desktop.ui.session_state import SessionState
from novita_desktop.ui.termination import TerminationSignals
from novita_desktop.ui.theme import Theme

if TYPE_CHECKING:
    from novita_desktop.ui.single_instance import CallToFront

logger = logging.getLogger(__name__)

NO_DISPLAY_EXIT = 2
CLOSE_SECONDS = 8.0
"""How long the end of the services may take before the program ends all the same."""

ENGINE_STOP_SECONDS = 3.0
WARMED_TOOLS = (
    "novita_desktop.domain.markdown_blocks",
    "novita_desktop.domain.markdown_inline",
    "novita_desktop.domain.growing_inline",
)
"""What those parts need that knows nothing of Qt; the engine's thread loads it."""

WARMED_PARTS = (
    *("widgets.answer_colours", "widgets.document_lines", "widgets.safe_links"),
    *("widgets.markdown_style", "widgets.answer_decorations", "widgets.markdown_document"),
    *("widgets.code_highlight", "widgets.document_restyle", "widgets.linked_text"),
    *("widgets.paint_turns", "widgets.answer_view", "widgets.cut_off_bar", "widgets.flow_layout"),
    *("widgets.fold", "widgets.read_only_text", "widgets.error_card", "widgets.json_table"),
    *("widgets.json_tree", "widgets.json_answer", "widgets.json_text_view"),
    *("widgets.run_progress", "widgets.reasoning_fold", "widgets.receipt"),
    *("widgets.buttons", "widgets.code_line", "widgets.fact_rows", "widgets.run_inputs"),
    "widgets.request_text",
    *("widgets.request_view", "widgets.run_status", "widgets.answer_parts"),
    *("widgets.model_list", "widgets.model_words", "widgets.chip_painting"),
    *("widgets.model_row_delegate", "dialogs.model_palette"),
)
"""Parts of the window that are built later but soon, below `ui`, each after those it imports.

The window's thread loads them, one a turn. Qt's bindings make their classes when they are first
named, and two threads that do so at once kill the process.
"""

DESKTOP_FILE = "io.github.novita_desktop.NovitaDesktop"


def run(options: StartOptions) -> int:
    """Run the program and return its exit code."""
    if not has_display(os.environ):
        print(  # noqa: T201  # there is no window to say it in
            "Novita Desktop needs a screen, and none answers (DISPLAY and WAYLAND_DISPLAY)."
            " Start it from a desktop session.",
            file=sys.stderr,
        )
        return NO_DISPLAY_EXIT
    folder = options.folder(is_demo=options.is_demo)
    lock = DataFolderLock(folder)
    # A folder that cannot be used is met again when it is opened, and told of in a window.
    with suppress(StorageError):
        if not lock.acquire():
            call_to_front(folder, options.files)
            return 0
    key_filter = KeyFilter()
    log = DataFolderLog(folder, key_filter)
    reporter = CrashReporter(log.keep_report)
    engine = Engine(reporter.report)
    engine.start()
    opening = Opening(options, engine, key_filter)
    wanted = Wanted(folder, options.is_demo)
    begun = opening.begin(wanted, lock)
    qt = _qt_application()
    try:
        with closing(create_event_loop(qt)) as loop:
            program = Program(qt, options, engine, log, opening, reporter)
            loop.run_until_complete(program.run(begun, wanted))
    finally:
        engine.stop(ENGINE_STOP_SECONDS)
        log.close()
    return 0


def _qt_application() -> FileOpeningApplication:
    # The style's name here spares the start what `setStyle` loads (`Theme`).
    program = sys.argv[0] if sys.argv else "novita-desktop"
    qt = FileOpeningApplication([program, "-style", "fusion"])
    qt.setApplicationName("novita-desktop")
    qt.setApplicationDisplayName("Novita Desktop")
    qt.setApplicationVersion(novita_desktop.__version__)
    qt.setDesktopFileName(DESKTOP_FILE)
    qt.setQuitOnLastWindowClosed(False)
    return qt


class Program:
    """The running program: one window on one data folder at a time."""

    def __init__(
        self,
        qt: FileOpeningApplication,
        options: StartOptions,
        engine: Engine,
        log: DataFolderLog,
        opening: Opening,
        reporter: CrashReporter,
    ) -> None:
        self._qt = qt
        self._options = options
        self._engine = engine
        self._log = log
        self._opening = opening
        self._reporter = reporter
        self._closing = asyncio.Event()
        self._languages = Languages(qt)
        self._theme = Theme(qt, is_dressed=False, is_fusion=True)
        self._icons = Icons(self._theme)
        self._open: OpenFolder | None = None
        self._window: MainWindow | None = None
        self._is_switching = False
        self._front: CallToFront | None = None

    async def run(self, begun: Future[OpenFolder], wanted: Wanted) -> None:
        """Show the window on what `begun` opens; return when it is closed and all is kept."""
        self._reporter.install()
        crash_report = self._begin_log()
        asyncio.get_running_loop().set_exception_handler(self._seen)
        self._opening.dress_with(self._theme.dress)
        signals = TerminationSignals()
        for ending in (signals.requested, self._qt.commitDataRequest):
            ending.connect(self._end)
        try:
            self._open = await self._opening.opened(begun, wanted)
            if self._open is not None:
                if self._open.folder != wanted.folder:
                    crash_report = self._move_log(self._open.folder)
                await self._serve(self._open, crash_report)
        finally:
            signals.close()
            self._reporter.remove()
            qInstallMessageHandler(None)

    def _end(self) -> None:
        self._closing.set()
        self._opening.give_up()

    async def _serve(self, opened: OpenFolder, crash_report: Path | None) -> None:
        """Show the window on `opened` until it is closed."""
        bridge = Bridge(self._engine, opened.events)
        snapshot = opened.snapshot
        state = SessionState(
            bridge,
            account=snapshot.account,
            catalogue=snapshot.catalogue,
            settings=snapshot.settings,
        )
        self._theme.set_look(snapshot.settings.theme, snapshot.settings.text_percent)
        self._languages.speak(snapshot.settings.language)
        window = MainWindow(
            WindowParts(
                opened.workspace,
                bridge,
                state,
                self._theme,
                self._icons,
                opened.folder,
                self._options.started,
            )
        )
        window.setWindowIcon(app_icon())
        self._window = window
        self._reporter.set_window(window)
        self._connect(window)
        window.first_painted.connect(lambda: self._warm_up(window))
        window.open_at(self._options.page)
        window.import_files(self._options.files)
        if crash_report is not None:
            window.telling.tell_of_crash(crash_report)
        await self._closing.wait()
        if self._front is not None:
            self._front.close()
        await self._stop(window, bridge)

    def _connect(self, window: MainWindow) -> None:
        window.close_requested.connect(self._closing.set)
        window.demo_requested.connect(
            lambda: window.tasks.start(self._switch(window, is_demo=True))
        )
        window.leave_demo_requested.connect(
            lambda: window.tasks.start(self._switch(window, is_demo=False))
        )
        window.restore_requested.connect(
            lambda path: window.tasks.start(self._restore(window, path))
        )
        window.language_chosen.connect(self._languages.speak)
        self._qt.give_files_to(window.import_files)

    def _warm_up(self, window: MainWindow) -> None:
        """Load what the first paint did not need; keychain and network follow."""
        tools = self._engine.warm_up(WARMED_TOOLS)
        window.tasks.start(self._load_the_rest(window, tools))
        window.tasks.start(self._go_online(window))
        if self._open is not None:
            self._listen_for_calls(window, self._open.folder)

    async def _load_the_rest(self, window: MainWindow, tools: Future[None]) -> None:
        """Load and build what is needed soon, so that nobody has to wait for it then."""
        await asyncio.wrap_future(tools)
        for name in WARMED_PARTS:
            import_module(f"novita_desktop.ui.{name}")
            await asyncio.sleep(0)
        linecache.clearcache()
        quick_start.finish()
        await window.prepare()

    def _listen_for_calls(self, window: MainWindow, folder: Path) -> None:
        from novita_desktop.ui.single_instance import CallToFront  # noqa: PLC0415  # QtNetwork

        self._front = CallToFront(folder)
        self._front.called.connect(window.come_to_front)
        self._front.files_given.connect(window.import_files)

    async def _go_online(self, window: MainWindow) -> None:
        if self._open is not None:
            await window.bridge.call(self._open.workspace.go_online())

    async def _switch(self, window: MainWindow, *, is_demo: bool) -> None:
        """Show the demo's data folder, or the real one again; what is typed stays."""
        if self._is_switching:
            return
        self._is_switching = True
        try:
            wanted = Wanted(self._options.folder(is_demo=is_demo), is_demo)
            try:
                opened = await asyncio.wrap_future(self._opening.begin(wanted))
            except FolderInUse:
                call_to_front(wanted.folder)
                window.telling.tell_of_other_window()
                return
            await self._use(window, opened)
        finally:
            self._is_switching = False

    async def _use(self, window: MainWindow, opened: OpenFolder) -> None:
        before, self._open = self._open, opened
        window.bridge.follow(opened.events)
        window.state.take(
            opened.snapshot.account, opened.snapshot.catalogue, opened.snapshot.settings
        )
        window.use_workspace(opened.workspace, opened.folder)
        window.tasks.start(self._go_online(window))
        if before is not None:
            await window.bridge.call(before.close())

    async def _restore(self, window: MainWindow, backup: Path) -> None:
        """Go back to a backup; the data file as it was is kept aside."""
        if self._open is None or self._is_switching:
            return
        self._is_switching = True
        before, self._open = self._open, None
        try:
            try:
                await window.bridge.call(before.workspace.backups.restore(backup))
            finally:
                await window.bridge.call(before.close())
                begun = self._opening.begin(Wanted(before.folder, before.is_demo))
                await self._use(window, await asyncio.wrap_future(begun))
            window.telling.tell_of_restored_backup()
        finally:
            self._is_switching = False

    async def _stop(self, window: MainWindow, bridge: Bridge) -> None:
        """Keep everything, then let go of network, file and engine."""
        try:
            async with asyncio.timeout(CLOSE_SECONDS):
                await window.prepare_to_close()
                if self._open is not None:
                    await bridge.call(self._open.close())
        except TimeoutError:
            logger.critical("the services did not end in time")
        except NovitaDesktopError as error:
            logger.critical("the end was not orderly: %s", error.code)
        self._reporter.set_window(None)
        await window.let_go()

    def _begin_log(self) -> Path | None:
        """Open the log; return the report of a crash of the last process, if there was one."""
        qInstallMessageHandler(_log_qt_message)
        try:
            self._log.open()
            logger.info(
                "Novita Desktop %s, Python %s, Qt %s, %s",
                novita_desktop.__version__,
                sys.version.partition(" ")[0],
                qVersion(),
                QSysInfo.prettyProductName(),
            )
            report = self._log.last_crash()
            self._log.watch_for_crashes()
        except StorageError as error:
            logger.warning("there is no log: %s", error.code)
            return None
        return report

    def _move_log(self, folder: Path) -> Path | None:
        """Go on with the log in another data folder; return a crash's report as `_begin_log`."""
        self._log.close()
        self._log.use_folder(folder)
        return self._begin_log()

    def _seen(self, _loop: asyncio.AbstractEventLoop, context: dict[str, object]) -> None:
        error = context.get("exception")
        if isinstance(error, BaseException):
            self._reporter.report(error)
        else:
            logger.error("the window's loop: %s %r", context.get("message"), context.get("task"))


def _log_qt_message(kind: QtMsgType, _context: object, message: str) -> None:
    level = logging.DEBUG if kind == QtMsgType.QtDebugMsg else logging.WARNING
    logging.getLogger("qt").log(level, "%s", message)
