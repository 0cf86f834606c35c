"""The exact JSON of a request, without the key: what will be sent, and what was sent."""

from __future__ import annotations

from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QVBoxLayout, QWidget

from novita_desktop.ui.tasks import Tasks
from novita_desktop.ui.widgets.form_labels import chip_button
from novita_desktop.ui.widgets.json_text_view import JsonTextView


class RequestView(QWidget):
    """Shows the form's request before a run, and the shown run's afterwards; both can be seen."""

    def __init__(self, tasks: Tasks, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._next: tuple[str, str] = ("", "")
        self._sent = ""
        self._will = chip_button(
            self.tr("What will be sent"), self.tr("The request that pressing Run sends now")
        )
        self._was = chip_button(
            self.tr("What was sent"), self.tr("The request of the run that is shown")
        )
        group = QButtonGroup(self)
        row = QHBoxLayout()
        row.setContentsMargins(12, 12, 12, 0)
        row.setSpacing(4)
        for button in (self._will, self._was):
            group.addButton(button)
            row.addWidget(button)
        row.addStretch(1)
        self.json = JsonTextView(tasks, self.tr("Request"))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(row)
        layout.addWidget(self.json, 1)
        self._will.setChecked(True)
        self._was.setEnabled(False)
        group.buttonToggled.connect(self._show)

    def show_next(self, body: str, problem: str) -> None:
        """Take the request that would be sent now, or the problem that keeps it back."""
        title = self.tr("Nothing can be sent yet. {problem}").format(problem=problem)
        self._next = (title if problem else self.tr("Exactly this, with the key added."), body)
        self._show()

    def show_sent(self, body: str) -> None:
        """Take the request of the run that is shown, and show it; empty for no run."""
        self._sent = body
        self._was.setEnabled(bool(body))
        (self._was if body else self._will).setChecked(True)
        self._show()

    def look_ahead(self) -> None:
        """Show what will be sent: the form was edited."""
        self._will.setChecked(True)

    def _show(self) -> None:
        if self._was.isChecked():
            self.json.show_json(self.tr("This was sent, with the key added."), self._sent)
        else:
            self.json.show_json(*self._next)
