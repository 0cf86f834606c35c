"""The sampling parameters: four that people use, and the rest under "More"."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from novita_desktop.domain.catalogue import SUGGESTED_MAX_TOKENS, Ability, Model
from novita_desktop.domain.errors import InputError
from novita_desktop.domain.requests import FormatKind
from novita_desktop.ui import formatting
from novita_desktop.ui.icons import Icons
from novita_desktop.ui.widgets.chip import Chip
from novita_desktop.ui.widgets.choice_field import ChoiceField
from novita_desktop.ui.widgets.field_frame import InputField
from novita_desktop.ui.widgets.fold import Fold
from novita_desktop.ui.widgets.form_labels import link_button, section_label
from novita_desktop.ui.widgets.more_options import NAMES, MoreOptions
from novita_desktop.ui.widgets.parameter_field import Explain, ParameterField, ParameterWords
from novita_desktop.ui.widgets.run_rules_editor import RunRules, RunRulesEditor
from novita_desktop.ui.widgets.schema_editor import SchemaEditor

TWO_COLUMNS_CHARACTERS = 56
"""From this many characters of width on, two fields stand side by side."""

TOP = Qt.AlignmentFlag.AlignTop
JSON_KINDS = (FormatKind.JSON_OBJECT.value, FormatKind.JSON_SCHEMA.value)


class ParametersEditor(QWidget):
    """Edits all inputs but the texts, by wire name, and the form's run rules.

    What stands under "More" is built when it is unfolded or has something to show: most people
    never see it, and it is half of the form.
    """

    changed = Signal()

    def __init__(self, icons: Icons, explain: Explain, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._explain = explain
        self._columns = 0
        self._temperature = ParameterField(
            "temperature",
            ParameterWords(self.tr("Temperature"), self.tr("higher is more varied")),
            explain,
            slider_rest=1.0,
        )
        self._top_p = ParameterField(
            "top_p", ParameterWords(self.tr("Top P"), self.tr("0 to 1")), explain, slider_rest=1.0
        )
        self._max_tokens = ParameterField(
            "max_tokens", ParameterWords(self.tr("Max tokens")), explain
        )
        self._format = self._format_field()
        self._schema = SchemaEditor(explain)
        self._under_more: tuple[MoreOptions, RunRulesEditor] | None = None
        self.more = Fold(icons, self.tr("More"))
        self.more.toggled.connect(lambda is_open: self._built_more() if is_open else None)
        self._basic: tuple[InputField, ...] = (
            self._temperature,
            self._top_p,
            self._max_tokens,
            self._format,
        )
        self._build()
        for field in self._basic:
            field.changed.connect(self._tell)
        self._schema.changed.connect(self._tell)
        self.set_model(None)
        self._show_changes()

    def value(self) -> dict[str, str]:
        """Return the inputs that are set, as texts by wire name."""
        texts = {field.name: field.value() for field in self._basic}
        if self._asks_for_schema():
            texts["response_schema"] = self._schema.value()
        found = {name: text for name, text in texts.items() if text is not None}
        return found if self._under_more is None else {**found, **self._under_more[0].value()}

    def rules(self) -> RunRules:
        """Return the form's retry policy and time limits."""
        return RunRules() if self._under_more is None else self._under_more[1].value()

    def set_value(self, inputs: Mapping[str, str], rules: RunRules) -> None:
        """Show `inputs` and `rules`; inputs that are missing are at the model's default."""
        with QSignalBlocker(self):
            for field in self._basic:
                field.set_value(inputs.get(field.name))
            self._schema.set_value(inputs.get("response_schema"))
            if self._under_more is not None or rules != RunRules() or NAMES & set(inputs):
                options, rules_editor = self._built_more()
                options.set_value(inputs)
                rules_editor.set_value(rules)
        self._show_changes()

    def mark_changes(self, names: Collection[str]) -> None:
        """Mark the inputs that differ from the preset."""
        for field in self._basic:
            is_schema = field is self._format and "response_schema" in names
            field.mark_changed(is_changed=field.name in names or is_schema)
        if self._under_more is not None or NAMES & set(names):
            self._built_more()[0].mark_changes(names)

    def set_model(self, model: Model | None) -> None:
        """Go by what `model` can do; None when the catalogue does not know it."""
        number = formatting.whole
        suggested = model.suggested_max_tokens if model else SUGGESTED_MAX_TOKENS
        limit = model.output_limit if model else None
        self._max_tokens.set_limit(limit)
        self._max_tokens.set_help(self.tr("up to {n}").format(n=number(limit)) if limit else "")
        self._max_tokens.set_unset_words(
            self.tr("Suggested value, sent: {n}").format(n=number(suggested)), number(suggested)
        )
        can_json = model is None or Ability.JSON in model.abilities
        self._format.refuse(
            () if can_json else JSON_KINDS, self.tr("This model does not offer JSON answers.")
        )

    def show_problem(self, error: InputError) -> bool:
        """Say at the field that `error` names what is wrong and go there; False if elsewhere."""
        words = self._explain(error)
        if error.field == "response_schema":
            self._schema.show_problem(words)
            self._schema.setFocus(Qt.FocusReason.OtherFocusReason)
            return True
        basic = next((field for field in self._basic if field.name == error.field), None)
        under_more = self._built_more()[0] if error.field in NAMES else None
        field = under_more.field(error.field) if under_more is not None else basic
        if field is None:
            return False
        if basic is None:
            self.more.set_open(is_open=True)
        field.set_problem(words)
        field.focus_input()
        return True

    def show_refusal(self, name: str, words: str) -> None:
        """Mark the input that the host refused, and no other; the focus stays where it is."""
        if self._under_more is None and name in NAMES:
            self._built_more()
        for field in self._basic:
            field.show_refusal(words if field.name == name else "")
        if self._under_more is not None:
            self._under_more[0].show_refusal(name, words)
            if name in NAMES:
                self.more.set_open(is_open=True)

    def changed_count(self) -> int:
        """Return how many inputs differ from the model's defaults."""
        rules = self.rules()
        inputs = len(self.value()) - ("response_schema" in self.value())
        return inputs + (rules.retry_policy is not None) + (rules.time_limits is not None)

    def reset(self) -> None:
        """Put every input back at the model's default."""
        self.set_value({}, RunRules())
        self.changed.emit()

    def fit(self, width: int) -> None:
        """Place the fields in one or two columns, for `width` pixels in all."""
        needed = self.fontMetrics().horizontalAdvance("x") * TWO_COLUMNS_CHARACTERS
        columns = 2 if width >= needed else 1
        self._place_fields(columns)
        if self._under_more is not None:
            self._under_more[0].place_fields(columns)

    def _build(self) -> None:
        self._count = Chip()
        self._reset = link_button(self.tr("Reset"), self.tr("Reset all to the model's defaults"))
        self._reset.clicked.connect(self.reset)
        head = QHBoxLayout()
        head.addWidget(section_label(self.tr("Sampling")))
        head.addWidget(self._count)
        head.addStretch(1)
        head.addWidget(self._reset)
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(20)
        self._grid.setVerticalSpacing(8)
        self._place_fields(2)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        layout.addLayout(head)
        layout.addLayout(self._grid)
        layout.addWidget(self._schema)
        layout.addWidget(self.more)

    def _built_more(self) -> tuple[MoreOptions, RunRulesEditor]:
        if self._under_more is None:
            options, rules = MoreOptions(self._explain, self.more), RunRulesEditor(self.more)
            options.place_fields(self._columns)
            for part in (options, section_label(self.tr("Retries and time limits")), rules):
                self.more.body_layout.addWidget(part)
            self._order_focus()
            options.changed.connect(self._tell)
            rules.changed.connect(self._tell)
            self._under_more = options, rules
        return self._under_more

    def _order_focus(self) -> None:
        """Have the focus go on from "More" to what was built under it."""
        before: QWidget = self.more.button
        window = before.window()
        for widget in self.more.findChildren(QWidget):
            takes_tab = bool(widget.focusPolicy() & Qt.FocusPolicy.TabFocus)
            is_whole = widget.focusProxy() is None and widget.window() is window  # no combo's list
            if takes_tab and is_whole and widget is not before:
                QWidget.setTabOrder(before, widget)
                before = widget

    def _format_field(self) -> ChoiceField:
        choices = (
            (FormatKind.TEXT.value, self.tr("Text")),
            (FormatKind.JSON_OBJECT.value, self.tr("Any JSON")),
            (FormatKind.JSON_SCHEMA.value, self.tr("A table I describe")),
        )
        words = ParameterWords(self.tr("Response format"))
        return ChoiceField("response_format", words, choices)

    def _place_fields(self, columns: int) -> None:
        if columns == self._columns:
            return
        self._columns = columns
        for field in self._basic:
            self._grid.removeWidget(field)
        for place, field in enumerate(self._basic):
            self._grid.addWidget(field, place // columns, place % columns, TOP)
        for column in range(2):
            self._grid.setColumnStretch(column, 1 if column < columns else 0)

    def _asks_for_schema(self) -> bool:
        return self._format.value() == FormatKind.JSON_SCHEMA.value

    def _tell(self) -> None:
        self._show_changes()
        self.changed.emit()

    def _show_changes(self) -> None:
        count = self.changed_count()
        self._count.setText(self.tr("{n} changed").format(n=count))
        self._count.setVisible(bool(count))
        self._reset.setVisible(bool(count))
        self._schema.setVisible(self._asks_for_schema())
