"""A page's content with a side panel that can be folded away; its size is kept."""

from __future__ import annotations

import json

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSplitter, QWidget
from typing_extensions import override

from novita_desktop.ui import metrics
from novita_desktop.ui.icons import Icons
from novita_desktop.ui.widgets.buttons import icon_button

USUAL_WIDTH = 340


class PanelSplit(QSplitter):
    """Content first, then the panel. `fold` is the button for the page's head.

    The panel keeps its width, which grows with the text, but takes no more than half of the room.
    """

    def __init__(self, icons: Icons, parent: QWidget | None = None) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self._panel: QWidget | None = None
        self._width = USUAL_WIDTH
        self._is_narrowed = False
        self._is_needless = False
        self.setChildrenCollapsible(False)
        self.fold = icon_button(icons, "panel-left", self.tr("Show details"))
        self.fold.setCheckable(True)
        self.fold.setChecked(True)
        self.fold.toggled.connect(self._show_panel)
        self.splitterMoved.connect(self._take_width)

    def add_panel(self, panel: QWidget) -> None:
        """Put `panel` beside what was added before."""
        self._panel = panel
        self.addWidget(panel)
        put_in_reading_order(self)
        self.setStretchFactor(0, 1)
        self.setStretchFactor(1, 0)
        self._give_width()

    def set_needless(self, is_needless: bool) -> None:  # noqa: FBT001  # a signal passes it
        """Leave out the panel while there is nothing that it could show."""
        self._is_needless = is_needless
        self.fold.setEnabled(not is_needless)
        self._show_panel(self.fold.isChecked())

    def state(self) -> str:
        """Return the panel's width and whether it is shown, for `restore`."""
        self._note_width()
        return json.dumps({"width": self._width, "is_shown": self.fold.isChecked()})

    def restore(self, state: str) -> None:
        """Bring back what `state` returned; a text that is not from there changes nothing."""
        try:
            saved = json.loads(state)
            self._width, is_shown = int(saved["width"]), bool(saved["is_shown"])
        except (ValueError, KeyError, TypeError):
            return
        self._give_width()
        self.fold.setChecked(is_shown)

    def _show_panel(self, is_shown: bool) -> None:  # noqa: FBT001  # the signal passes it
        if self._panel is None:
            return
        is_shown = is_shown and not self._is_needless
        if not is_shown:
            self._note_width()
        self._panel.setVisible(is_shown)
        if is_shown:
            self._give_width()
            self._fit()

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange and self._is_shown():
            self._give_width()
            self._fit()

    def _is_shown(self) -> bool:
        return self._panel is not None and not self._panel.isHidden()

    def _take_width(self) -> None:
        self._is_narrowed = False
        self._note_width()

    def _note_width(self) -> None:
        """Remember the panel's width as it is with usual text; a hidden one has none."""
        if self._panel is not None and self._is_shown() and not self._is_narrowed:
            self._width = round(self._panel.width() * USUAL_WIDTH / metrics.scaled(USUAL_WIDTH))

    def _give_width(self) -> None:
        width = metrics.scaled(self._width)
        if width > 0:
            self.setSizes([max(self.width() - width, width), width])

    def _fit(self) -> None:
        """Leave the content as much room as the panel at least, and give it back once there is."""
        if self._panel is None or not self._is_shown():
            return
        half = self.width() // 2
        if self._panel.width() > half:
            self._note_width()
            self._is_narrowed = True
        if self._is_narrowed:
            width = min(metrics.scaled(self._width), half)
            self._is_narrowed = width == half
            self.setSizes([self.width() - width, width])


def put_in_reading_order(split: QSplitter) -> None:
    """Have the parts of `split` read out in the order they stand in.

    Qt puts each part that is added below the ones before, and assistive technology is given the
    lowest first.
    """
    for place in reversed(range(split.count())):
        if (part := split.widget(place)) is not None:
            part.lower()
