"""Everything the catalogue says about one model, with the buttons that use it."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLabel, QPushButton, QVBoxLayout, QWidget

from novita_desktop.domain.catalogue import Ability, Model
from novita_desktop.domain.costs import PriceBand, Prices
from novita_desktop.ui import formatting, metrics
from novita_desktop.ui.icons import Icons
from novita_desktop.ui.widgets.buttons import primary_button
from novita_desktop.ui.widgets.code_line import CodeLine
from novita_desktop.ui.widgets.fact_rows import Fact, FactRows
from novita_desktop.ui.widgets.flow_layout import FlowLayout
from novita_desktop.ui.widgets.form_labels import section_label, show_words
from novita_desktop.ui.widgets.vertical_scroll_area import VerticalScrollArea
from novita_desktop.ui.widgets.wrapping_label import WrappingLabel

LEAST_WIDTH = 340
"""Wide enough for the button at the largest text; not scaled, so that the list stays."""


class ModelDetail(VerticalScrollArea):
    """A side panel.

    `use_pressed` has the id of the model to use in Prompt, `compare_pressed` of the one for Compare.
    """

    use_pressed = Signal(str)
    compare_pressed = Signal(str)

    def __init__(self, icons: Icons, parent: QWidget | None = None) -> None:
        super().__init__(LEAST_WIDTH, parent)
        self._model_id = ""
        self.setAccessibleName(self.tr("Model details"))  # the keyboard scrolls it
        self._name = WrappingLabel()
        self._name.setObjectName("modelName")
        self._name.setProperty("type", "title")
        self._id = CodeLine(icons, self.tr("Copy the id"))
        self._use = primary_button(self.tr("Use in Prompt"))
        self._use.clicked.connect(lambda: self.use_pressed.emit(self._model_id))
        icons.show_on(self._use, "message-square-text", "on_accent")
        self._compare = QPushButton(self.tr("Add to Compare"))
        self._compare.clicked.connect(lambda: self.compare_pressed.emit(self._model_id))
        icons.show_on(self._compare, "columns-3")
        self._retired = _text("warn")
        self._description = _text("muted")
        self._price_note = _text("muted")
        self._prices, self._limits, self._abilities = (FactRows(icons) for _ in range(3))
        self._ground = self._make_ground()
        self._column = QVBoxLayout(self._ground)
        self._column.setContentsMargins(*(metrics.SPACE_16,) * 4)
        self._column.setSpacing(metrics.SPACE_8)
        for widget in (self._name, self._id):
            self._column.addWidget(widget)
        buttons = FlowLayout()  # one below the other, where texts are large
        buttons.setSpacing(metrics.SPACE_8)
        buttons.addWidget(self._use)
        buttons.addWidget(self._compare)
        self._column.addLayout(buttons)
        self._column.addWidget(self._retired)
        self._column.addWidget(self._description)
        self._add_section(self.tr("Prices for 1M tokens"), self._price_note, self._prices)
        self._add_section(self.tr("Limits"), self._limits)
        self._add_section(self.tr("Abilities"), self._abilities)
        self._column.addStretch(1)
        self.show_model(None)

    def show_model(self, model: Model | None) -> None:
        """Show `model`; None shows an empty panel."""
        self._ground.setVisible(model is not None)
        if model is None:
            self._model_id = ""
            return
        self._model_id = model.id
        self._name.setText(model.name)
        self._id.set_code(model.id)
        for button in (self._use, self._compare):
            button.setEnabled(model.is_chat and not model.is_retired)
        show_words(self._retired, self._why_not(model))
        show_words(self._description, model.description.strip())
        show_words(self._price_note, self._words_on(model.prices))
        self._prices.set_facts(self._price_facts(model.prices))
        self._limits.set_facts(self._limit_facts(model))
        self._abilities.set_facts(self._ability_facts(model))

    def _why_not(self, model: Model) -> str:
        if model.is_retired:
            return self.tr("Retired: the host does not run this model any more.")
        if not model.is_chat:
            return self.tr("Not a chat model: it cannot be used in Prompt.")
        return ""

    def _words_on(self, prices: Prices | None) -> str:
        if prices is None:
            return self.tr("Price unknown: the host names none that can be relied on.")
        if prices.is_free:
            return self.tr("This model is free.")
        if prices.is_tiered:
            return self.tr(
                "The price of the whole request depends on how many tokens are in its prompt."
            )
        return ""

    def _price_facts(self, prices: Prices | None) -> list[Fact]:
        if prices is None or prices.is_free:
            return []
        if not prices.is_tiered:
            band = prices.bands[0]
            facts = [
                Fact(self.tr("In"), formatting.price_per_million(band.input)),
                Fact(self.tr("Out"), formatting.price_per_million(band.output)),
            ]
            if band.cache_read is not None:
                price = formatting.price_per_million(band.cache_read)
                facts.append(Fact(self.tr("Cached in"), price))
            return facts
        return [Fact(self._band_name(band), self._band_words(band)) for band in prices.bands]

    def _band_name(self, band: PriceBand) -> str:
        if not band.from_tokens:
            return self.tr("Short prompts")
        size = formatting.context_size(band.from_tokens)
        return self.tr("From {size} tokens").format(size=size)

    def _band_words(self, band: PriceBand) -> str:
        words = self.tr("{input} in · {output} out").format(
            input=formatting.price_per_million(band.input),
            output=formatting.price_per_million(band.output),
        )
        if band.cache_read is None:
            return words
        price = formatting.price_per_million(band.cache_read)
        return self.tr("{words} · {price} cached in").format(words=words, price=price)

    def _limit_facts(self, model: Model) -> list[Fact]:
        return [
            Fact(self.tr("Context"), _tokens(model.context_size)),
            Fact(self.tr("Max output"), _tokens(model.output_limit)),
            Fact(self.tr("Added"), formatting.date(model.created)),
        ]

    def _ability_facts(self, model: Model) -> list[Fact]:
        found = model.abilities
        features = [formatting.ability(each) for each in Ability if each in found]
        return [
            Fact(self.tr("Features"), ", ".join(features) or formatting.DASH),
            Fact(self.tr("Takes"), ", ".join(sorted(model.input_modalities))),
            Fact(self.tr("Gives"), ", ".join(sorted(model.output_modalities))),
            Fact(self.tr("Endpoints"), ", ".join(sorted(model.endpoints)) or formatting.DASH),
        ]

    def _add_section(self, title: str, *parts: QWidget) -> None:
        self._column.addSpacing(metrics.SPACE_8)
        self._column.addWidget(section_label(title))
        for part in parts:
            self._column.addWidget(part)

    def _make_ground(self) -> QWidget:
        self.setProperty("role", "raised")
        self.viewport().setProperty("role", "raised")
        ground = QWidget()
        ground.setProperty("role", "raised")
        self.setWidget(ground)
        return ground


def _text(tone: str) -> QLabel:
    label = QLabel()
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setProperty("tone", tone)
    label.setWordWrap(True)
    label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    return label


def _tokens(count: int | None) -> str:
    return formatting.whole(count) if count else formatting.DASH
