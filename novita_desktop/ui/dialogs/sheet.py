"""A card that slides in over a page: what lies below stays as it was and comes back."""

from __future__ import annotations

import shiboken6
from PySide6.QtCore import QEasingCurve, QEvent, QObject, QPoint, QPropertyAnimation, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QApplication, QFrame, QHBoxLayout, QStyle, QVBoxLayout, QWidget
from typing_extensions import override

from novita_desktop.ui import metrics
from novita_desktop.ui.theme import Theme
from novita_desktop.ui.widgets.reading_order import move_focus

SLIDE_MS = 120
SLIDE_PIXELS = 24
CARD_WIDTH = 560
VEIL_ALPHA = 215
"""How opaque the veil over the page is, of 255: the text below stays recognisable."""


class Sheet(QWidget):
    """Covers its parent with a veil and shows a card on it. Escape closes it; Tab stays in it.

    It is part of the window, never a window of its own, and takes no focus by itself: `open_over`
    is called because a person asked for it.
    """

    closed = Signal()

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self._covered = parent
        self._focus_before: QWidget | None = None
        self.card = QFrame(self)
        self.card.setProperty("role", "card")
        self._slide = QPropertyAnimation(self.card, b"pos", self)
        self._slide.setDuration(SLIDE_MS)
        self._slide.setEasingCurve(QEasingCurve.Type.OutCubic)
        self._column = column = QVBoxLayout(self)
        column.setContentsMargins(*(metrics.PAGE_MARGIN,) * 4)
        column.addStretch(1)
        # Stretches, not an alignment: an aligned card would get the height of unwrapped texts.
        middle = QHBoxLayout()
        middle.addStretch(1)
        middle.addWidget(self.card)
        middle.addStretch(1)
        column.addLayout(middle)
        column.addStretch(2)
        theme.changed.connect(self._follow_theme)
        parent.installEventFilter(self)
        self.hide()

    def open_over(self, first: QWidget) -> None:
        """Cover the parent and give the focus to `first`."""
        if self.isHidden():
            self._focus_before = QApplication.focusWidget()
        self._fit_card()
        self.setGeometry(self._covered.rect())
        self.show()
        self.raise_()
        first.setFocus(Qt.FocusReason.PopupFocusReason)
        if self.style().styleHint(QStyle.StyleHint.SH_Widget_Animation_Duration):
            self._column.activate()
            place = self.card.pos()
            self._slide.setStartValue(place - QPoint(0, SLIDE_PIXELS))
            self._slide.setEndValue(place)
            self._slide.start()

    def close_sheet(self) -> None:
        """Uncover the page and give the focus back."""
        if self.isHidden():
            return
        self._slide.stop()
        self.hide()
        # What had the focus may be gone: a page's parts come and go while the sheet is open.
        if self._focus_before is not None and shiboken6.isValid(self._focus_before):
            self._focus_before.setFocus(Qt.FocusReason.PopupFocusReason)
        self._focus_before = None
        self.closed.emit()

    @override
    def event(self, event: QEvent) -> bool:
        # Claimed before the window's own Escape, which stops a run.
        if (
            event.type() == QEvent.Type.ShortcutOverride
            and isinstance(event, QKeyEvent)
            and event.key() == Qt.Key.Key_Escape
        ):
            event.accept()
            return True
        return super().event(event)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.close_sheet()
        else:
            super().keyPressEvent(event)

    @override
    def focusNextPrevChild(self, is_next: bool) -> bool:
        return move_focus(self, is_forward=is_next)

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize and watched is self._covered:
            self._fit_card()
            self.setGeometry(self._covered.rect())
        return super().eventFilter(watched, event)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        veil = self._theme.color("bg")
        veil.setAlpha(VEIL_ALPHA)
        QPainter(self).fillRect(self.rect(), veil)

    def _follow_theme(self) -> None:
        self._fit_card()
        self.update()

    def _fit_card(self) -> None:
        room = self._covered.width() - 2 * metrics.PAGE_MARGIN
        self.card.setFixedWidth(min(metrics.scaled(CARD_WIDTH), room))
