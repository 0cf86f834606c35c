"""One field for each variable of the form, as soon as it is typed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import QGridLayout, QLabel, QWidget

from novita_desktop.domain import templates
from novita_desktop.domain.errors import InputError
from novita_desktop.domain.prompt_form import PromptForm
from novita_desktop.ui import metrics
from novita_desktop.ui.widgets.elided_label import ElidedLabel
from novita_desktop.ui.widgets.form_labels import help_label, problem_label, show_words
from novita_desktop.ui.widgets.message_editor import MessageEditor

LABEL_PIXELS = 120


def names_in(form: PromptForm, before: Sequence[str]) -> tuple[str, ...]:
    """Return the variables of `form`, in the order they first appear.

    A text whose braces are not closed yet keeps those it had `before`, so that fields do not
    come and go under the person's hands.
    """
    found: dict[str, None] = {}
    for text in (form.model, form.system, form.message, *form.inputs.values()):
        try:
            found.update(dict.fromkeys(templates.variables_of(text)))
        except InputError:
            found.update(dict.fromkeys(name for name in before if name in text))
    return tuple(found)


class VariablesForm(QWidget):
    """Edits the variables' values; values of names that went away are kept until they return."""

    changed = Signal(object)
    left = Signal()

    def __init__(self, automatic: Mapping[str, str], parent: QWidget | None = None) -> None:
        """Show `automatic` names with the words that say what fills them in."""
        super().__init__(parent)
        self._automatic = automatic
        self._names: tuple[str, ...] = ()
        self._values: dict[str, str] = {}
        self._editors: dict[str, MessageEditor] = {}
        self._problems: dict[str, QLabel] = {}
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setColumnStretch(1, 1)
        self._grid.setVerticalSpacing(8)

    def names(self) -> tuple[str, ...]:
        """Return the variables that have a field."""
        return self._names

    def set_names(self, names: Sequence[str]) -> None:
        """Show fields for exactly `names`; a renamed variable keeps its value."""
        if tuple(names) == self._names:
            return
        gone = [name for name in self._names if name not in names]
        new = [name for name in names if name not in self._names]
        if len(gone) == len(new) == 1 and new[0] not in self._values and gone[0] in self._values:
            self._values[new[0]] = self._values[gone[0]]
        self._names = tuple(names)
        self._lay_out()

    def value(self) -> dict[str, str]:
        """Return the values that are filled in.

        An empty field is left out, so that running the form names it instead of sending nothing.
        """
        filled = ((name, self._values.get(name, "")) for name in self._names)
        return {name: value for name, value in filled if value and name not in self._automatic}

    def set_value(self, values: Mapping[str, str]) -> None:
        """Show `values`, also for variables that are yet to come."""
        self._values.update(values)
        for name, editor in self._editors.items():
            with QSignalBlocker(editor):
                editor.set_value(self._values.get(name, ""))

    def show_problem(self, name: str, text: str) -> bool:
        """Say under the field of `name` what is wrong with it; False when there is no field."""
        editor = self._editors.get(name)
        if editor is None:
            return False
        problem = self._problems[name]
        show_words(problem, text)
        if text:
            editor.setFocus(Qt.FocusReason.OtherFocusReason)
        return True

    def editors(self) -> tuple[MessageEditor, ...]:
        """Return the fields from top to bottom."""
        return tuple(self._editors[name] for name in self._names if name in self._editors)

    def _lay_out(self) -> None:
        kept = {n: e for n, e in self._editors.items() if n in self._names}
        while (item := self._grid.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None and widget not in kept.values():
                widget.setParent(None)
                widget.deleteLater()
        self._editors = kept
        self._problems = {}
        for place, name in enumerate(self._names):
            row = 2 * place
            label = ElidedLabel(name)
            label.setProperty("face", "mono")
            label.setFixedWidth(metrics.scaled(LABEL_PIXELS))
            label.setContentsMargins(0, metrics.scaled(metrics.SPACE_8), 0, 0)
            self._grid.addWidget(label, row, 0, Qt.AlignmentFlag.AlignTop)
            if name in self._automatic:
                note = help_label(self._automatic[name])
                note.setWordWrap(True)
                note.setContentsMargins(0, metrics.scaled(metrics.SPACE_8), 0, 0)
                self._grid.addWidget(note, row, 1)
                continue
            editor = self._editors.get(name) or self._new_editor(name)
            label.setBuddy(editor)
            problem = problem_label()
            self._problems[name] = problem
            self._grid.addWidget(editor, row, 1)
            self._grid.addWidget(problem, row + 1, 1)
        fields = self.editors()
        for first, second in pairwise(fields):
            QWidget.setTabOrder(first, second)

    def _new_editor(self, name: str) -> MessageEditor:
        editor = MessageEditor(self, least_lines=1, most_lines=8)
        editor.setAccessibleName(name)
        editor.set_value(self._values.get(name, ""))
        editor.changed.connect(lambda text: self._keep(name, text))
        editor.left.connect(self.left)
        self._editors[name] = editor
        return editor

    def _keep(self, name: str, text: str) -> None:
        self._values[name] = text
        problem = self._problems.get(name)
        if problem is not None:
            problem.hide()
        self.changed.emit(self.value())
