"""The sheet that shows presets before they are added: from a file, or those of the program."""

from __future__ import annotations

from collections.abc import Callable, Coroutine, Iterable
from typing import Any

from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget
from typing_extensions import override

from novita_desktop.domain.errors import NovitaDesktopError
from novita_desktop.domain.foreign_presets import Omission, OmissionReason
from novita_desktop.domain.presets import NewPreset
from novita_desktop.domain.records import record
from novita_desktop.domain.visible_text import visible_text
from novita_desktop.services.preset_exchange import ImportOffer, PresetOffer
from novita_desktop.ui import formatting, metrics
from novita_desktop.ui.dialogs.sheet import Sheet
from novita_desktop.ui.error_messages import describe
from novita_desktop.ui.icons import Icons
from novita_desktop.ui.tasks import Tasks
from novita_desktop.ui.theme import Theme
from novita_desktop.ui.widgets.buttons import icon_button, primary_button
from novita_desktop.ui.widgets.form_labels import (
    help_label,
    link_button,
    problem_label,
    set_look,
    show_words,
)
from novita_desktop.ui.widgets.preset_offer_list import PresetOfferList
from novita_desktop.ui.widgets.preset_offer_view import PresetOfferView
from novita_desktop.ui.widgets.search_field import SearchField
from novita_desktop.ui.widgets.wrapping_label import WrappingLabel

SHEET_WIDTH, SHEET_HEIGHT, LIST_WIDTH = 920, 640, 330
SEARCHED_FROM = 9
"""From this many presets on there is a field to search in."""

MOST_OMISSIONS = 5


@record(frozen=True, slots=True)
class ImportWork:
    """What the sheet asks for, awaited on the window's loop; it raises StorageError.

    `model_name` gives a model's name, `is_known` whether the catalogue has it.
    """

    add: Callable[[tuple[NewPreset, ...]], Coroutine[Any, Any, None]]
    model_name: Callable[[str], str]
    is_known: Callable[[str], bool]


