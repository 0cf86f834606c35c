"""Presets, form and answer side by side; the presets can be folded away, sizes are kept."""

from __future__ import annotations

import json

from PySide6.QtCore import QByteArray, QEvent, QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSplitter, QVBoxLayout, QWidget
from typing_extensions import override

from novita_desktop.ui import metrics
from novita_desktop.ui.icons import Icons
from novita_desktop.ui.widgets.buttons import icon_button
from novita_desktop.ui.widgets.panel_split import put_in_reading_order

LEAST_PRESETS, USUAL_PRESETS = 200, 224
LEAST_FORM, LEAST_ANSWER = 330, 300
SMALL = 1_100
"""With less than this, the presets begin as narrow as they can be."""

FULL = 100
"""What is measured to tell how large the text is."""

NARROW = LEAST_PRESETS + LEAST_FORM + LEAST_ANSWER
"""With less than this, at 100 % text size, the presets stand in the answer's place."""


class PresetPlace(QWidget):
    """Holds the room for the panel of presets, which is built after the first paint."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "raised")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)

    def hold(self, panel: QWidget) -> None:
        """Show `panel` here."""
        self._column.addWidget(panel)

    @override
    def sizeHint(self) -> QSize:
        return QSize(metrics.scaled(USUAL_PRESETS), 0)

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(metrics.scaled(LEAST_PRESETS), 0)


class PresetSplit(QSplitter):
    """The three parts of the Prompt page. `fold` is the button for the page's head.

    Where there is no room for three, the presets are folded away; unfolded they take the
    answer's place until `give_way`.
    """

    def __init__(
        self, icons: Icons, form: QWidget, answer: QWidget, parent: QWidget | None = None
    ) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self.presets = PresetPlace()
        self._answer = answer
        self._is_narrow = False
        self._is_wanted = True
        self._is_sized = False
        self._text_size = metrics.scaled(FULL)
        form.setMinimumWidth(LEAST_FORM)
        answer.setMinimumWidth(LEAST_ANSWER)
        self.setChildrenCollapsible(False)
        for place, part in enumerate((self.presets, form, answer)):
            self.addWidget(part)
            self.setStretchFactor(place, min(place, 1))
        put_in_reading_order(self)
        self.fold = icon_button(icons, "panel-left", self.tr("Show presets"))
        self.fold.setCheckable(True)
        self.fold.setChecked(True)
        self.fold.clicked.connect(self._follow_fold)

    @property
    def is_narrow(self) -> bool:
        """Whether there is no room for all three parts."""
        return self._is_narrow

    def show_presets(self) -> None:
        """Unfold the presets."""
        self.fold.setChecked(True)
        self._follow_fold()

    def give_way(self) -> None:
        """Show the answer again if the presets stand in its place."""
        if self._is_narrow and self.fold.isChecked():
            self.fold.setChecked(False)
            self._show_parts()

    def state(self) -> str:
        """Return the sizes and whether presets are shown, for `restore`."""
        sizes = bytes(self.saveState().toBase64().data()).decode("ascii")
        state = {"sizes": sizes, "presets": self._is_wanted, "text": self._text_size}
        return json.dumps(state)

    def restore(self, state: str) -> None:
        """Bring back what `state` returned; a text that is not from there changes nothing."""
        try:
            saved = json.loads(state)
            sizes, is_wanted = str(saved["sizes"]), bool(saved["presets"])
            text_size = max(int(saved.get("text", self._text_size)), 1)
        except (ValueError, KeyError, TypeError):
            return
        self._is_sized = self.restoreState(QByteArray.fromBase64(sizes.encode("ascii", "ignore")))
        self._scale_presets(text_size)
        self._is_wanted = is_wanted
        self.fold.setChecked(is_wanted and not self._is_narrow)
        self._show_parts()

    @override
    def minimumSizeHint(self) -> QSize:
        # Without the presets, which give way: or the window could never become so narrow.
        least = super().minimumSizeHint()
        return QSize(min(least.width(), LEAST_FORM + LEAST_ANSWER), least.height())

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        width = event.size().width()
        self._look_for_room(width)
        if not self._is_sized and width > 0:
            self._is_sized = self.isVisible()  # until then the window has not its size either
            is_small = width < metrics.scaled(SMALL)
            presets = metrics.scaled(LEAST_PRESETS if is_small else USUAL_PRESETS)
            rest = max((width - presets) // 2, 1)
            self.setSizes([presets, rest, rest])

    def _look_for_room(self, width: int) -> None:
        """Fold the presets away where there is no room for three, and unfold them where there is."""
        is_narrow = width < metrics.scaled(NARROW)
        if is_narrow != self._is_narrow:
            self._is_narrow = is_narrow
            self.fold.setChecked(self._is_wanted and not is_narrow)
            self._show_parts()

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            before, self._text_size = self._text_size, metrics.scaled(FULL)
            self._look_for_room(self.width())
            self._scale_presets(before)

    def _scale_presets(self, before: int) -> None:
        """Have the presets grow and shrink with the text, which had the size `before`."""
        presets, form, answer = self.sizes()
        grown = presets * self._text_size // before
        if grown != presets and presets > 0:
            half = (grown - presets) // 2
            self.setSizes([grown, form - half, answer - (grown - presets - half)])

    def _follow_fold(self) -> None:
        if not self._is_narrow:
            self._is_wanted = self.fold.isChecked()
        self._show_parts()

    def _show_parts(self) -> None:
        is_shown = self.fold.isChecked()
        self.presets.setVisible(is_shown)
        self._answer.setVisible(not (is_shown and self._is_narrow))
