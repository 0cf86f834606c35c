"""What can be done with one row of a batch: its run is opened, its cells are changed."""

from __future__ import annotations

from PySide6.QtCore import QObject, QPoint, Qt, Signal
from PySide6.QtWidgets import QMenu, QWidget

from novita_desktop.domain.batches import Batch, BatchRow, RowState
from novita_desktop.ui import formatting
from novita_desktop.ui.page_context import PageContext
from novita_desktop.ui.tasks import answer_of


class RowMenu(QObject):
    """Offers it in a menu; `open_requested` has the id of the row's run."""

    open_requested = Signal(int)

    def __init__(self, context: PageContext, page: QWidget) -> None:
        super().__init__(page)
        self.context = context
        self._page = page

    def menu_for(self, batch: Batch, row: BatchRow) -> QMenu:
        """Return the menu of a row."""
        menu = QMenu(self._page)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        run_id = row.run_id
        opened = menu.addAction(self.tr("Open its run"))
        opened.setEnabled(run_id is not None)
        opened.triggered.connect(lambda: self.open_requested.emit(run_id))
        changed = menu.addAction(self.tr("Change its cells…"))
        changed.setEnabled(row.state is not RowState.RUNNING)
        changed.triggered.connect(lambda: self.change(batch, row))
        return menu

    def popup(self, batch: Batch, row: BatchRow, place: QPoint) -> None:
        """Open the menu of a row at a place on the screen."""
        self.menu_for(batch, row).popup(place)

    def change(self, batch: Batch, row: BatchRow) -> None:
        """Let the person change a row's cells."""
        self.context.tasks.start(self._change(self.context, batch, row))

    async def _change(self, context: PageContext, batch: Batch, row: BatchRow) -> None:
        from novita_desktop.ui.dialogs.row_cells import RowCells  # noqa: PLC0415  # when wanted

        number = formatting.whole(row.number)
        dialog = RowCells(number, batch.columns, row.cells, self._page)
        if not await answer_of(dialog):
            return
        work = context.workspace.batches.change_row(batch.id, row.number, dialog.value())
        if not await context.bridge.call(work):
            context.toast.show_toast(self.tr("Pause the batch first: then rows can be changed"))
