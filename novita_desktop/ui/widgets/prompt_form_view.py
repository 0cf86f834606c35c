"""The form: model, texts, pictures, variables, parameters."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QMimeData, QSignalBlocker, Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget
from typing_extensions import override

from novita_desktop.domain.catalogue import Ability, Model
from novita_desktop.domain.errors import InputError
from novita_desktop.domain.prompt_form import PromptForm
from novita_desktop.domain.requests import PresetUse
from novita_desktop.ui.icons import Icons
from novita_desktop.ui.widgets.attachments import Attachments, Start
from novita_desktop.ui.widgets.form_labels import section_label
from novita_desktop.ui.widgets.message_editor import MessageEditor
from novita_desktop.ui.widgets.model_button import ModelButton
from novita_desktop.ui.widgets.parameter_field import Explain
from novita_desktop.ui.widgets.parameters_editor import ParametersEditor
from novita_desktop.ui.widgets.run_rules_editor import RunRules
from novita_desktop.ui.widgets.text_field import TextField
from novita_desktop.ui.widgets.variables_form import VariablesForm

MARGIN, GAP = 20, 14
VARIABLE_PREFIX = "variable:"


class PromptFormView(QScrollArea):
    """Edits a prompt form; `changed` tells that something was edited, `left` that a text was.

    `field_settings_requested` has the name of a variable whose field is to be set up.
    """

    changed = Signal()
    left = Signal()
    field_settings_requested = Signal(str)

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
        self.model_button = button
        self.system = MessageEditor(least_lines=2, most_lines=10)
        self.message = MessageEditor(least_lines=5, most_lines=18)
        self._system_field = TextField(
            self.tr("System prompt"), self.tr("optional · how the model should behave"), self.system
        )
        self._message_field = TextField(self.tr("Message"), "", self.message)
        self._attachments = Attachments(start)
        self._variables_title = section_label(self.tr("Variables"))
        self.variables = VariablesForm(icons, self._automatic_words())
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
        )

    def set_value(self, form: PromptForm) -> None:
        """Show `form`; texts that stood there can be brought back with Undo."""
        self._preset = form.preset
        with QSignalBlocker(self):
            self.model_button.set_value(form.model)
            self.system.set_value(form.system)
            self.message.set_value(form.message)
            self.variables.forget_values()
            self.variables.set_fields(form.fields)
            self.variables.set_value(form.values)
            self.parameters.set_value(form.inputs, RunRules(form.retry_policy, form.time_limits))
            self._attachments.set_value(form.images)
            self._show_attachments()
        self.clear_problems()

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
        words = self._explain(error)
        self.clear_problems()
        if error.field.startswith(VARIABLE_PREFIX):
            name = error.field.removeprefix(VARIABLE_PREFIX)
            if self.variables.show_problem(name, words):
                return
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

    def clear_problems(self) -> None:
        """Take away what was wrong."""
        self.model_button.show_problem("")
        self._system_field.show_problem("")
        self._message_field.show_problem("")
        for name in self.variables.names():
            self.variables.show_problem(name, "")

    def is_composing(self) -> bool:
        """Return whether an input method is in the middle of a word in one of the texts."""
        editors = (self.system, self.message, *self.variables.editors())
        return any(editor.is_composing for editor in editors)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        # Of the viewport: asked for by name, Qt's bindings make every widget class known first.
        self.parameters.fit(event.size().width() - 2 * MARGIN)

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
            self._variables_title,
            self.variables,
            self.parameters,
        ):
            layout.addWidget(widget)
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
        images = self._attachments.value()
        self._attachments.setVisible(bool(images) or (takes and self._model is not None))
        if images and not takes:
            self._attachments.note(self.tr("This model does not see images. Remove them to run."))

    def _show_variables(self, names: Sequence[str]) -> None:
        self.variables.set_names(names)
        self._variables_title.setVisible(bool(names))
        self.variables.setVisible(bool(names))

    def _automatic_words(self) -> Mapping[str, str]:
        return {
            "today": self.tr("Automatic: today's date"),
            "now": self.tr("Automatic: the date and time of the run"),
            "user": self.tr("Automatic: your name on this computer"),
            "clipboard": self.tr("Automatic: the clipboard's text, read when you press Run"),
        }
