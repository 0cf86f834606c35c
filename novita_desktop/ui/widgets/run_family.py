"""The first run and every retry of it, as links, and what differs between two of their answers."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from novita_desktop.domain.runs import RunSummary
from novita_desktop.domain.word_differences import Piece
from novita_desktop.ui import formatting, metrics
from novita_desktop.ui.theme import Theme
from novita_desktop.ui.widgets.differences_view import DifferencesView
from novita_desktop.ui.widgets.flow_layout import FlowLayout
from novita_desktop.ui.widgets.form_labels import link_button

DIFFERENCES_HEIGHT = 200


class RunFamily(QWidget):
    """A link for each run of a family; the one that is shown cannot be pressed.

    `compared` asks for what differs between another run's answer and the shown one's.
    """

    run_pressed = Signal(int)
    compared = Signal(int)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._names: dict[int, str] = {}
        self._shown_id = 0
        self._rows = QVBoxLayout()
        self._rows.setSpacing(metrics.SPACE_4)
        self._what = QLabel()
        self._what.setProperty("tone", "muted")
        self._what.setWordWrap(True)
        self._differences = DifferencesView(theme, self.tr("Differences"))
        self._differences.setFixedHeight(metrics.scaled(DIFFERENCES_HEIGHT))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(metrics.SPACE_8)
        column.addLayout(self._rows)
        column.addWidget(self._what)
        column.addWidget(self._differences)
        self._hide_differences()

    def show_family(self, runs: Sequence[RunSummary], shown_id: int) -> bool:
        """Show these runs; return whether there is more than the shown one."""
        if shown_id != self._shown_id:
            self._hide_differences()
        self._shown_id = shown_id
        while (item := self._rows.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        if len(runs) < 2:  # a family begins with two
            return False
        for place, run in enumerate(runs):
            name = self.tr("First run") if place == 0 else self.tr("Retry {n}").format(n=place)
            self._names[run.id] = name
            self._rows.addWidget(self._row(name, run))
        return True

    def show_differences(self, run_id: int, pieces: Sequence[Piece]) -> None:
        """Show what differs between the answers of a run of the family and of the shown one."""
        first, second = sorted((run_id, self._shown_id))
        self._differences.show_pieces(pieces)
        self._what.setText(
            self.tr("From {first} to {second}: {counts}").format(
                first=self._names.get(first, str(first)),
                second=self._names.get(second, str(second)),
                counts=self._differences.counts(),
            )
        )
        self._what.show()
        self._differences.show()

    def _row(self, name: str, run: RunSummary) -> QWidget:
        facts = (formatting.run_time(run.created_at), formatting.status(run.status))
        row = QWidget(self)
        layout = FlowLayout(row)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(metrics.SPACE_8)
        link = link_button(" · ".join((name, *facts)))
        link.setEnabled(run.id != self._shown_id)
        link.clicked.connect(lambda: self.run_pressed.emit(run.id))
        layout.addWidget(link)
        if run.id != self._shown_id:
            compare = link_button(self.tr("Differences"))
            compare.setAccessibleName(self.tr("Differences to {name}").format(name=name))
            compare.clicked.connect(lambda: self.compared.emit(run.id))
            layout.addWidget(compare)
        return row

    def _hide_differences(self) -> None:
        self._what.hide()
        self._differences.hide()
