"""One field for each variable of the form, as soon as it is typed."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from itertools import pairwise
from typing import TypeVar

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import QGridLayout, QLabel, QToolButton, QWidget

from novita_desktop.domain import templates
from novita_desktop.domain.errors import InputError
from novita_desktop.domain.prompt_form import PromptForm
from novita_desktop.domain.variable_fields import PLAIN_FIELD, FieldKind, VariableField
from novita_desktop.ui import metrics
from novita_desktop.ui.icons import Icons
from novita_desktop.ui.widgets.buttons import icon_button
from novita_desktop.ui.widgets.elided_label import ElidedLabel
from novita_desktop.ui.widgets.field_words import value_words
from novita_desktop.ui.widgets.form_labels import help_label, problem_label, show_words
from novita_desktop.ui.widgets.given_editor import EditorMeans, GivenEditor, Start
from novita_desktop.ui.widgets.value_editors import ValueEditor, editor_for

T = TypeVar("T")
TOP = Qt.AlignmentFlag.AlignTop

LABEL_PIXELS = 120
ROWS = 4
"""The rows of the grid that one variable takes: its name, its field, its hint, what is wrong."""

STACKED_PIXELS = 380
"""With less width than this, at 100 % text size, names stand above their fields."""


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
    """Edits the variables' values; values of names that went away are kept until they return.

    `settings_requested` has the name of the variable whose field is to be set up.
    """

    changed = Signal(object)
    left = Signal()
    settings_requested = Signal(str)

    def __init__(
        self,
        icons: Icons,
        automatic: Mapping[str, str],
        start: Start,
        parent: QWidget | None = None,
    ) -> None:
        """Show `automatic` names with the words that say what fills them in."""
        super().__init__(parent)
        self._icons = icons
        self._means = EditorMeans(icons, start)
        self._automatic = automatic
        self._names: tuple[str, ...] = ()
        self._values: dict[str, str] = {}
        self._sources: dict[str, str] = {}
        self._fields: dict[str, VariableField] = {}
        self._editors: dict[str, ValueEditor] = {}
        self._problems: dict[str, QLabel] = {}
        self._settings: dict[str, QToolButton] = {}
        self._changed: frozenset[str] = frozenset()
        self._can_set_up = True
        self._image_warning = ""
        self._is_stacked = False
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setColumnStretch(1, 1)
        self._grid.setVerticalSpacing(metrics.SPACE_4)

    def mark_changes(self, names: Collection[str]) -> None:
        """Mark the variables whose fields are asked for otherwise than in the preset."""
        self._changed = frozenset(names)
        self._mark_settings()

    def fit(self, width: int) -> None:
        """Place names beside their fields or above them, for `width` pixels in all."""
        is_stacked = width < metrics.scaled(STACKED_PIXELS)
        if is_stacked != self._is_stacked:
            self._is_stacked = is_stacked
            self._lay_out()

    def set_image_warning(self, words: str) -> None:
        """Say `words` at every field for an image, nothing if they are empty."""
        self._image_warning = words
        for editor in self._editors.values():
            if isinstance(editor, GivenEditor):
                editor.set_image_warning(words)

    def set_can_set_up(self, can_set_up: bool) -> None:  # noqa: FBT001  # a Qt-style setter
        """Say whether fields can be set up here, or only filled in."""
        self._can_set_up = can_set_up
        for button in self._settings.values():
            button.setVisible(can_set_up)

    def names(self) -> tuple[str, ...]:
        """Return the variables that have a field."""
        return self._names

    def set_names(self, names: Sequence[str]) -> None:
        """Show fields for exactly `names`; a renamed variable keeps its value and its field."""
        if tuple(names) == self._names:
            return
        gone = [name for name in self._names if name not in names]
        new = [name for name in names if name not in self._names]
        if len(gone) == len(new) == 1:
            _carry_over(self._values, gone[0], new[0])
            _carry_over(self._sources, gone[0], new[0])
            _carry_over(self._fields, gone[0], new[0])
        self._names = tuple(names)
        self._lay_out()

    def fields(self) -> dict[str, VariableField]:
        """Return how the variables are asked for, as far as that was said."""
        return {name: self._fields[name] for name in self._names if name in self._fields}

    def field(self, name: str) -> VariableField:
        """Return how one variable is asked for."""
        return self._fields.get(name, PLAIN_FIELD)

    def set_fields(self, fields: Mapping[str, VariableField]) -> None:
        """Ask for the variables as `fields` say, also for those that are yet to come."""
        if dict(fields) != self._fields:
            self._fields = dict(fields)
            self._build_anew()

    def set_field(self, name: str, field: VariableField) -> None:
        """Ask for one variable otherwise, because the person said so."""
        self.set_fields({**self._fields, name: field})
        self.changed.emit(self.value())

    def value(self) -> dict[str, str]:
        """Return the values that are filled in.

        An empty field is left out, so that running the form names it instead of sending nothing.
        """
        filled = ((name, self._values.get(name, "")) for name in self._names)
        return {name: value for name, value in filled if value and name not in self._automatic}

    def sources(self) -> dict[str, str]:
        """Return the names of the files that values came from, or came from the last time."""
        return {
            name: self._sources[name]
            for name, editor in self._editors.items()
            if isinstance(editor, GivenEditor) and self._sources.get(name)
        }

    def set_value(self, values: Mapping[str, str]) -> None:
        """Show `values`, also for variables that are yet to come."""
        self._values.update(values)
        for name in values:
            self._sources.pop(name, None)
        self._show_values()

    def show_fields(
        self,
        names: Sequence[str],
        fields: Mapping[str, VariableField],
        values: Mapping[str, str],
        sources: Mapping[str, str],
    ) -> None:
        """Show the fields of another form in the place of those that stand here."""
        self._values, self._sources = dict(values), dict(sources)
        if tuple(names) == self._names and dict(fields) == self._fields:
            self._show_values()
            return
        self._names = tuple(names)
        self._fields = dict(fields)
        self._build_anew()

    def has_field(self, name: str) -> bool:
        """Return whether a person fills in the variable `name` here."""
        return name in self._editors

    def show_problem(self, name: str, text: str) -> bool:
        """Say under the field of `name` what is wrong with it; False when there is no field."""
        editor = self._editors.get(name)
        if editor is None:
            return False
        show_words(self._problems[name], text)
        if text:
            editor.setFocus(Qt.FocusReason.OtherFocusReason)
        return True

    def editors(self) -> tuple[ValueEditor, ...]:
        """Return the fields from top to bottom."""
        return tuple(self._editors[name] for name in self._names if name in self._editors)

    def _show_values(self) -> None:
        for name, editor in self._editors.items():
            with QSignalBlocker(editor):
                self._show_value(name, editor)

    def _show_value(self, name: str, editor: ValueEditor) -> None:
        value = self._values.get(name, "")
        if isinstance(editor, GivenEditor):
            editor.set_value(value, self._sources.get(name, ""))
        else:
            editor.set_value(value)

    def _build_anew(self) -> None:
        """Make every editor again: their kinds may have changed."""
        for editor in self._editors.values():
            editor.setParent(None)
            editor.deleteLater()
        self._editors = {}
        self._lay_out()

    def _lay_out(self) -> None:
        kept = {n: e for n, e in self._editors.items() if n in self._names}
        self._grid.setColumnMinimumWidth(0, 0)
        self._grid.setHorizontalSpacing(0 if self._is_stacked else metrics.SPACE_12)
        while (item := self._grid.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None and widget not in kept.values():
                widget.setParent(None)
                widget.deleteLater()
        self._editors = kept
        self._problems = {}
        self._settings = {}
        for place, name in enumerate(self._names):
            if name in self._automatic:
                self._add_automatic(ROWS * place, name)
            else:
                self._add_field(ROWS * place, name)
        for first, second in pairwise(self.editors()):
            QWidget.setTabOrder(first, second)
        self._mark_settings()

    def _mark_settings(self) -> None:
        for name, button in self._settings.items():
            is_changed = name in self._changed
            self._icons.show_on(button, "settings", "warn" if is_changed else "text")
            words = self.tr("Edited: differs from the preset") if is_changed else ""
            button.setAccessibleDescription(words)
            button.setToolTip(words or button.accessibleName())

    def _add_automatic(self, row: int, name: str) -> None:
        self._place_name(row, _label(name, is_name=True))
        note = help_label(self._automatic[name])
        note.setWordWrap(True)
        if not self._is_stacked:
            note.setContentsMargins(0, metrics.scaled(metrics.SPACE_8), 0, 0)
        self._grid.addWidget(note, row + 1, 1)

    def _add_field(self, row: int, name: str) -> None:
        field = self.field(name)
        label = _label(field.label or name, is_name=not field.label)
        editor = self._editors.get(name) or self._new_editor(name, field)
        label.setBuddy(editor)
        settings = icon_button(
            self._icons, "settings", self.tr("Settings of {name}").format(name=name)
        )
        settings.clicked.connect(lambda: self.settings_requested.emit(name))
        settings.setVisible(self._can_set_up)
        self._settings[name] = settings
        problem = problem_label()
        self._problems[name] = problem
        self._place_name(row, label)
        self._grid.addWidget(editor, row + 1, 1)
        self._grid.addWidget(settings, row + 1, 2, TOP)
        if field.hint:
            hint = help_label(field.hint)
            hint.setWordWrap(True)
            self._grid.addWidget(hint, row + 2, 1)
        self._grid.addWidget(problem, row + 3, 1)

    def _place_name(self, row: int, label: QLabel) -> None:
        """Put a name above its field, or beside it at the height of the field's text."""
        if self._is_stacked:
            label.setContentsMargins(0, metrics.SPACE_4 if row else 0, 0, 0)
            self._grid.addWidget(label, row, 1)
            return
        width = metrics.scaled(LABEL_PIXELS)
        label.setFixedWidth(width)
        # A label that gives way has no width of its own for the layout: the column has.
        self._grid.setColumnMinimumWidth(0, width)
        label.setContentsMargins(0, metrics.scaled(metrics.SPACE_8), 0, 0)
        self._grid.addWidget(label, row + 1, 0, TOP)

    def _new_editor(self, name: str, field: VariableField) -> ValueEditor:
        editor = editor_for(field, self._empty_words(field), self._means, self)
        editor.setAccessibleName(name)
        if isinstance(editor, GivenEditor):
            editor.name_after(name)
            editor.set_image_warning(self._image_warning)
        editor.setAccessibleDescription(field.hint or field.label)
        self._show_value(name, editor)
        editor.changed.connect(lambda text: self._keep(name, text))
        editor.left.connect(self.left)
        self._editors[name] = editor
        return editor

    def _empty_words(self, field: VariableField) -> str:
        """Return what an empty field says."""
        if field.default:
            return self.tr("If empty: {value}").format(value=value_words(field, field.default))
        if not field.is_required:
            return self.tr("May stay empty")
        return self.tr("Year-month-day") if field.kind is FieldKind.DATE else ""

    def _keep(self, name: str, text: str) -> None:
        self._values[name] = text
        editor = self._editors.get(name)
        self._sources[name] = editor.source() if isinstance(editor, GivenEditor) else ""
        problem = self._problems.get(name)
        if problem is not None:
            problem.hide()
        self.changed.emit(self.value())


def _carry_over(kept: dict[str, T], old: str, new: str) -> None:
    if old in kept:
        kept.setdefault(new, kept[old])


def _label(text: str, *, is_name: bool) -> QLabel:
    label = ElidedLabel(text)
    if is_name:
        label.setProperty("face", "mono")
    return label
