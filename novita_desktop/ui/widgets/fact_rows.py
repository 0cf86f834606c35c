"""Facts in two columns: a muted name, and what it is, which can be selected and copied."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QLabel, QWidget

from novita_desktop.domain.records import record
from novita_desktop.ui import metrics
from novita_desktop.ui.icons import Icons
from novita_desktop.ui.widgets.code_line import CodeLine

NAME_WIDTH = 104


@record(frozen=True, slots=True)
class Fact:
    """One line; `is_code` ones are ids: in the fixed-width font, with a button that copies."""

    name: str
    value: str
    is_code: bool = False


class FactRows(QWidget):
    """Shows a list of facts. Without facts it is hidden."""

    def __init__(self, icons: Icons, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._icons = icons
        self._shown: tuple[Fact, ...] | None = None
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(metrics.SPACE_12)
        self._grid.setVerticalSpacing(metrics.SPACE_4)
        self._grid.setColumnStretch(1, 1)
        self.set_facts(())

    def set_facts(self, facts: Sequence[Fact]) -> None:
        """Show `facts` in the place of others."""
        if self._shown == tuple(facts):
            return
        self._shown = tuple(facts)
        self._grid.setColumnMinimumWidth(0, metrics.scaled(NAME_WIDTH))
        while (item := self._grid.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        for row, fact in enumerate(facts):
            self._add(row, fact)
        self.setVisible(bool(facts))

    def _add(self, row: int, fact: Fact) -> None:
        name = QLabel(fact.name, self)
        name.setProperty("tone", "muted")
        if fact.is_code:
            words = self.tr("Copy {name}").format(name=fact.name)
            self._grid.addWidget(name, row, 0)
            self._grid.addWidget(CodeLine(self._icons, words, fact.value, self), row, 1)
            return
        value = QLabel(fact.value, self)
        value.setTextFormat(Qt.TextFormat.PlainText)
        value.setProperty("weight", "bold")
        value.setWordWrap(True)
        value.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._grid.addWidget(name, row, 0, Qt.AlignmentFlag.AlignTop)
        self._grid.addWidget(value, row, 1)
