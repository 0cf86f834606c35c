"""The sheet on which the presets are ticked that go into one file."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget
from typing_extensions import override

from novita_desktop.domain.presets import Preset, sections_of
from novita_desktop.ui import formatting, metrics
from novita_desktop.ui.dialogs.sheet import Sheet
from novita_desktop.ui.icons import Icons
from novita_desktop.ui.theme import Theme
from novita_desktop.ui.widgets.buttons import icon_button, primary_button
from novita_desktop.ui.widgets.form_labels import help_label, link_button
from novita_desktop.ui.widgets.preset_tick_list import PresetTickList, TickRow
from novita_desktop.ui.widgets.search_field import SearchField
from novita_desktop.ui.widgets.wrapping_label import WrappingLabel

SHEET_WIDTH, SHEET_HEIGHT = 560, 640


class ExportPresets(Sheet):
    """Shows every preset, all ticked; `chosen` has the ids of those that stay so."""

    chosen = Signal(object)

    def __init__(self, theme: Theme, icons: Icons, parent: QWidget) -> None:
        super().__init__(theme, parent)
        self._presets: tuple[Preset, ...] = ()
        self.search = SearchField(icons, self.tr("Search"), self.tr("Search"))
        self.list = PresetTickList(self.tr("Presets to export"))
        self.all_button = link_button(self.tr("Tick all"))
        self.none_button = link_button(self.tr("Tick none"))
        self._count = help_label()
        self._count.setObjectName("exportCount")
        self.cancel_button = QPushButton(self.tr("Cancel"))
        self.export_button = primary_button(self.tr("Export…"))
        self._build(icons)
        self.list.ticked.connect(self._follow_ticks)
        self.search.textChanged.connect(self.list.search)
        self.all_button.clicked.connect(lambda: self.list.tick_all(is_ticked=True))
        self.none_button.clicked.connect(lambda: self.list.tick_all(is_ticked=False))
        self.cancel_button.clicked.connect(self.close_sheet)
        self.export_button.clicked.connect(self._export)

    def open_with(self, presets: Sequence[Preset]) -> None:
        """Open on these presets, each once, in the order of the panel's folders."""
        sections = sections_of(presets)
        self._presets = tuple(preset for section in sections for preset in section.presets)
        self.search.clear()
        self.list.set_rows(
            [
                TickRow(each.name, each.folder, each.description, is_ticked=True)
                for each in self._presets
            ]
        )
        self.open_over(self.list)

    def _build(self, icons: Icons) -> None:
        title = QLabel(self.tr("Export presets"))
        title.setProperty("type", "title")
        close = icon_button(icons, "x", self.tr("Close (Esc)"))
        close.clicked.connect(self.close_sheet)
        head = QHBoxLayout()
        head.addWidget(title, 1)
        head.addWidget(close)
        intro = WrappingLabel()
        intro.setProperty("tone", "muted")
        intro.setText(
            self.tr(
                "Those that are ticked go into one file, which others can import. Your key, your"
                " stars, what you filled in and earlier versions are not in it."
            )
        )
        ticks = QHBoxLayout()
        ticks.setSpacing(metrics.SPACE_12)
        ticks.addWidget(self.all_button)
        ticks.addWidget(self.none_button)
        ticks.addStretch(1)
        foot = QHBoxLayout()
        foot.setSpacing(metrics.SPACE_8)
        foot.addWidget(self._count, 1)
        foot.addWidget(self.cancel_button)
        foot.addWidget(self.export_button)
        column = QVBoxLayout(self.card)
        column.setContentsMargins(*(metrics.SPACE_24,) * 4)
        column.setSpacing(metrics.SPACE_12)
        column.addLayout(head)
        column.addWidget(intro)
        column.addWidget(self.search)
        column.addWidget(self.list, 1)
        column.addLayout(ticks)
        column.addLayout(foot)

    def _follow_ticks(self) -> None:
        count = len(self.list.ticked_places())
        self.export_button.setEnabled(count > 0)
        words = self.tr("{chosen} of {all} ticked")
        self._count.setText(
            words.format(chosen=formatting.whole(count), all=formatting.whole(len(self._presets)))
        )

    def _export(self) -> None:
        ids = [self._presets[place].id for place in self.list.ticked_places()]
        self.close_sheet()
        self.chosen.emit(ids)

    @override
    def _fit_card(self) -> None:
        room = self._covered.size()
        margin = 2 * metrics.PAGE_MARGIN
        self.card.setFixedWidth(min(metrics.scaled(SHEET_WIDTH), room.width() - margin))
        self.card.setFixedHeight(min(metrics.scaled(SHEET_HEIGHT), room.height() - margin))
