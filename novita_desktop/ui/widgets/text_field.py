"""A message editor with its label, help, and the button that makes a field of selected words."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QToolButton, QVBoxLayout, QWidget

from novita_desktop.ui.widgets.message_editor import MessageEditor


class TextField(QWidget):
    """Edits a text of the form; what is wrong with it stands below, in words."""

    def __init__(
        self, title: str, help_text: str, editor: MessageEditor, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.editor = editor
        editor.setAccessibleName(title)
        label = QLabel(title)
        label.setProperty("role", "label")
        label.setBuddy(editor)
        help_label = QLabel(help_text)
        help_label.setProperty("role", "help")
        hint = QLabel(self.tr("{{ name }} adds a field"))
        hint.setProperty("role", "help")
        self._hint = hint
        self._make_field = QToolButton()
        self._make_field.setText(self.tr("Make this a field"))
        self._make_field.setToolTip(
            self.tr("Turn the selected words into a field that you fill in for each run")
        )
        self._make_field.setProperty("role", "link")
        self._make_field.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._make_field.hide()
        self._make_field.clicked.connect(editor.make_field)
        self._problem = QLabel()
        self._problem.setProperty("role", "error")
        self._problem.setWordWrap(True)
        self._problem.hide()
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(label)
        head.addWidget(help_label)
        head.addStretch(1)
        head.addWidget(hint)
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
        self._problem.setText(text)
        self._problem.setVisible(bool(text))

    def _offer_field(self, has_selection: bool) -> None:  # noqa: FBT001  # a signal's argument
        self._hint.setVisible(not has_selection)
        self._make_field.setVisible(has_selection)
