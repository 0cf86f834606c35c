"""Messages inside the window, each with at most one action; none takes the focus."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QToolButton, QWidget
from typing_extensions import override

from novita_desktop.ui import metrics
from novita_desktop.ui.icons import Icons

TOAST_MS = 6_000
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


@dataclass(frozen=True, slots=True)
class NoticeAction:
    """The one thing to do about a notice: the button's words, and what it does."""

    text: str
    run: Callable[[], None]


class NoticeBar(QFrame):
    """A bar inside a page that stays until it is dismissed or replaced. Hidden when empty."""

    def __init__(self, icons: Icons, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._icons = icons
        self._action: NoticeAction | None = None
        self._shape = QToolButton(self)
        self._shape.setProperty("kind", "quiet")
        self._shape.setEnabled(True)
        self._shape.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._shape.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._shape.setAccessibleName(self.tr("Notice"))
        self._text = QLabel(self)
        self._text.setWordWrap(True)
        self._text.setTextFormat(Qt.TextFormat.PlainText)
        self._text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._button = QPushButton(self)
        self._button.clicked.connect(self._run_action)
        self._dismiss = QToolButton(self)
        self._dismiss.setProperty("kind", "quiet")
        self._dismiss.setAccessibleName(self.tr("Dismiss"))
        self._dismiss.setToolTip(self.tr("Dismiss"))
        self._dismiss.clicked.connect(self.clear)
        icons.show_on(self._dismiss, "x", "text_muted")
        row = QHBoxLayout(self)
        row.setContentsMargins(
            metrics.SPACE_8, metrics.SPACE_8, metrics.SPACE_8, metrics.SPACE_8
        )
        for widget in (self._shape, self._text, self._button, self._dismiss):
            row.addWidget(widget, 1 if widget is self._text else 0)
        self.hide()

    def show_notice(
        self, kind: NoticeKind, text: str, action: NoticeAction | None = None
    ) -> None:
        """Show `text` in the place of whatever stood here."""
        self.setProperty("notice", kind.value)
        self.style().unpolish(self)
        self.style().polish(self)
        self._icons.show_on(self._shape, *_SHAPES[kind])
        self._text.setText(text)
        _name_newest(self._text)
        self._action = action
        self._button.setVisible(action is not None)
        if action is not None:
            self._button.setText(action.text)
        self.show()
        _announce(self._text)

    def clear(self) -> None:
        """Take the notice away."""
        self._action = None
        self._text.clear()
        self.hide()

    def text(self) -> str:
        """Return what is shown, empty when nothing is."""
        return self._text.text()

    def _run_action(self) -> None:
        action = self._action
        self.clear()
        if action is not None:
            action.run()


class Toast(QFrame):
    """"Done", with an undo, at the foot of the window; it leaves by itself.

    It stays while the pointer or the focus is on it, and for as long as needed while assistive
    technology is in use.
    """

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self.setProperty("role", "toast")
        self._action: NoticeAction | None = None
        self._text = QLabel(self)
        self._text.setTextFormat(Qt.TextFormat.PlainText)
        self._button = QPushButton(self)
        self._button.clicked.connect(self._run_action)
        row = QHBoxLayout(self)
        row.addWidget(self._text)
        row.addWidget(self._button)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._leave)
        window.installEventFilter(self)
        self.hide()

    def show_toast(self, text: str, action: NoticeAction | None = None) -> None:
        """Show `text` in the place of an earlier one."""
        self._text.setText(text)
        _name_newest(self._text)
        self._action = action
        self._button.setVisible(action is not None)
        if action is not None:
            self._button.setText(action.text)
        self.adjustSize()
        self._place()
        self.show()
        self.raise_()
        _announce(self._text)
        if not QAccessible.isActive():
            self._timer.start(TOAST_MS)

    def _leave(self) -> None:
        if self.underMouse() or self._button.hasFocus():
            self._timer.start(TOAST_MS)
        else:
            self.hide()

    def _place(self) -> None:
        window = self.parentWidget()
        x = (window.width() - self.width()) // 2
        self.move(x, window.height() - self.height() - 3 * metrics.SPACE_24)

    def _run_action(self) -> None:
        action, self._action = self._action, None
        self.hide()
        if action is not None:
            action.run()

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize and self.isVisible():
            self._place()
        return super().eventFilter(watched, event)


def _name_newest(label: QLabel) -> None:
    """Give the name of the newest notice to `label` alone."""
    for other in label.window().findChildren(QLabel, NOTICE_NAME):
        other.setObjectName("")
    label.setObjectName(NOTICE_NAME)


def _announce(label: QLabel) -> None:
    if QAccessible.isActive():
        from PySide6.QtGui import QAccessibleEvent  # noqa: PLC0415  # only with assistive technology

        QAccessible.updateAccessibility(QAccessibleEvent(label, QAccessible.Event.Alert))
