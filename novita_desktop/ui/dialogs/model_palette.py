"""The model palette: type to filter, arrows and Enter to choose, Space to star."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QModelIndex, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QListView,
    QPushButton,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from novita_desktop.domain.catalogue import Ability, Catalogue, SortKey
from novita_desktop.ui import formatting, metrics
from novita_desktop.ui.icons import Icons
from novita_desktop.ui.theme import Theme
from novita_desktop.ui.widgets.flow_layout import FlowLayout
from novita_desktop.ui.widgets.form_labels import chip_button, help_label, short_help
from novita_desktop.ui.widgets.model_list import (
    ModelList,
    ModelRow,
    PaletteFilter,
    SectionTitles,
    TypedRow,
)
from novita_desktop.ui.widgets.model_row_delegate import ModelRowDelegate

WIDTH, HEIGHT = 560, 520


class ModelPalette(QDialog):
    """Lets the person choose a model; `chosen` has its id, `starred` the new favourites."""

    chosen = Signal(str)
    favourites_changed = Signal(object)

    def __init__(self, theme: Theme, icons: Icons, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Choose a model"))
        self.setModal(True)
        self._favourites: tuple[str, ...] = ()
        titles = SectionTitles(
            self.tr("Starred"), self.tr("Recent"), self.tr("All models"), self.tr("Found")
        )
        self._list = ModelList(titles, self)
        self._search = QLineEdit()
        self._search.setAccessibleName(self.tr("Search models"))
        self._search.setPlaceholderText(self.tr("Search models, or type any model id"))
        self._search.setClearButtonEnabled(False)
        self._search.textChanged.connect(self._filter)
        self._search.installEventFilter(self)
        self._view = QListView()
        self._view.setAccessibleName(self.tr("Models"))
        self._view.setModel(self._list)
        self._delegate = ModelRowDelegate(theme, icons, self._view)
        self._delegate.star_pressed.connect(self._toggle_star)
        self._delegate.row_pressed.connect(self._choose)
        self._view.setItemDelegate(self._delegate)
        self._view.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self._view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._view.installEventFilter(self)
        self._count = help_label()
        self._chips: dict[Ability, QPushButton] = {}
        self._sort = self._sort_box()
        self._build()

    def open_for(
        self,
        catalogue: Catalogue,
        favourites: Sequence[str],
        recent: Sequence[str],
        current: str,
    ) -> None:
        """Open over the window, with `current` selected."""
        self._favourites = tuple(favourites)
        self._list.set_models(catalogue.chat_models(), favourites, recent)
        self._search.clear()
        self._filter()
        self._select_model(current)
        self._search.setFocus(Qt.FocusReason.PopupFocusReason)
        self.resize(metrics.dialog_size(WIDTH, HEIGHT, self.parentWidget()))
        self.open()

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            if watched is self._search:
                return self._search_key(event)
            if watched is self._view:
                return self._list_key(event)
        return super().eventFilter(watched, event)

    def _build(self) -> None:
        bar = FlowLayout()
        bar.setSpacing(metrics.SPACE_8)
        for ability in Ability:
            chip = chip_button(formatting.ability(ability), self.tr("Show only models with this"))
            chip.toggled.connect(self._filter)
            self._chips[ability] = chip
            bar.addWidget(chip)
        label = QLabel(self.tr("Sort by"))
        label.setBuddy(self._sort)
        sorting = QWidget()
        sorting_row = QHBoxLayout(sorting)
        sorting_row.setContentsMargins(0, 0, 0, 0)
        sorting_row.addWidget(label)
        sorting_row.addWidget(self._sort)
        bar.addWidget(sorting)
        hint = short_help(self.tr("Enter chooses · Tab to the list, Space stars · Esc closes"))
        hint.setAlignment(Qt.AlignmentFlag.AlignRight)
        foot = QHBoxLayout()
        foot.addWidget(self._count)
        foot.addWidget(hint, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(*(metrics.SPACE_12,) * 4)
        layout.setSpacing(metrics.SPACE_8)
        layout.addWidget(self._search)
        layout.addLayout(bar)
        layout.addWidget(self._view, 1)
        layout.addLayout(foot)

    def _sort_box(self) -> QComboBox:
        box = QComboBox()
        for key, words in (
            (SortKey.NAME, self.tr("Name")),
            (SortKey.NEWEST, self.tr("Newest")),
            (SortKey.INPUT_PRICE, self.tr("Input price")),
            (SortKey.OUTPUT_PRICE, self.tr("Output price")),
            (SortKey.CONTEXT, self.tr("Context")),
        ):
            box.addItem(words, key)
        box.setAccessibleName(self.tr("Sort by"))
        box.currentIndexChanged.connect(self._filter)
        return box

    def _filter(self) -> None:
        abilities = frozenset(a for a, chip in self._chips.items() if chip.isChecked())
        wanted = PaletteFilter(self._search.text(), abilities, SortKey(self._sort.currentData()))
        self._list.set_filter(wanted)
        count = self._list.match_count()
        words = formatting.counted(count, self.tr("1 model"), self.tr("{n} models"))
        self._count.setText(words)
        self._select(self._list.first_choice())
        self._view.scrollToTop()

    def _select(self, position: int) -> None:
        if position >= 0:
            self._view.setCurrentIndex(self._list.index(position))

    def _select_model(self, model_id: str) -> None:
        for position in range(self._list.rowCount()):
            row = self._list.row_at(position)
            if isinstance(row, ModelRow) and row.model.id == model_id:
                self._select(position)
                return

    def _search_key(self, event: QKeyEvent) -> bool:
        key = event.key()
        if key in {Qt.Key.Key_Down, Qt.Key.Key_Up, Qt.Key.Key_PageDown, Qt.Key.Key_PageUp}:
            self._view.keyPressEvent(event)
            return True
        if key in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self._choose(self._view.currentIndex())
            return True
        return False

    def _list_key(self, event: QKeyEvent) -> bool:
        key = event.key()
        if key == Qt.Key.Key_Space:
            self._toggle_star(self._view.currentIndex())
            return True
        if key in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self._choose(self._view.currentIndex())
            return True
        if key == Qt.Key.Key_Backspace or (event.text() and event.text().isprintable()):
            self._search.setFocus(Qt.FocusReason.OtherFocusReason)
            self._search.event(event)
            return True
        return False

    def _choose(self, index: QModelIndex) -> None:
        match self._list.row_at(index.row()):
            case ModelRow(model):
                self.chosen.emit(model.id)
            case TypedRow(model_id):
                self.chosen.emit(model_id)
            case _:
                return
        self.accept()

    def _toggle_star(self, index: QModelIndex) -> None:
        row = self._list.row_at(index.row())
        if not isinstance(row, ModelRow):
            return
        model_id = row.model.id
        if model_id in self._favourites:
            self._favourites = tuple(i for i in self._favourites if i != model_id)
        else:
            self._favourites = (*self._favourites, model_id)
        self._list.set_favourites(self._favourites)
        self.favourites_changed.emit(self._favourites)
