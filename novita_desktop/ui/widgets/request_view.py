"""A request as text to read and as its exact JSON: what will be sent, and what was sent."""

from __future__ import annotations

from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QVBoxLayout, QWidget

from novita_desktop.services.preview import Preview
from novita_desktop.ui.input_messages import input_problem
from novita_desktop.ui.tasks import Tasks
from novita_desktop.ui.widgets.form_labels import chip_button
from novita_desktop.ui.widgets.json_text_view import JsonTextView, Reading
from novita_desktop.ui.widgets.request_text import read_request, request_sections


class RequestView(QWidget):
    """Shows the form's request before a run, and the shown run's afterwards; both can be seen."""

    def __init__(self, tasks: Tasks, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._next = Preview()
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
        self._as_text = chip_button(
            self.tr("As text"), self.tr("Show the message as the model reads it")
        )
        self._as_json = chip_button(self.tr("As JSON"), self.tr("Show the exact request"))
        forms = QButtonGroup(self)
        for button in (self._as_text, self._as_json):
            forms.addButton(button)
            row.addWidget(button)
        self.json = JsonTextView(tasks, self.tr("Request"))
        reading = Reading(read_request, request_sections)
        self.text = JsonTextView(tasks, self.tr("Request as text"), reading=reading)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(row)
        layout.addWidget(self.json, 1)
        layout.addWidget(self.text, 1)
        self._will.setChecked(True)
        self._was.setEnabled(False)
        self._as_json.setChecked(True)
        group.buttonToggled.connect(self._show)
        forms.buttonToggled.connect(self._show)
        self._show()

    def show_next(self, found: Preview) -> None:
        """Take the request that would be sent now, or the problem that keeps it back."""
        self._next = found
        self._show()

    def preview(self) -> None:
        """Show what will be sent, to be read."""
        self._as_text.setChecked(True)
        self.look_ahead()

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
        is_text = self._as_text.isChecked()
        self.text.setVisible(is_text)
        self.json.setVisible(not is_text)
        if self._was.isChecked():
            self.text.show_json(self.tr("This was sent."), self._sent)
            self.json.show_json(self.tr("This was sent, with the key added."), self._sent)
        elif self._next.problem is not None:
            words = self.tr("Nothing can be sent yet. {problem}")
            title = words.format(problem=input_problem(self._next.problem))
            self.text.show_json(title, self._next.partial_json, is_problem=True)
            self.json.show_json(title, "", is_problem=True)
        else:
            self.text.show_json(self.tr("Pressing Run sends this."), self._next.body_json)
            self.json.show_json(self.tr("Exactly this, with the key added."), self._next.body_json)
