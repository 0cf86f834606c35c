"""The bar above a JSON answer: valid or what is wrong, and the choice of text, tree or table."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from novita_desktop.domain.json_schemas import JsonVerdict
from novita_desktop.ui.widgets.form_labels import chip_button, set_look
from novita_desktop.ui.widgets.json_table import JsonTable, rows_of
from novita_desktop.ui.widgets.json_tree import JsonTree


class JsonAnswer(QWidget):
    """Says whether the answer is the JSON that was asked for, and shows it as tree or table.

    The text itself is shown by the owner: `text_shown` says when.
    """

    text_shown = Signal(bool)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._verdict = QLabel()
        self._verdict.setObjectName("jsonVerdict")
        self._verdict.setWordWrap(True)
        self._group = QButtonGroup(self)
        self._text = self._choice(self.tr("Text"), self.tr("Show the answer as text"))
        self._as_tree = self._choice(self.tr("Tree"), self.tr("Show the answer as a tree"))
        self._as_table = self._choice(self.tr("Table"), self.tr("Show the answer as a table"))
        self._text.setChecked(True)
        self.tree = JsonTree()
        self.table = JsonTable()
        row = QHBoxLayout()
        row.setSpacing(4)
        row.addWidget(self._verdict, 1)
        for button in (self._text, self._as_tree, self._as_table):
            row.addWidget(button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addLayout(row)
        layout.addWidget(self.tree, 1)
        layout.addWidget(self.table, 1)
        self._group.buttonToggled.connect(self._show_choice)
        self._show_choice()

    def show_verdict(self, verdict: JsonVerdict) -> None:
        """Show `verdict` and offer the views that its value allows."""
        set_look(self._verdict, "tone", "danger" if verdict.problem else "accent")
        self._verdict.setText(self._words_for(verdict))
        is_json = verdict.problem != "not_json"
        rows = rows_of(verdict.value) if is_json else None
        self._as_tree.setEnabled(is_json)
        self._as_table.setEnabled(rows is not None)
        if is_json:
            self.tree.set_value(verdict.value)
        if rows is not None:
            self.table.set_rows(rows)
        chosen = self._group.checkedButton()
        if chosen is not None and not chosen.isEnabled():
            self._text.setChecked(True)

    def reset(self) -> None:
        """Go back to the text, for a new answer."""
        self._text.setChecked(True)
        self._verdict.setText("")

    def _words_for(self, verdict: JsonVerdict) -> str:
        match verdict.problem:
            case "":
                return self.tr("Valid JSON")
            case "not_json":
                return self.tr("Not JSON: {detail}").format(detail=verdict.detail)
            case _ if verdict.place:
                return self.tr("Not as described, at {place}: {detail}").format(
                    place=verdict.place, detail=verdict.detail
                )
            case _:
                return self.tr("Not as described: {detail}").format(detail=verdict.detail)

    def _choice(self, words: str, tip: str) -> QPushButton:
        button = chip_button(words, tip)
        self._group.addButton(button)
        return button

    def _show_choice(self) -> None:
        chosen = self._group.checkedButton()
        self.tree.setVisible(chosen is self._as_tree)
        self.table.setVisible(chosen is self._as_table)
        self.text_shown.emit(chosen is self._text)
