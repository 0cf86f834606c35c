"""Takes what nobody expected: writes a report first, then shows it.

A report has the kind of the fault and where in the program it came up. It has no messages of
exceptions, because those may quote a prompt, an answer or a key.
"""

from __future__ import annotations

import logging
import sys
import threading
import traceback
from collections.abc import Callable, Iterator
from pathlib import Path
from types import TracebackType

from PySide6.QtCore import QObject, QSysInfo, Qt, QUrl, Signal, qVersion
from PySide6.QtGui import QDesktopServices, QGuiApplication
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QLabel,
    QPlainTextEdit,
    QVBoxLayout,
    QWidget,
)

import novita_desktop
from novita_desktop.domain.errors import StorageError
from novita_desktop.ui import metrics

logger = logging.getLogger(__name__)

KeepReport = Callable[[str], Path]
"""Writes a report and returns its place; raises StorageError."""


def report_text(error: BaseException) -> str:
    """Return a report: versions, kinds of the exceptions, and the places they went through."""
    lines = [
        f"Novita Desktop {novita_desktop.__version__}",
        f"Python {_python_version()}, Qt {qVersion()}, {QSysInfo.prettyProductName()}",
        f"thread: {threading.current_thread().name}",
        "",
    ]
    for each in _chain(error):
        lines.append(f"{type(each).__module__}.{type(each).__qualname__}")
        lines += [
            f"  {_short(frame.filename)}:{frame.lineno} {frame.name}: {frame.line}"
            for frame in traceback.extract_tb(each.__traceback__)
        ]
    return "\n".join(lines) + "\n"


def _python_version() -> str:
    return sys.version.partition(" ")[0]


def _chain(error: BaseException) -> Iterator[BaseException]:
    """Yield the error and what it came from, each once."""
    seen: set[int] = set()
    current: BaseException | None = error
    while current is not None and id(current) not in seen:
        seen.add(id(current))
        yield current
        current = current.__cause__ or current.__context__


def _short(filename: str) -> str:
    """Return a file's place without the person's own folders."""
    return "/".join(Path(filename).parts[-3:])


WIDTH, HEIGHT = 640, 420


class CrashReporter(QObject):
    """Takes faults of every thread, keeps a report of each, and shows the first.

    While one is shown, further ones are only kept: a fault in painting would otherwise fill the
    screen.
    """

    _reported = Signal(str, str)

    def __init__(self, keep_report: KeepReport, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._keep_report = keep_report
        self._window: QWidget | None = None
        self._dialog: CrashDialog | None = None
        self._hooks = (sys.excepthook, threading.excepthook)
        self._reported.connect(self._show, Qt.ConnectionType.QueuedConnection)

    def install(self) -> None:
        """Take what reaches Python's own hooks."""
        sys.excepthook = self._except
        threading.excepthook = self._except_in_thread

    def remove(self) -> None:
        """Give the hooks back."""
        sys.excepthook, threading.excepthook = self._hooks

    def set_window(self, window: QWidget | None) -> None:
        """Say over which window reports are shown."""
        self._window = window

    def report(self, error: BaseException) -> None:
        """Keep a report of `error` and show it; from any thread."""
        text = report_text(error)
        logger.critical("a fault of the program:\n%s", text)
        try:
            place = str(self._keep_report(text))
        except StorageError as problem:
            logger.critical("its report could not be kept: %s", problem.code)
            place = ""
        self._reported.emit(text, place)

    def _except(
        self, kind: type[BaseException], error: BaseException, trace: TracebackType | None
    ) -> None:
        if issubclass(kind, KeyboardInterrupt):
            self._hooks[0](kind, error, trace)
            return
        self.report(error)

    def _except_in_thread(self, given: threading.ExceptHookArgs) -> None:
        if given.exc_value is not None and given.exc_type is not SystemExit:
            self.report(given.exc_value)

    def _show(self, text: str, place: str) -> None:
        if self._dialog is not None:
            return
        self._dialog = CrashDialog(text, place, self._window)
        self._dialog.finished.connect(self._forget_dialog)
        self._dialog.open()

    def _forget_dialog(self) -> None:
        if self._dialog is not None:
            self._dialog.deleteLater()
            self._dialog = None


class CrashDialog(QDialog):
    """Shows a report, which can be copied; the program goes on."""

    def __init__(self, text: str, place: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Something went wrong"))
        self._text, self._place = text, place
        words = QLabel(
            self.tr(
                "The program met a fault of its own. What you wrote and received is kept, and you"
                " can go on. The report below holds no texts of yours and no key; please send it"
                " to whoever maintains the program."
            )
        )
        words.setWordWrap(True)
        report = QPlainTextEdit(text)
        report.setReadOnly(True)
        report.setAccessibleName(self.tr("Report"))
        report.setProperty("face", "mono")
        where = QLabel(self.tr("Kept in {place}").format(place=place) if place else "")
        where.setProperty("tone", "muted")
        where.setWordWrap(True)
        buttons = QDialogButtonBox()
        roles = QDialogButtonBox.ButtonRole
        go_on = buttons.addButton(self.tr("Continue"), roles.AcceptRole)
        copy = buttons.addButton(self.tr("Copy"), roles.ActionRole)
        folder = buttons.addButton(self.tr("Open folder"), roles.ActionRole)
        go_on.setDefault(True)
        folder.setEnabled(bool(place))
        copy.clicked.connect(self._copy)
        folder.clicked.connect(self._open_folder)
        buttons.accepted.connect(self.accept)
        column = QVBoxLayout(self)
        for widget in (words, report, where, buttons):
            column.addWidget(widget)
        self.resize(metrics.dialog_size(WIDTH, HEIGHT, parent))

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self._text)

    def _open_folder(self) -> None:
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(Path(self._place).parent)))
