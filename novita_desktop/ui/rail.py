"""The rail of pages at the window's left edge: an icon and a word each, icons alone when narrow."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPoint, QSize, Qt, Signal
from PySide6.QtWidgets import (
    QButtonGroup,
    QHBoxLayout,
    QLabel,
    QMenu,
    QPushButton,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from novita_desktop.domain.records import record
from novita_desktop.ui import formatting, metrics
from novita_desktop.ui.icons import Icons, app_icon
from novita_desktop.ui.widgets.chip import Chip

BRAND_SIZE = 20
GAP = "\N{EN SPACE}"


@record(frozen=True, slots=True)
class RailEntry:
    """One page in the rail: its name, its word, its icon, its tooltip, and whether at the foot."""

    name: str
    word: str
    icon: str
    tip: str
    is_at_foot: bool = False


class RailButton(QPushButton):
    """A page's button; a count stands at its right edge where something runs."""

    def __init__(self, icons: Icons, entry: RailEntry, parent: QWidget | None = None) -> None:
        super().__init__(entry.word, parent)
        self._word = entry.word
        self.setProperty("kind", "rail")
        self.setAccessibleName(entry.word)
        self.setToolTip(entry.tip)
        icons.show_on(self, entry.icon, "text_muted", checked="accent_soft_text")
        self._count = Chip()
        self._count.setParent(self)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, metrics.SPACE_8, 0)
        row.addStretch(1)
        row.addWidget(self._count)
        self._count.hide()

    def set_narrow(self, *, is_narrow: bool) -> None:
        """Show the icon alone, or the word beside it."""
        # Qt leaves little room between a button's icon and its word.
        self.setText("" if is_narrow else f"{GAP}{self._word}")
        self._count.setVisible(bool(self._count.text()) and not is_narrow)

    def set_count(self, count: int) -> None:
        """Show how many things run on the page; nothing for 0."""
        self._count.setText(formatting.whole(count) if count else "")
        self._count.setVisible(bool(count) and bool(self.text()))

    @override
    def minimumSizeHint(self) -> QSize:
        return QPushButton.sizeHint(self)


class Rail(QWidget):
    """Says which page is wanted; `page_requested` has the page's name."""

    page_requested = Signal(str)

    def __init__(
        self,
        icons: Icons,
        entries: Sequence[RailEntry],
        help_menu: QMenu,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setProperty("role", "rail")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._buttons: dict[str, RailButton] = {}
        self._group = QButtonGroup(self)
        self._brand_name = QLabel(self.tr("Novita Desktop"))
        self._brand_name.setProperty("weight", "bold")
        self._help_menu = help_menu
        column = QVBoxLayout(self)
        column.setContentsMargins(
            metrics.SPACE_8, metrics.SPACE_12, metrics.SPACE_8, metrics.SPACE_12
        )
        column.setSpacing(metrics.SPACE_4)
        column.addLayout(self._brand_row())
        column.addSpacing(metrics.SPACE_8)
        for entry in entries:
            if not entry.is_at_foot:
                column.addWidget(self._button(icons, entry))
        column.addStretch(1)
        for entry in entries:
            if entry.is_at_foot:
                column.addWidget(self._button(icons, entry))
        column.addWidget(self._help_button(icons))
        self.set_narrow(is_narrow=False)

    def show_page(self, name: str) -> None:
        """Mark the page that is shown."""
        self._buttons[name].setChecked(True)

    def set_count(self, name: str, count: int) -> None:
        """Show how many things run on a page."""
        self._buttons[name].set_count(count)

    def set_narrow(self, *, is_narrow: bool) -> None:
        """Show icons alone, or icons with words, as wide as the size of text needs now."""
        width = metrics.RAIL_WIDTH_NARROW if is_narrow else metrics.RAIL_WIDTH
        self.setFixedWidth(metrics.scaled(width))
        self._brand_name.setVisible(not is_narrow)
        for button in (*self._buttons.values(), self._help):
            button.set_narrow(is_narrow=is_narrow)

    def _brand_row(self) -> QHBoxLayout:
        picture = QLabel()
        picture.setPixmap(app_icon().pixmap(QSize(BRAND_SIZE, BRAND_SIZE), self.devicePixelRatio()))
        row = QHBoxLayout()
        row.setContentsMargins(metrics.SPACE_8, 0, 0, 0)
        row.setSpacing(metrics.SPACE_8)
        row.addWidget(picture)
        row.addWidget(self._brand_name)
        row.addStretch(1)
        return row

    def _button(self, icons: Icons, entry: RailEntry) -> RailButton:
        button = RailButton(icons, entry, self)
        button.setCheckable(True)
        button.clicked.connect(lambda: self.page_requested.emit(entry.name))
        self._group.addButton(button)
        self._buttons[entry.name] = button
        return button

    def _help_button(self, icons: Icons) -> RailButton:
        words = self.tr("Help")
        self._help = RailButton(icons, RailEntry("help", words, "circle-help", words), self)
        self._help.clicked.connect(self._open_help)
        return self._help

    def _open_help(self) -> None:
        top = self._help.mapToGlobal(QPoint(0, 0))
        self._help_menu.popup(top - QPoint(0, self._help_menu.sizeHint().height()))
