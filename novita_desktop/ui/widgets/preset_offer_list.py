"""The presets that could be added, by folder, each with a box to tick."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QWidget

from novita_desktop.services.preset_exchange import PresetOffer
from novita_desktop.ui.widgets.preset_tick_list import PresetTickList, TickRow


class PresetOfferList(PresetTickList):
    """Shows offers, and beside each whether it is there already."""

    def __init__(self, parent: QWidget | None = None) -> None:
        name = QCoreApplication.translate("PresetOfferList", "Presets to add")
        super().__init__(name, parent)
        self._offers: Sequence[PresetOffer] = ()
        self.setHeaderLabels([self.tr("Preset"), self.tr("Compared with yours")])

    def set_offers(self, offers: Sequence[PresetOffer], *, are_ticked: bool) -> None:
        """Show offers in the place of others; with `are_ticked` all but those that are there."""
        self._offers = offers
        self.set_rows([self._row(offer, is_ticked=are_ticked) for offer in offers])

    def chosen(self) -> list[PresetOffer]:
        """Return the offers that are ticked, in their order."""
        return [self._offers[place] for place in self.ticked_places()]

    def _row(self, offer: PresetOffer, *, is_ticked: bool) -> TickRow:
        new = offer.new
        return TickRow(
            new.name,
            new.folder,
            new.description,
            is_ticked and not offer.is_same,
            self._state_words(offer),
        )

    def _state_words(self, offer: PresetOffer) -> str:
        if offer.is_same:
            return self.tr("yours")
        return "" if offer.twin is None else self.tr("differs")
