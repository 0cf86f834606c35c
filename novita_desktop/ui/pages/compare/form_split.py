"""The form beside the columns: it can be folded away, and its width is kept."""

from __future__ import annotations

import json

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtWidgets import QScrollArea, QSplitter, QWidget
from typing_extensions import override

from novita_desktop.ui import metrics
from novita_desktop.ui.icons import Icons
from novita_desktop.ui.widgets.buttons import icon_button

LEAST_WIDTH, USUAL_WIDTH = 300, 340


class FormSplit(QSplitter):
    """The form first, then what it fills. `fold` is the button for the page's head."""

    def __init__(self, icons: Icons, form: QScrollArea, content: QWidget) -> None:
        super().__init__(Qt.Orientation.Horizontal)
        self._form = form
        self.fold = icon_button(icons, "panel-left", self.tr("Show the prompt"))
        self.fold.setCheckable(True)
        self.fold.setChecked(True)
        self.fold.toggled.connect(form.setVisible)
        self._inside = form.widget() or form
        self._inside.installEventFilter(self)
        self._fit_form()
        self.setChildrenCollapsible(False)
        self.addWidget(form)
        self.addWidget(content)
        self.setStretchFactor(0, 0)
        self.setStretchFactor(1, 1)
        width = metrics.scaled(USUAL_WIDTH)
        self.setSizes([width, 3 * width])

    def show_form(self) -> None:
        """Unfold the form."""
        self.fold.setChecked(True)

    def state(self) -> str:
        """Return the widths and whether the form is shown, for `restore`."""
        return json.dumps({"sizes": self.sizes(), "is_shown": self.fold.isChecked()})

    def restore(self, state: str) -> None:
        """Bring back what `state` returned; a text that is not from there changes nothing."""
        try:
            saved = json.loads(state)
            sizes, is_shown = [int(size) for size in saved["sizes"]], bool(saved["is_shown"])
        except (ValueError, KeyError, TypeError):
            return
        self.setSizes(sizes)
        self.fold.setChecked(is_shown)

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.LayoutRequest:  # texts became larger, or more is unfolded
            self._fit_form()
        return super().eventFilter(watched, event)

    def _fit_form(self) -> None:
        """Leave the form the room it needs: it would have to be scrolled sideways."""
        needed = self._inside.minimumSizeHint().width()
        bar = self._form.verticalScrollBar().sizeHint().width()
        self._form.setMinimumWidth(max(LEAST_WIDTH, needed + bar))
