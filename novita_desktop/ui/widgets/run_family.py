"""The first run and every retry of it, as links in the order in which they were made."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from novita_desktop.domain.runs import RunSummary
from novita_desktop.ui import formatting, metrics
from novita_desktop.ui.widgets.form_labels import link_button


class RunFamily(QWidget):
    """A link for each run of a family; the one that is shown cannot be pressed."""

    run_pressed = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(metrics.SPACE_4)

    def show_family(self, runs: Sequence[RunSummary], shown_id: int) -> bool:
        """Show these runs; return whether there is more than the shown one."""
        while (item := self._column.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        if len(runs) < 2:  # a family begins with two
            return False
        for place, run in enumerate(runs):
            words = self.tr("First run") if place == 0 else self.tr("Retry {n}").format(n=place)
            facts = (formatting.run_time(run.created_at), formatting.status(run.status))
            link = link_button(" · ".join((words, *facts)))
            link.setEnabled(run.id != shown_id)
            link.clicked.connect(lambda _=False, run_id=run.id: self.run_pressed.emit(run_id))
            self._column.addWidget(link, 0, Qt.AlignmentFlag.AlignLeft)
        return True
