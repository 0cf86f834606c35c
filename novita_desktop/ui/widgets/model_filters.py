"""The chips that say which models a list shows."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPushButton, QWidget

from novita_desktop.domain.catalogue import Ability, ModelFilter
from novita_desktop.ui import metrics
from novita_desktop.ui.widgets.flow_layout import FlowLayout
from novita_desktop.ui.widgets.form_labels import chip_button

LOW_PRICE = 5_000
"""0.50 USD per million input tokens, in units of 10^-10 USD per token."""


class ModelFilters(QWidget):
    """Chips that can be pressed in; `changed` comes when one was, with the filter they make."""

    changed = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.flow = FlowLayout(self)
        self.flow.setContentsMargins(0, 0, 0, 0)
        self.flow.setSpacing(metrics.SPACE_8)
        self._chat = self._chip(self.tr("Chat"), self.tr("Only models that can be prompted"))
        self._favourites = self._chip(self.tr("Favourites"), self.tr("Only models with your star"))
        self._abilities = {
            Ability.VISION: self._chip(self.tr("Images"), self.tr("Can read images")),
            Ability.JSON: self._chip(
                self.tr("JSON"), self.tr("Can be held to a JSON schema for its answer")
            ),
            Ability.TOOLS: self._chip(self.tr("Tools"), self.tr("Can call tools")),
            Ability.REASONING: self._chip(
                self.tr("Reasoning"), self.tr("Can think before it answers")
            ),
            Ability.LONG_CONTEXT: self._chip(
                self.tr("Context ≥ 100K"), self.tr("Reads at least 100,000 tokens at once")
            ),
        }
        self._low_price = self._chip(
            self.tr("≤ $0.50 / 1M"), self.tr("At most $0.50 for a million tokens in")
        )
        self._retired = self._chip(
            self.tr("Retired"), self.tr("Also models that cannot be run any more")
        )
        self._show(ModelFilter())

    def value(self) -> ModelFilter:
        """Return the filter that the chips make; its words are empty."""
        return ModelFilter(
            abilities=frozenset(a for a, chip in self._abilities.items() if chip.isChecked()),
            favourites_only=self._favourites.isChecked(),
            chat_only=self._chat.isChecked(),
            with_retired=self._retired.isChecked(),
            max_input_price=LOW_PRICE if self._low_price.isChecked() else None,
        )

    def clear(self) -> None:
        """Go back to the usual filter: chat models that can be run."""
        self._show(ModelFilter())
        self.changed.emit(self.value())

    def _show(self, wanted: ModelFilter) -> None:
        self._chat.setChecked(wanted.chat_only)
        self._favourites.setChecked(wanted.favourites_only)
        self._low_price.setChecked(wanted.max_input_price is not None)
        self._retired.setChecked(wanted.with_retired)
        for ability, chip in self._abilities.items():
            chip.setChecked(ability in wanted.abilities)

    def _chip(self, text: str, tip: str) -> QPushButton:
        chip = chip_button(text, tip)
        chip.clicked.connect(lambda: self.changed.emit(self.value()))
        self.flow.addWidget(chip)
        return chip
