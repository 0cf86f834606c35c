"""What a person marks a run with: a star and a note; and the button that deletes it."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QPushButton, QWidget

from novita_desktop.domain.runs import RunSummary
from novita_desktop.ui import metrics
from novita_desktop.ui.icons import Icons
from novita_desktop.ui.widgets.buttons import icon_button

MOST_NOTE_CHARACTERS = 2_000


class RunMarks(QWidget):
    """Shows the marks of one run; `noted` comes with its id and a note once it is written.

    `delete` is the button that deletes or restores the run, for a place among other buttons.
    """

    starred = Signal(int, bool)
    noted = Signal(int, str)
    delete_pressed = Signal(int)
    restore_pressed = Signal(int)

    def __init__(self, icons: Icons, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._icons = icons
        self._run: RunSummary | None = None
        self._star = icon_button(icons, "star", self.tr("Star"))
        self._star.setCheckable(True)
        self._star.clicked.connect(self._tell_star)
        self._note = QLineEdit()
        self._note.setAccessibleName(self.tr("Note"))
        self._note.setPlaceholderText(self.tr("Note"))
        self._note.setMaxLength(MOST_NOTE_CHARACTERS)
        self._note.editingFinished.connect(self._tell_note)
        self.delete = QPushButton()
        self.delete.clicked.connect(self._tell_delete)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(metrics.SPACE_8)
        row.addWidget(self._star)
        row.addWidget(self._note, 1)

    def show_run(self, run: RunSummary) -> None:
        """Show a run's marks; a note that is being written to the same run stays."""
        is_same = self._run is not None and self._run.id == run.id
        if not is_same:
            self._tell_note()
        self._run = run
        self._star.setChecked(run.is_starred)
        self._show_star()
        if not (is_same and self._note.hasFocus()):
            self._note.setText(run.note)
            self._note.setCursorPosition(0)
        is_deleted = run.deleted_at is not None
        self.delete.setText(self.tr("Restore") if is_deleted else self.tr("Delete"))
        self.delete.setToolTip(
            self.tr("Bring this run back")
            if is_deleted
            else self.tr("Put this run in the bin; it is gone after 30 days")
        )
        self.delete.setEnabled(run.status.is_over)

    def show_nothing(self) -> None:
        """Forget the run; a note that was being written is told first."""
        self._tell_note()
        self._run = None

    def _show_star(self) -> None:
        is_on = self._star.isChecked()
        self._icons.show_on(
            self._star, "star-filled" if is_on else "star", "warn" if is_on else "text"
        )

    def _tell_star(self) -> None:
        self._show_star()
        if self._run is not None:
            self.starred.emit(self._run.id, self._star.isChecked())

    def _tell_note(self) -> None:
        run, note = self._run, self._note.text().strip()
        if run is not None and note != run.note:
            self.noted.emit(run.id, note)

    def _tell_delete(self) -> None:
        if self._run is None:
            return
        if self._run.deleted_at is None:
            self.delete_pressed.emit(self._run.id)
        else:
            self.restore_pressed.emit(self._run.id)
