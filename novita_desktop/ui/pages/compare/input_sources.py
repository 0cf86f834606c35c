"""Brings inputs into their table from a file that the person opens, or from the history."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QFileDialog

from novita_desktop.domain.comparisons import MOST_INPUTS
from novita_desktop.domain.table_files import InputsFileRefused, TableFile, TableOptions
from novita_desktop.ui.dialogs.comparison_inputs import ComparisonInputs
from novita_desktop.ui.page_context import PageContext
from novita_desktop.ui.tasks import answer_of


class InputSources(QObject):
    """Serves one open table of inputs; `preset_id` is that of the form, if it has any."""

    def __init__(
        self, context: PageContext, table: ComparisonInputs, preset_id: int | None
    ) -> None:
        super().__init__(table)
        self._context, self._table, self._preset_id = context, table, preset_id
        table.file_requested.connect(lambda: context.tasks.start(self._ask_for_file()))
        table.history_requested.connect(lambda: context.tasks.start(self._ask_history()))

    async def _ask_for_file(self) -> None:
        dialog = QFileDialog(self._table, self.tr("Open a table of inputs"))
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.setNameFilters(
            [self.tr("Tables (*.csv *.tsv *.tab *.txt)"), self.tr("All files (*)")]
        )
        if await answer_of(dialog) and dialog.selectedFiles():
            await self.take_file(Path(dialog.selectedFiles()[0]))

    async def take_file(self, path: Path) -> None:
        """Show how a file is read, and add its rows; what cannot be read is told in the table."""
        from novita_desktop.services.table_files import (  # noqa: PLC0415  # when one is opened
            open_table,
        )
        from novita_desktop.ui.dialogs.input_file import (  # noqa: PLC0415  # when wanted
            InputFile,
            InputRoom,
        )
        from novita_desktop.ui.dialogs.input_file_words import (  # noqa: PLC0415  # as above
            refusal_words,
        )

        names, call = self._table.names, self._context.bridge.call

        async def read(options: TableOptions) -> TableFile:
            return await call(open_table(path, names, MOST_INPUTS, options))

        self._table.show_problem("")
        try:
            table = await read(TableOptions())
        except InputsFileRefused as error:
            self._table.show_problem(refusal_words(error))
            return
        room = InputRoom(MOST_INPUTS, self._table.room)
        dialog = InputFile(table, names, room, read, self._context.tasks, self._table)
        if await answer_of(dialog):
            self._table.add(dialog.value())

    async def _ask_history(self) -> None:
        from novita_desktop.ui.dialogs.input_file import InputRoom  # noqa: PLC0415  # when wanted
        from novita_desktop.ui.dialogs.input_history import (  # noqa: PLC0415  # when wanted
            InputHistory,
        )

        names, history = self._table.names, self._context.workspace.history
        work = history.filled_values(names, self._preset_id)
        found = await self._context.bridge.call(work)
        if not found:
            self._table.show_problem(
                self.tr("No run of this preset in History has values for these variables yet.")
                if self._preset_id is not None
                else self.tr("No run in History has values for these variables yet.")
            )
            return
        self._table.show_problem("")
        room = InputRoom(MOST_INPUTS, self._table.room)
        dialog = InputHistory(found, names, room, self._table)
        if await answer_of(dialog):
            self._table.add(dialog.value())
