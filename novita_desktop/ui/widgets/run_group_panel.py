"""Several runs that were started together, in the side panel: how they ended, and what to do."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QPushButton, QVBoxLayout, QWidget

from novita_desktop.domain.runs import GroupSummary, RunStatus
from novita_desktop.ui import formatting, metrics
from novita_desktop.ui.icons import Icons
from novita_desktop.ui.widgets.buttons import primary_button
from novita_desktop.ui.widgets.chip import StatusChip
from novita_desktop.ui.widgets.fact_rows import Fact, FactRows
from novita_desktop.ui.widgets.flow_layout import FlowLayout
from novita_desktop.ui.widgets.wrapping_label import WrappingLabel


class RunGroupPanel(QFrame):
    """Shows a group. It starts nothing itself: what is pressed is told to the page."""

    open_pressed = Signal()
    retry_pressed = Signal()
    delete_pressed = Signal()

    def __init__(self, icons: Icons, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "raised")
        self._name = WrappingLabel()
        self._name.setProperty("type", "title")
        self._status = StatusChip()
        self._open = primary_button(self.tr("Show its runs"))
        self._open.clicked.connect(self.open_pressed)
        self._retry = QPushButton(self.tr("Retry failed"))
        self._retry.clicked.connect(self.retry_pressed)
        icons.show_on(self._retry, "rotate-cw")
        self._delete = QPushButton(self.tr("Delete"))
        self._delete.setToolTip(self.tr("Put its runs in the bin; they are gone after 30 days"))
        self._delete.clicked.connect(self.delete_pressed)
        self._facts = FactRows(icons)
        buttons = FlowLayout()
        buttons.setSpacing(metrics.SPACE_8)
        buttons.addWidget(self._open)
        buttons.addWidget(self._retry)
        buttons.addWidget(self._delete)
        column = QVBoxLayout(self)
        column.setContentsMargins(*(metrics.SPACE_16,) * 4)
        column.setSpacing(metrics.SPACE_8)
        column.addWidget(self._name)
        column.addWidget(self._status, 0, Qt.AlignmentFlag.AlignLeft)
        column.addLayout(buttons)
        column.addWidget(self._facts)
        column.addStretch(1)

    def show_group(self, group: GroupSummary, name: str) -> None:
        """Show a group that is called `name`."""
        self._name.setText(name)
        self._status.set_status(group.status)
        self._retry.setVisible(bool(group.count_of(RunStatus.FAILED)))
        self._delete.setEnabled(group.status.is_over)
        facts = [
            Fact(self.tr("Started"), formatting.run_time(group.created_at)),
            Fact(self.tr("Runs"), formatting.whole(group.run_count)),
        ]
        facts += [
            Fact(formatting.status(status), formatting.whole(count))
            for status, count in group.counts
        ]
        if group.cost is not None:
            facts.append(Fact(self.tr("Cost"), formatting.cost(group.cost)))
        self._facts.set_facts(facts)
