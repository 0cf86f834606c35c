"""Messages inside the window, each with at most one action; none takes the focus."""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum

from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt, QTimer, QUrl
from PySide6.QtGui import QDesktopServices, QGuiApplication
from PySide6.QtWidgets import (
    QApplication,
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QToolButton,
    QWidget,
)
from typing_extensions import override

from novita_desktop.domain.records import record
from novita_desktop.ui import metrics
from novita_desktop.ui.icons import Icons
from novita_desktop.ui.widgets.announcement import announce
from novita_desktop.ui.widgets.picture import Picture

TOAST_MS = 6_000
READ_OUT_FACTOR = 5
"""How many times as long a text without an action stays for people who have it read out."""

TOAST_WIDTH = 480
NOTICE_NAME = "notice"
"""The object name of the newest notice's text, by which outside tests find it."""


class NoticeKind(StrEnum):
    """What a notice is about; its colour and icon follow."""

    INFO = "info"
    SUCCESS = "success"
    WARN = "warn"
    DANGER = "danger"


_SHAPES = {
    NoticeKind.INFO: ("info", "info"),
    NoticeKind.SUCCESS: ("circle-check", "accent"),
    NoticeKind.WARN: ("triangle-alert", "warn"),
    NoticeKind.DANGER: ("circle-alert", "danger"),
}


@record(frozen=True, slots=True)
class NoticeAction:
    """The one thing to do about a notice: the button's words, and what it does."""

    text: str
    run: Callable[[], None]


class _Message(QFrame):
    """A text and a button for its action; subclasses say where it stands and when it leaves."""

    def __init__(self, parent: QWidget | None) -> None:
        super().__init__(parent)
        self._action: NoticeAction | None = None
        self._text = QLabel(self)
        self._text.setTextFormat(Qt.TextFormat.PlainText)
        self._text.setWordWrap(True)
        self._button = QPushButton(self)
        self._button.clicked.connect(self._run_action)
        self.hide()

    def text(self) -> str:
        """Return what is shown, empty when nothing is."""
        return self._text.text()

    def clear(self) -> None:
        """Take the message away."""
        self._action = None
        self._text.clear()
        self.hide()

    def _fill(self, text: str, action: NoticeAction | None) -> None:
        self._text.setText(text)
        self._action = action
        self._button.setText("" if action is None else action.text)
        self._button.setVisible(action is not None)

    def _tell(self, *, is_urgent: bool) -> None:
        """Give the text the newest notice's name, and have it read out without taking the focus."""
        for earlier in self.window().findChildren(QLabel, NOTICE_NAME):
            earlier.setObjectName("")
        self._text.setObjectName(NOTICE_NAME)
        announce(self._text, self._text.text(), is_urgent=is_urgent)

    def _run_action(self) -> None:
        action = self._action
        self.clear()
        if action is not None:
            action.run()


class NoticeBar(_Message):
    """A bar inside a page that stays until it is dismissed or replaced. Hidden when empty."""

    def __init__(self, icons: Icons, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._picture = Picture(icons, metrics.ICON, self)
        self._text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._dismiss = QToolButton(self)
        self._dismiss.setProperty("kind", "quiet")
        self._dismiss.setAccessibleName(self.tr("Dismiss"))
        self._dismiss.setToolTip(self.tr("Dismiss"))
        self._dismiss.clicked.connect(self.clear)
        icons.show_on(self._dismiss, "x", "text_muted")
        row = QHBoxLayout(self)
        row.setContentsMargins(metrics.SPACE_12, metrics.SPACE_4, metrics.SPACE_4, metrics.SPACE_4)
        row.setSpacing(metrics.SPACE_8)
        for widget in (self._picture, self._text, self._button, self._dismiss):
            row.addWidget(widget, 1 if widget is self._text else 0)

    def show_notice(self, kind: NoticeKind, text: str, action: NoticeAction | None = None) -> None:
        """Show `text` in the place of whatever stood here."""
        self.setProperty("notice", kind.value)
        self.style().unpolish(self)
        self.style().polish(self)
        self._picture.show_shape(*_SHAPES[kind])
        self._fill(text, action)
        self.show()
        self._tell(is_urgent=kind is NoticeKind.DANGER)


def _is_read_out() -> bool:
    """Return whether assistive technology is in use."""
    from PySide6.QtGui import QAccessible  # noqa: PLC0415  # as in `_tell`

    return bool(QAccessible.isActive())


class Toast(_Message):
    """Something done, with an undo, at the foot of the window; it leaves by itself.

    It stays while the pointer or the focus is on it. While assistive technology is in use, one with
    an action stays until it is dismissed, and one without leaves later: it was read out, and what
    it covers is wanted.
    """

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self.setProperty("role", "toast")
        self._window = window
        self._dismiss = QPushButton(self.tr("Dismiss"), self)
        self._dismiss.setFlat(True)
        self._dismiss.clicked.connect(self.clear)
        row = QHBoxLayout(self)
        row.setContentsMargins(metrics.SPACE_16, metrics.SPACE_8, metrics.SPACE_8, metrics.SPACE_8)
        row.setSpacing(metrics.SPACE_12)
        row.addWidget(self._text, 1)
        row.addWidget(self._button)
        row.addWidget(self._dismiss)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._leave)
        window.installEventFilter(self)

    def show_toast(self, text: str, action: NoticeAction | None = None) -> None:
        """Show `text` in the place of an earlier one."""
        self._fill(text, action)
        self._place()
        self.show()
        self.raise_()
        self._tell(is_urgent=False)
        is_read_out = _is_read_out()
        self._timer.setInterval(TOAST_MS * (READ_OUT_FACTOR if is_read_out else 1))
        if is_read_out and action is not None:
            self._timer.stop()
        else:
            self._timer.start()

    @override
    def clear(self) -> None:
        """Take the toast away."""
        self._timer.stop()
        super().clear()

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange and not self.isHidden():
            self._place()

    def _leave(self) -> None:
        focused = QApplication.focusWidget()
        if self.underMouse() or (focused is not None and self.isAncestorOf(focused)):
            self._timer.start()
        else:
            self.clear()

    def _place(self) -> None:
        room = self._window.width() - 2 * metrics.SPACE_24
        wanted = min(
            metrics.scaled(TOAST_WIDTH), self._text.fontMetrics().horizontalAdvance(self.text())
        )
        self._text.setMinimumWidth(min(wanted + metrics.SPACE_4, room // 2))
        self.adjustSize()
        self.resize(min(self.width(), room), self.height())
        self.move(
            (self._window.width() - self.width()) // 2,
            self._window.height() - self.height() - metrics.scaled(3 * metrics.SPACE_24),
        )

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self._window and event.type() == QEvent.Type.Resize and not self.isHidden():
            self._place()
        return super().eventFilter(watched, event)


def open_outside(address: QUrl, toast: Toast) -> None:
    """Open a page in the browser or a folder among the files; say where it is if nothing does."""
    if QDesktopServices.openUrl(address):
        return
    shown = address.toLocalFile() or address.toString()
    words = QCoreApplication.translate("Notices", "No program here opens {address}")
    copy = QCoreApplication.translate("Notices", "Copy")
    toast.show_toast(
        words.format(address=shown),
        NoticeAction(copy, lambda: QGuiApplication.clipboard().setText(shown)),
    )
