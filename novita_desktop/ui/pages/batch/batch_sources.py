"""The side panel of the Batch page: which prompt is run, and where each input comes from."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtWidgets import QComboBox, QVBoxLayout, QWidget

from novita_desktop.domain.batches import (
    Batch,
    Source,
    Sources,
    guessed_sources,
    targets_of,
)
from novita_desktop.domain.presets import Preset
from novita_desktop.domain.prompt_form import PromptForm
from novita_desktop.domain.requests import PresetUse
from novita_desktop.domain.visible_text import visible_text
from novita_desktop.ui import metrics
from novita_desktop.ui.input_messages import input_name
from novita_desktop.ui.pages.batch.source_field import SourceField
from novita_desktop.ui.widgets.form_labels import help_label, section_label, show_words, title_label
from novita_desktop.ui.widgets.vertical_scroll_area import VerticalScrollArea

LEAST_WIDTH = 300


class BatchSources(VerticalScrollArea):
    """Edits what a batch's rows are run with; `changed` tells that a person changed it."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(LEAST_WIDTH, parent)
        self.setProperty("role", "raised")
        self._columns: tuple[str, ...] = ()
        self._prompt = PromptForm()
        self._form = PromptForm()
        self._presets: Mapping[int, Preset] = {}
        self._fields: dict[str, SourceField] = {}
        self.preset = QComboBox()
        self.preset.setSizeAdjustPolicy(
            QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
        )
        self.preset.setMinimumContentsLength(8)
        self.price = help_label()
        self.price.setObjectName("batchPrice")
        self.price.setWordWrap(True)
        self.problem = help_label()
        self.problem.setWordWrap(True)
        inside = QWidget()
        inside.setProperty("role", "raised")
        self._column = QVBoxLayout(inside)
        self._column.setContentsMargins(*(metrics.SPACE_16,) * 4)
        self._column.setSpacing(metrics.SPACE_12)
        self._column.addWidget(title_label(self.tr("What to run"), self.preset))
        self._column.addWidget(self.preset)
        title = section_label(self.tr("Where each input comes from"))
        title.setWordWrap(True)
        self._column.addWidget(title)
        self._list = QVBoxLayout()
        self._list.setSpacing(metrics.SPACE_12)
        self._column.addLayout(self._list)
        self._column.addWidget(self.price)
        self._column.addWidget(self.problem)
        self._column.addStretch(1)
        self.setWidget(inside)
        self.preset.currentIndexChanged.connect(self._choose_preset)

    def form(self) -> PromptForm:
        """Return the form that is run."""
        return self._form

    def sources(self) -> dict[str, Source]:
        """Return where its inputs come from."""
        found = {target: field.value() for target, field in self._fields.items()}
        return {target: source for target, source in found.items() if source is not None}

    def set_presets(self, presets: Sequence[Preset], prompt: PromptForm) -> None:
        """Offer these presets, and the prompt that stands on the Prompt page."""
        self._presets = {preset.id: preset for preset in presets}
        self._prompt = prompt
        with QSignalBlocker(self.preset):
            self.preset.clear()
            self.preset.addItem(self.tr("The prompt on the Prompt page"), None)
            for preset in presets:
                self.preset.addItem(visible_text(preset.name), preset.id)
        self._show_choice()

    def show_batch(self, batch: Batch) -> None:
        """Show what `batch` is run with."""
        self._columns = batch.columns
        self._form = batch.form
        self._show_choice()
        self._show_sources(batch.sources)

    def take_prompt(self) -> None:
        """Run what stands on the Prompt page, with sources that are guessed."""
        self._take(self._prompt)
        self._show_choice()

    def show_preview(self, price: str, problem: str) -> None:
        """Say what the rows would cost, and what is wrong with them."""
        show_words(self.price, price)
        show_words(self.problem, problem)

    def _choose_preset(self) -> None:
        preset = self._presets.get(self.preset.currentData() or 0)
        if preset is None:
            self._take(self._prompt)
        else:
            use = PresetUse(preset.id, preset.version, preset.name)
            self._take(replace(preset.form, preset=use))

    def _take(self, form: PromptForm) -> None:
        self._form = form
        self._show_sources(guessed_sources(form, self._columns))
        self.changed.emit()

    def _show_choice(self) -> None:
        used = self._form.preset
        row = self.preset.findData(used.id) if used is not None else 0
        with QSignalBlocker(self.preset):
            self.preset.setCurrentIndex(max(row, 0))

    def _show_sources(self, sources: Sources) -> None:
        while (item := self._list.takeAt(0)) is not None:
            if (field := item.widget()) is not None:
                field.hide()
                field.deleteLater()
        self._fields = {}
        for target in targets_of(self._form):
            field = SourceField(input_name(target), self._columns)
            field.set_value(sources.get(target))
            field.changed.connect(self.changed)
            self._fields[target] = field
            self._list.addWidget(field)
