"""A place that scrolls up and down alone, and is never too narrow for what it holds."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QSize, Qt
from PySide6.QtWidgets import QFrame, QScrollArea, QWidget
from typing_extensions import override


class VerticalScrollArea(QScrollArea):
    """Scrolls its widget up and down; at least `least_width` pixels wide, more if that needs it.

    Qt's own scroll area can be made narrower than its widget, whose right edge is cut off then.
    """

    def __init__(self, least_width: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._least_width = least_width
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)

    @override
    def minimumSizeHint(self) -> QSize:
        content = self.widget()
        # Qt's bindings have no None here, and there is none before the widget is set.
        needed = content.minimumSizeHint().width() if content else 0
        bar = self.verticalScrollBar().sizeHint().width()
        height = super().minimumSizeHint().height()
        return QSize(max(self._least_width, needed + bar), height)

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.LayoutRequest:
            self.updateGeometry()
        return super().eventFilter(watched, event)
