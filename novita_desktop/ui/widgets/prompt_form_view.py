"""The form: model, texts, pictures, variables, parameters."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from PySide6.QtCore import QMimeData, QSignalBlocker, Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget
from typing_extensions import override

from novita_desktop.domain import templates
from novita_desktop.domain.catalogue import Ability, Model
from novita_desktop.domain.errors import InputError
from novita_desktop.domain.prompt_form import PromptForm
from novita_desktop.domain.requests import PresetUse
from novita_desktop.ui import metrics
from novita_desktop.ui.icons import Icons
from novita_desktop.ui.widgets.attachments import Attachments, Start
from novita_desktop.ui.widgets.form_labels import help_label, link_button, section_label, show_words
from novita_desktop.ui.widgets.message_editor import MessageEditor
from novita_desktop.ui.widgets.model_button import ModelButton
from novita_desktop.ui.widgets.parameter_field import Explain
from novita_desktop.ui.widgets.parameters_editor import ParametersEditor
from novita_desktop.ui.widgets.run_rules_editor import RunRules
from novita_desktop.ui.widgets.text_field import TextField
from novita_desktop.ui.widgets.variables_form import VariablesForm

MARGIN, GAP = 20, 14
PROBLEM_PIXELS = 60
"""Room for the words below an input that is wrong."""

TEMPLATE_PROBLEMS = frozenset({"bad_template", "template_too_large"})
"""Faults of a text itself, whatever its variables are."""

VARIABLE_PREFIX = "variable:"


class PromptFormView(QScrollArea):
    """Edits a prompt form; `changed` tells that something was edited, `left` that a text was.

    `field_settings_requested` has the name of a variable whose field is to be set up. While only
    the variables' fields are shown, `build_needed` tells of a fault that lies elsewhere. `preview`
    is the button below the fields, hidden until somebody can show what will be sent.
    """

    changed = Signal()
    left = Signal()
    field_settings_requested = Signal(str)
    build_needed = Signal()

    def __init__(
        self,
        icons: Icons,
        button: ModelButton,
        explain: Explain,
        start: Start,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._explain = explain
        self._model: Model | None = None
        self._preset: PresetUse | None = None
        self._is_filling = False
        self.model_button = button
        self.system = MessageEditor(least_lines=2, most_lines=10)
        self.message = MessageEditor(least_lines=5, most_lines=18)
        self._system_field = TextField(
            self.tr("System prompt"), self.tr("optional · how the model should behave"), self.system
        )
        self._message_field = TextField(self.tr("Message"), "", self.message)
        self._attachments = Attachments(start)
        self._about = help_label()
        self._about.setWordWrap(True)
        self._about.setTextFormat(Qt.TextFormat.PlainText)
        self._about.hide()
        self._variables_title = section_label(self.tr("Variables"))
        self.variables = VariablesForm(icons, self._automatic_words(), start)
        self.preview = link_button(self.tr("Preview what will be sent"))
        self.preview.setToolTip(self.tr("Read the message with the fields filled in"))
        self.preview.hide()
        self._below_fields = QWidget()
        self.parameters = ParametersEditor(icons, explain)
        self._build()
        self._connect()
        self._show_variables(())
        self.set_model(None)

    def value(self) -> PromptForm:
        """Return the form as it stands."""
        rules = self.parameters.rules()
        return PromptForm(
            model=self.model_button.value(),
            system=self.system.value(),
            message=self.message.value(),
            inputs=self.parameters.value(),
            values=self.variables.value(),
            images=self._attachments.value(),
            retry_policy=rules.retry_policy,
            time_limits=rules.time_limits,
            fields=self.variables.fields(),
            preset=self._preset,
            sources=self.variables.sources(),
        )

    def set_value(self, form: PromptForm, names: Sequence[str] | None = None) -> None:
        """Show `form`; texts that stood there can be brought back with Undo.

        `names` are its variables where they are known; fields that differ are built once then.
        """
        self._preset = form.preset
        with QSignalBlocker(self):
            self.model_button.set_value(form.model)
            self.system.set_value(form.system)
            self.message.set_value(form.message)
            known = self.variables.names() if names is None else names
            self.variables.show_fields(known, form.fields, form.values, form.sources)
            self._show_variables(known)
            self.parameters.set_value(form.inputs, RunRules(form.retry_policy, form.time_limits))
            self._attachments.set_value(form.images)
            self._show_attachments()
        self.clear_problems()

    @property
    def preset(self) -> PresetUse | None:
        """What the form was opened from, None for a form of its own."""
        return self._preset

    def set_preset(self, preset: PresetUse | None) -> None:
        """Take the form for a copy of `preset` from now on."""
        self._preset = preset

    def mark_changes(self, names: Collection[str]) -> None:
        """Mark the inputs that differ from the preset, by wire name and `variable:NAME`."""
        self.model_button.mark_changed(is_changed="model" in names)
        self._system_field.mark_changed(is_changed="system" in names)
        self._message_field.mark_changed(is_changed="message" in names)
        self.parameters.mark_changes(names)
        variables = [name for name in names if name.startswith(VARIABLE_PREFIX)]
        self.variables.mark_changes([name.removeprefix(VARIABLE_PREFIX) for name in variables])

    def set_model(self, model: Model | None) -> None:
        """Go by what the chosen model can do; None when the catalogue does not know it."""
        self._model = model
        self.parameters.set_model(model)
        self._show_attachments()

    def set_variables(self, names: Sequence[str]) -> None:
        """Show a field for each of the form's variables."""
        self._show_variables(names)

    def show_problem(self, error: InputError) -> None:
        """Say at the input that `error` names what is wrong with it, and go there."""
        self._show_problem(error)
        focus: QWidget | None = self.focusWidget()
        if focus is not None:
            # Its words stand below it.
            self.ensureWidgetVisible(focus, 0, metrics.scaled(PROBLEM_PIXELS))

    def _show_problem(self, error: InputError) -> None:
        words = self._explain(error)
        self.clear_problems()
        if any(self.variables.show_problem(name, words) for name in self._names_behind(error)):
            return
        if self._is_filling:
            self.build_needed.emit()
        if self.parameters.show_problem(error):
            return
        if error.field == "images":
            self._attachments.setVisible(True)
            self._attachments.show_problem(words)
        elif error.field == "model":
            self.model_button.show_problem(words)
        elif error.field == "system":
            self._system_field.show_problem(words)
            self.system.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self._message_field.show_problem(words)
            self.message.setFocus(Qt.FocusReason.OtherFocusReason)

    def _names_behind(self, error: InputError) -> tuple[str, ...]:
        """Return the variables whose values can be at fault, the first of them alone if several."""
        if error.field.startswith(VARIABLE_PREFIX):
            return (error.field.removeprefix(VARIABLE_PREFIX),)
        form = self.value()
        texts = {"model": form.model, "system": form.system, "message": form.message}
        text = {**texts, **form.inputs}.get(error.field, "")
        if error.problem in TEMPLATE_PROBLEMS or not templates.has_whole_marks(text):
            return ()
        names = [name for name in templates.variables_of(text) if self.variables.has_field(name)]
        return tuple(names[:1])

    def show_refusal(self, name: str, words: str) -> None:
        """Mark the parameter that the host refused; an empty name takes the mark away."""
        self.parameters.show_refusal(name, words)

    def clear_problems(self) -> None:
        """Take away what was wrong."""
        self.show_refusal("", "")
        self.model_button.show_problem("")
        self._system_field.show_problem("")
        self._message_field.show_problem("")
        for name in self.variables.names():
            self.variables.show_problem(name, "")

    def set_filling(self, *, is_filling: bool, words: str = "") -> None:
        """Show the variables' fields alone, below `words` about the preset, or the whole form."""
        show_words(self._about, words if is_filling else "")
        if is_filling == self._is_filling:
            return
        self._is_filling = is_filling
        for part in (
            self.model_button,
            self._system_field,
            self._message_field,
            self._variables_title,
            self.parameters,
        ):
            part.setVisible(not is_filling)
        self.variables.set_can_set_up(not is_filling)

    def focus_first(self) -> None:
        """Go to where typing goes on: the first empty field, or else the message."""
        if not self._is_filling:
            self.message.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        editors = self.variables.editors()
        empty = (editor for editor in editors if not editor.value())
        first = next(empty, editors[0] if editors else None)
        if first is not None:
            first.setFocus(Qt.FocusReason.OtherFocusReason)

    def is_composing(self) -> bool:
        """Return whether something is still on its way in: a word of an input method, a picture.

        What is run then would lack it.
        """
        if self._attachments.is_reading:
            return True
        editors = (self.system, self.message, *self.variables.editors())
        return any(editor.is_composing for editor in editors)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        # Of the viewport: asked for by name, Qt's bindings make every widget class known first.
        width = event.size().width() - 2 * MARGIN
        self.parameters.fit(width)
        self.variables.fit(width)

    @override
    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if self._takes_images() and (event.mimeData().hasUrls() or event.mimeData().hasImage()):
            event.acceptProposedAction()

    @override
    def dropEvent(self, event: QDropEvent) -> None:
        self._attachments.add_mime(event.mimeData())
        event.acceptProposedAction()

    def _build(self) -> None:
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setAcceptDrops(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        inside = QWidget()
        inside.setProperty("role", "page")
        layout = QVBoxLayout(inside)
        layout.setContentsMargins(MARGIN, MARGIN, MARGIN, MARGIN)
        layout.setSpacing(GAP)
        for widget in (
            self.model_button,
            self._system_field,
            self._message_field,
            self._attachments,
            self._about,
            self._variables_title,
            self.variables,
            self._below_fields,
            self.parameters,
        ):
            layout.addWidget(widget)
        below = QHBoxLayout(self._below_fields)
        below.setContentsMargins(0, 0, 0, 0)
        below.addWidget(self.preview)
        below.addStretch(1)
        layout.addStretch(1)
        self.setWidget(inside)

    def _connect(self) -> None:
        for editor in (self.system, self.message):
            editor.changed.connect(self._tell)
            editor.left.connect(self.left)
            editor.field_made.connect(self._keep_value)
        self.message.image_pasted.connect(self._paste)
        self.variables.changed.connect(self._tell)
        self.variables.left.connect(self.left)
        self.variables.settings_requested.connect(self.field_settings_requested)
        self.parameters.changed.connect(self._tell)
        self._attachments.changed.connect(self._tell)
        self.model_button.changed.connect(self._tell)

    def _tell(self) -> None:
        self._show_attachments()
        self.changed.emit()

    def _paste(self, source: QMimeData) -> None:
        self._attachments.add_mime(source)

    def _keep_value(self, name: str, value: str) -> None:
        self.variables.set_value({name: value})

    def _takes_images(self) -> bool:
        return self._model is None or Ability.VISION in self._model.abilities

    def _show_attachments(self) -> None:
        takes = self._takes_images()
        self.message.set_takes_images(takes)
        blind = self.tr("This model does not see images: remove them, or choose another model.")
        self.variables.set_image_warning("" if takes else blind)
        images = self._attachments.value()
        self._attachments.setVisible(bool(images) or (takes and self._model is not None))
        self._attachments.warn(blind if images and not takes else "")

    def _show_variables(self, names: Sequence[str]) -> None:
        self.variables.set_names(names)
        self._variables_title.setVisible(bool(names) and not self._is_filling)
        self.variables.setVisible(bool(names))
        self._below_fields.setVisible(bool(names))

    def _automatic_words(self) -> Mapping[str, str]:
        return {
            "today": self.tr("Automatic: today's date"),
            "now": self.tr("Automatic: the date and time of the run"),
            "user": self.tr("Automatic: your name on this computer"),
            "clipboard": self.tr("Automatic: the clipboard's text, read when you press Run"),
        }