class ImportPresets(Sheet):
    """Shows an offer over the page; nothing is added until Add is pressed, and nothing is run."""

    def __init__(
        self, theme: Theme, icons: Icons, tasks: Tasks, work: ImportWork, parent: QWidget
    ) -> None:
        super().__init__(theme, parent)
        self._tasks = tasks
        self._work = work
        self._offers: tuple[PresetOffer, ...] = ()
        self._is_adding = False
        self._title = QLabel()
        self._title.setProperty("type", "title")
        self._intro = WrappingLabel()
        self._intro.setProperty("tone", "muted")
        self._left_out = WrappingLabel()
        set_look(self._left_out, "tone", "warn")
        self.search = SearchField(icons, self.tr("Search"), self.tr("Search"))
        self.list = PresetOfferList()
        self.view = PresetOfferView(theme, icons, tasks, work.model_name, work.is_known)
        self.all_button = link_button(self.tr("Tick all"))
        self.none_button = link_button(self.tr("Tick none"))
        self._count = help_label()
        self._count.setObjectName("importCount")
        self._problem = problem_label()
        self.cancel_button = QPushButton(self.tr("Cancel"))
        self.add_button = primary_button(self.tr("Add"))
        self.copy_button = primary_button(self.tr("Add as copy"))
        self._build(icons)
        self._connect()

    def open_with(self, offer: ImportOffer) -> None:
        """Open on a file's presets, or on the program's own when the offer has no name."""
        is_library = not offer.name
        name = visible_text(offer.name)
        self._offers = offer.offers
        self._title.setText(self.tr("Starter presets") if is_library else self.tr("Import presets"))
        self._intro.setText(
            self.tr("Tick those that you want to have. They become yours: change them as you like.")
            if is_library
            else self.tr("This is in {file}. Adding a preset runs nothing and replaces nothing.")
        )
        self._intro.setText(self._intro.text().format(file=name))
        show_words(self._left_out, self._omission_words(offer.omissions))
        show_words(self._problem, "")
        self.search.clear()
        self.search.setVisible(len(self._offers) >= SEARCHED_FROM)
        for widget in (self.all_button, self.none_button):
            widget.setVisible(len(self._offers) > 1)
        self._left.setVisible(bool(self._offers))
        self.view.setVisible(bool(self._offers))
        self.list.set_offers(self._offers, are_ticked=not is_library)
        self._follow_ticks()
        self.open_over(self.list if self._offers else self.cancel_button)

    @override
    def close_sheet(self) -> None:
        """Close; what is being added is finished first."""
        if not self._is_adding:
            super().close_sheet()

    def _build(self, icons: Icons) -> None:
        close = icon_button(icons, "x", self.tr("Close (Esc)"))
        close.clicked.connect(self.close_sheet)
        head = QHBoxLayout()
        head.addWidget(self._title, 1)
        head.addWidget(close)
        ticks = QHBoxLayout()
        ticks.setSpacing(metrics.SPACE_12)
        ticks.addWidget(self.all_button)
        ticks.addWidget(self.none_button)
        ticks.addStretch(1)
        self._left = QWidget()
        left = QVBoxLayout(self._left)
        left.setContentsMargins(0, 0, 0, 0)
        left.setSpacing(metrics.SPACE_8)
        left.addWidget(self.search)
        left.addWidget(self.list, 1)
        left.addLayout(ticks)
        body = QHBoxLayout()
        body.setSpacing(metrics.SPACE_16)
        body.addWidget(self._left)
        body.addWidget(self.view, 1)
        foot = QHBoxLayout()
        foot.setSpacing(metrics.SPACE_8)
        foot.addWidget(self._count, 1)
        for button in (self.cancel_button, self.add_button, self.copy_button):
            foot.addWidget(button)
        column = QVBoxLayout(self.card)
        column.setContentsMargins(*(metrics.SPACE_24,) * 4)
        column.setSpacing(metrics.SPACE_12)
        column.addLayout(head)
        column.addWidget(self._intro)
        column.addWidget(self._left_out)
        column.addLayout(body, 1)
        column.addWidget(self._problem)
        column.addLayout(foot)

    def _connect(self) -> None:
        self.list.ticked.connect(self._follow_ticks)
        self.list.looked_at.connect(self._look_at)
        self.search.textChanged.connect(self.list.search)
        self.all_button.clicked.connect(lambda: self.list.tick_all(is_ticked=True))
        self.none_button.clicked.connect(lambda: self.list.tick_all(is_ticked=False))
        self.cancel_button.clicked.connect(self.close_sheet)
        self.add_button.clicked.connect(self._start_adding)
        self.copy_button.clicked.connect(self._start_adding)

    def _look_at(self, place: int) -> None:
        self.view.show_offer(self._offers[place])

    def _follow_ticks(self) -> None:
        """Say how many are ticked, and whether they are added as copies."""
        chosen = self.list.chosen()
        copies = sum(offer.twin is not None for offer in chosen)
        self.add_button.setVisible(not copies)
        self.copy_button.setVisible(bool(copies))
        for button in (self.add_button, self.copy_button):
            button.setEnabled(bool(chosen) and not self._is_adding)
        words = self.tr("{chosen} of {all} ticked").format(
            chosen=formatting.whole(len(chosen)), all=formatting.whole(len(self._offers))
        )
        if copies:
            words += " · " + self.tr("{count} with a number behind the name: yours stay").format(
                count=formatting.whole(copies)
            )
        self._count.setText(words if self._offers else "")

    def _start_adding(self) -> None:
        chosen = tuple(offer.new for offer in self.list.chosen())
        if chosen and not self._is_adding and not self.isHidden():
            self._is_adding = True
            self._follow_ticks()
            self._tasks.start(self._add(chosen))

    async def _add(self, chosen: tuple[NewPreset, ...]) -> None:
        try:
            await self._work.add(chosen)
        except NovitaDesktopError as error:
            show_words(self._problem, describe(error).sentence)
        else:
            self._is_adding = False
            self.close_sheet()
        finally:
            self._is_adding = False
            self._follow_ticks()

    def _omission_words(self, omissions: Iterable[Omission]) -> str:
        listed = list(omissions)
        if not listed:
            return ""
        reasons = {
            OmissionReason.PROGRAM: self.tr("{what}: a program makes it, and none is run"),
            OmissionReason.OUTSIDE: self.tr("{what}: outside the folder of this file"),
            OmissionReason.UNREADABLE: self.tr("{what}: cannot be read"),
            OmissionReason.CONVERSATION: self.tr("{what}: a conversation of several turns"),
            OmissionReason.UNSUPPORTED: self.tr("{what}: a preset cannot say this"),
        }
        lines = [
            reasons[each.reason].format(what=visible_text(each.what))
            for each in listed[:MOST_OMISSIONS]
        ]
        if len(listed) > MOST_OMISSIONS:
            more = formatting.whole(len(listed) - MOST_OMISSIONS)
            lines.append(self.tr("and {count} more").format(count=more))
        return "\n".join([self.tr("Left out:"), *lines])

    @override
    def _fit_card(self) -> None:
        room = self._covered.size()
        margin = 2 * metrics.PAGE_MARGIN
        self.card.setFixedWidth(min(metrics.scaled(SHEET_WIDTH), room.width() - margin))
        self.card.setFixedHeight(min(metrics.scaled(SHEET_HEIGHT), room.height() - margin))
        share = (self.card.width() - metrics.SPACE_24 * 2) * 2 // 5
        self._left.setFixedWidth(min(metrics.scaled(LIST_WIDTH), share))
