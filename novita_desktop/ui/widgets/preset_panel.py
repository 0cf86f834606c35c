"""The panel of presets: search, the list, and what can be done with each."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QMenu, QStackedWidget, QVBoxLayout, QWidget
from typing_extensions import override

from novita_desktop.domain.presets import Preset
from novita_desktop.ui import metrics
from novita_desktop.ui.icons import Icons
from novita_desktop.ui.theme import Theme
from novita_desktop.ui.widgets.buttons import icon_button
from novita_desktop.ui.widgets.empty_state import EmptyState
from novita_desktop.ui.widgets.form_labels import help_label
from novita_desktop.ui.widgets.preset_list import PresetList
from novita_desktop.ui.widgets.preset_rows import PresetRows
from novita_desktop.ui.widgets.search_field import SearchField

Entry = tuple[str, Callable[[], object]]


class PresetPanel(QWidget):
    """Lists presets by folder. Each signal has the id of the preset it is about.

    `placed` has the Placing of a preset that was moved, `export_requested` the ids of presets to
    be written to a file, or nothing for those that are to be ticked. `new_requested` asks for an empty form, `save_requested` to keep the one
    that stands there; `import_requested` asks for a file of presets and `library_requested` for
    those that come with the program: these two and exporting are offered once `offer_exchange`
    was called.
    """

    opened = Signal(int)
    run_requested = Signal(int)
    star_toggled = Signal(int)
    rename_requested = Signal(int)
    duplicate_requested = Signal(int)
    placed = Signal(object)
    versions_requested = Signal(int)
    delete_requested = Signal(int)
    new_requested = Signal()
    save_requested = Signal()
    export_requested = Signal(object)
    import_requested = Signal()
    library_requested = Signal()

    def __init__(
        self,
        theme: Theme,
        icons: Icons,
        model_name: Callable[[str], str],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._offers_exchange = False
        self._chosen: int | None = None
        self.rows = PresetRows(model_name, self)
        self.rows.placed.connect(self.placed)
        words = self.tr("Search presets")
        self.search = SearchField(icons, words, words)
        self.search.textChanged.connect(self._search)
        self.new_button = icon_button(icons, "plus", self.tr("New prompt"))
        self.new_button.clicked.connect(self.new_requested)
        self.more_button = icon_button(icons, "ellipsis", self.tr("More about presets"))
        self.more_button.clicked.connect(self._open_more)
        self.more_button.hide()
        self.list = PresetList(self.rows, theme, icons)
        self._empty = EmptyState(icons, "star")
        self._empty.action_requested.connect(self._start)
        self._nothing = help_label(self.tr("No preset has these words."))
        self._nothing.setWordWrap(True)
        self._nothing.setAlignment(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop)
        self._stack = QStackedWidget()
        self._build()
        self._connect_list()
        self._show()

    def set_presets(self, presets: Sequence[Preset]) -> None:
        """Show these presets; the list stays where it is, and so does the keyboard in it."""
        place = self.list.verticalScrollBar().value()
        stood_at = self.list.chosen() if self.list.hasFocus() else None
        self.rows.set_presets(presets)
        self._show()
        if self.rows.row_of(stood_at) >= 0:
            self.list.choose(stood_at)
        self.list.verticalScrollBar().setValue(place)

    def set_variable_counts(self, counts: Mapping[int, int]) -> None:
        """Say how many variables presets have, by id."""
        place = self.list.verticalScrollBar().value()
        self.rows.set_variable_counts(counts)
        self._show()
        self.list.verticalScrollBar().setValue(place)

    def choose(self, preset_id: int | None) -> None:
        """Mark the preset that is open."""
        self._chosen = preset_id
        self.list.choose(preset_id)

    def offer_exchange(self) -> None:
        """Offer to import and export presets from now on: somebody listens."""
        self._offers_exchange = True
        self.more_button.show()
        self._show()

    def menu_for(self, preset_id: int) -> QMenu:
        """Return the menu of one preset."""
        preset = next(each for each in self.rows.presets if each.id == preset_id)
        star = self.tr("Add to favourites")
        if preset.is_favourite:
            star = self.tr("Remove from favourites")
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        _fill(
            menu,
            (
                (self.tr("Open"), partial(self.opened.emit, preset_id)),
                (self.tr("Open and run"), partial(self.run_requested.emit, preset_id)),
            ),
        )
        menu.addSeparator()
        _fill(
            menu,
            (
                (star, partial(self.star_toggled.emit, preset_id)),
                (self.tr("Rename or move…"), partial(self.rename_requested.emit, preset_id)),
                (self.tr("Duplicate"), partial(self.duplicate_requested.emit, preset_id)),
                (self.tr("Versions…"), partial(self.versions_requested.emit, preset_id)),
            ),
        )
        self._add_steps(menu, preset_id)
        if self._offers_exchange:
            _fill(menu, ((self.tr("Export…"), partial(self.export_requested.emit, [preset_id])),))
        menu.addSeparator()
        _fill(menu, ((self.tr("Delete"), partial(self.delete_requested.emit, preset_id)),))
        return menu

    def more_menu(self) -> QMenu:
        """Return the menu for presets as a whole."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        _fill(
            menu,
            (
                (self.tr("Starter presets…"), self.library_requested.emit),
                (self.tr("Import…"), self.import_requested.emit),
            ),
        )
        export = menu.addAction(self.tr("Export…"))
        export.setEnabled(bool(self.rows.presets))
        export.triggered.connect(lambda: self.export_requested.emit(None))
        return menu

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        # From the search to what it found, without leaving the row of keys.
        if event.key() == Qt.Key.Key_Down and self.search.hasFocus():
            self.list.setFocus(Qt.FocusReason.OtherFocusReason)
            if self.list.chosen() is None:
                self.list.choose(self._first())
        elif event.key() == Qt.Key.Key_Escape and self.search.text():
            self.search.clear()
        else:
            super().keyPressEvent(event)

    def _build(self) -> None:
        self.setProperty("role", "raised")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        for page in (self.list, self._empty, self._nothing, QLabel()):
            self._stack.addWidget(page)
        head = QHBoxLayout()
        head.setContentsMargins(*(metrics.SPACE_8,) * 4)
        head.setSpacing(metrics.SPACE_4)
        head.addWidget(self.search, 1)
        head.addWidget(self.new_button)
        head.addWidget(self.more_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(head)
        column.addWidget(self._stack, 1)

    def _connect_list(self) -> None:
        self.list.opened.connect(self.opened)
        self.list.star_pressed.connect(self.star_toggled)
        self.list.delete_requested.connect(self.delete_requested)
        self.list.rename_requested.connect(self.rename_requested)
        self.list.step_requested.connect(self._step)
        self.list.menu_requested.connect(self._open_menu)
        self.search.returnPressed.connect(self._open_first)

    def _show(self) -> None:
        has_any = bool(self.rows.presets)
        if has_any:
            page: QWidget = self.list if self.rows.rowCount() else self._nothing
        else:
            page = self._empty
            action = self.tr("Save this prompt")
            if self._offers_exchange:
                action = self.tr("See starter presets")
            self._empty.set_words(
                self.tr("No presets yet"),
                self.tr("Keep a prompt that works, and run it again with other values."),
                action,
            )
        self._stack.setCurrentWidget(page)
        self.list.choose(self._chosen)

    def _search(self, typed: str) -> None:
        self.rows.search(typed)
        self._show()

    def _start(self) -> None:
        told = self.library_requested if self._offers_exchange else self.save_requested
        told.emit()

    def _first(self) -> int | None:
        found = (self.rows.preset_at(row) for row in range(self.rows.rowCount()))
        return next((preset.id for preset in found if preset is not None), None)

    def _open_first(self) -> None:
        first = self._first()
        if first is not None and self.search.text().strip():
            self.opened.emit(first)

    def _step(self, preset_id: int, step: int) -> None:
        if (placing := self.rows.stepped(preset_id, step)) is not None:
            self.placed.emit(placing)

    def _add_steps(self, menu: QMenu, preset_id: int) -> None:
        for words, step in ((self.tr("Move up"), -1), (self.tr("Move down"), 1)):
            action = menu.addAction(words)
            action.setEnabled(self.rows.stepped(preset_id, step) is not None)
            action.triggered.connect(partial(self._step, preset_id, step))

    def _open_menu(self, preset_id: int, place: QPoint) -> None:
        self.menu_for(preset_id).popup(place)

    def _open_more(self) -> None:
        below = self.more_button.mapToGlobal(self.more_button.rect().bottomLeft())
        self.more_menu().popup(below)


def _fill(menu: QMenu, entries: Sequence[Entry]) -> None:
    for words, work in entries:
        menu.addAction(words).triggered.connect(_without_argument(work))


def _without_argument(work: Callable[[], object]) -> Callable[[], None]:
    def call() -> None:
        work()

    return call
