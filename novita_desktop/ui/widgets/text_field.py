"""A message editor with its label, help, and the button that makes a field of selected words."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from novita_desktop.ui.widgets.edited_mark import EditedMark
from novita_desktop.ui.widgets.form_labels import (
    link_button,
    problem_label,
    short_help,
    show_invalid,
    show_words,
    title_label,
)
from novita_desktop.ui.widgets.message_editor import MessageEditor


class TextField(QWidget):
    """Edits a text of the form; what is wrong with it stands below, in words."""

    def __init__(
        self, title: str, help_text: str, editor: MessageEditor, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.editor = editor
        editor.setAccessibleName(title)
        self._hint = short_help(self.tr("{{ name }} adds a field"))
        policy = QSizePolicy.Policy
        self._hint.setSizePolicy(policy.Maximum, policy.Preferred)
        self._make_field = link_button(self.tr("Make this a field"))
        self._make_field.setToolTip(
            self.tr("Turn the selected words into a field that you fill in for each run")
        )
        self._make_field.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._make_field.hide()
        self._make_field.clicked.connect(editor.make_field)
        self._problem = problem_label()
        head = QHBoxLayout()
        self._mark = EditedMark(head)
        head.setSpacing(8)
        head.addWidget(title_label(title, editor))
        head.addWidget(short_help(help_text), 1)
        head.addWidget(self._hint)
        head.addWidget(self._make_field)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        layout.addLayout(head)
        layout.addWidget(editor)
        layout.addWidget(self._problem)
        editor.selection_changed.connect(self._offer_field)
        editor.changed.connect(lambda: self.show_problem(""))

    def show_problem(self, text: str) -> None:
        """Say what is wrong with the text; an empty text takes it away."""
        show_words(self._problem, text)
        show_invalid(self.editor, is_invalid=bool(text))

    def mark_changed(self, *, is_changed: bool) -> None:
        """Say beside the label whether the text differs from its preset."""
        self._mark.show(is_edited=is_changed)

    def _offer_field(self, has_selection: bool) -> None:  # noqa: FBT001  # a signal's argument
        self._hint.setVisible(not has_selection)
        self._make_field.setVisible(has_selection)
