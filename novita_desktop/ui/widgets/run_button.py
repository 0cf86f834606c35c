"""The page's primary button: Run with its price, or Stop while a run goes on."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget
from typing_extensions import override


class RunButton(QWidget):
    """Two buttons of which one is shown; the keyboard stays where it was on the swap."""

    run_pressed = Signal()
    stop_pressed = Signal()

    def __init__(self, parent: QWidget | None = None, *, is_for_all: bool = False) -> None:
        """Make the button of one run or, with `is_for_all`, of all the runs of a page."""
        super().__init__(parent)
        self._word = self.tr("Run all") if is_for_all else self.tr("Run")
        self._prices: Sequence[str] = ()
        self._price_in_words = ""
        self._is_connected = True
        self._is_over_limit = False
        self.run = FittingButton()
        self.run.setAccessibleName(self._word)
        self.run.setProperty("kind", "primary")
        self.run.clicked.connect(self.run_pressed)
        self.stop = QPushButton(self.tr("Stop all · Esc") if is_for_all else self.tr("Stop · Esc"))
        self.stop.setAccessibleName(self.tr("Stop all") if is_for_all else self.tr("Stop"))
        self.stop.setProperty("kind", "primary")
        self.stop.setToolTip(self.tr("Stop the run. The host bills what was generated until then."))
        self.stop.hide()
        self.stop.clicked.connect(self.stop_pressed)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.run)
        layout.addWidget(self.stop)
        self._show_words()

    @property
    def is_running(self) -> bool:
        """Whether Stop is shown."""
        return not self.stop.isHidden()

    def set_price(self, prices: Sequence[str], in_words: str) -> None:
        """Show the longest of `prices` that fits; `in_words` is the button's description."""
        self._prices, self._price_in_words = tuple(prices), in_words
        self._show_words()

    def set_connected(self, is_connected: bool) -> None:  # noqa: FBT001  # a Qt-style setter
        """Say whether there is a key: without one, running means connecting first."""
        self._is_connected = is_connected
        self._show_words()

    def set_over_limit(self, is_over_limit: bool) -> None:  # noqa: FBT001  # a Qt-style setter
        """Ask once more, because the day's spending is above its limit."""
        self._is_over_limit = is_over_limit
        self._show_words()

    def set_running(self, is_running: bool) -> None:  # noqa: FBT001  # a Qt-style setter
        """Show Stop while a run goes on, Run otherwise."""
        if is_running == self.is_running:
            return
        shown, hidden = (self.stop, self.run) if is_running else (self.run, self.stop)
        had_focus = hidden.hasFocus()
        shown.show()
        if had_focus:
            shown.setFocus(Qt.FocusReason.OtherFocusReason)
        hidden.hide()

    def _show_words(self) -> None:
        plain = self._word
        if not self._is_connected:
            words = [self.tr("Connect and run")]
        elif self._is_over_limit:
            words = [self.tr("Run over the daily limit"), plain]
        else:
            priced = self.tr("{run} · {price}")
            words = [priced.format(run=plain, price=price) for price in self._prices]
            words.append(plain)
        self.run.set_words(words)
        self.run.setAccessibleDescription(self._price_in_words)
        self.run.setToolTip(self._price_in_words)


class FittingButton(QPushButton):
    """Shows the longest of its texts that fits."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words: Sequence[str] = ("",)

    def set_words(self, words: Sequence[str]) -> None:
        """Take texts, the longest first."""
        self._words = tuple(words)
        self._fit()
        self.updateGeometry()

    @override
    def sizeHint(self) -> QSize:
        return self._size_with(self._words[0])

    @override
    def minimumSizeHint(self) -> QSize:
        return self._size_with(self._words[-1])

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        is_laid_out = self.testAttribute(Qt.WidgetAttribute.WA_Resized)
        room = self.width() if is_laid_out else self.sizeHint().width()
        fitting = (text for text in self._words if self._size_with(text).width() <= room)
        text = next(fitting, self._words[-1])
        if text != self.text():
            self.setText(text)

    def _size_with(self, text: str) -> QSize:
        hint = super().sizeHint()
        measure = self.fontMetrics().horizontalAdvance
        return QSize(hint.width() + measure(text) - measure(self.text()), hint.height())
