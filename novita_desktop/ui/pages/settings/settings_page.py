"""The Settings page: every change is stored and in force at once."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QListWidget,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

import novita_desktop
from novita_desktop.ui import metrics
from novita_desktop.ui.dialogs.shortcuts import shortcuts_grid
from novita_desktop.ui.languages import SYSTEM, available_languages
from novita_desktop.ui.page_context import PageContext
from novita_desktop.ui.pages._page import Page
from novita_desktop.ui.pages.settings.connection_section import ConnectionSection
from novita_desktop.ui.pages.settings.data_section import DataSection
from novita_desktop.ui.pages.settings.network_section import NetworkSection
from novita_desktop.ui.pages.settings.section import Section
from novita_desktop.ui.pages.settings.setting_fields import (
    ChoiceSetting,
    MoneySetting,
    NumberSetting,
)

LIST_WIDTH, BODY_WIDTH = 170, 720


class SettingsPage(Page):
    """All settings in sections, with a list of the sections at the left."""

    connect_requested = Signal()
    demo_requested = Signal()
    leave_demo_requested = Signal()
    restore_requested = Signal(object)
    language_chosen = Signal(str)
    about_requested = Signal()

    _is_built = False

    def __init__(self, context: PageContext, parent: QWidget | None = None) -> None:
        super().__init__(context, "", parent)
        self.set_title(self.tr("Settings"))
        self.set_fact(self.tr("every change is kept at once"))
        self._data = DataSection(context)
        self._sections: dict[str, Section] = {
            "connection": ConnectionSection(context),
            "network": NetworkSection(context),
            "runs": self._run_section(context),
            "budget": self._budget_section(context),
            "appearance": self._appearance_section(context),
            "data": self._data,
            "shortcuts": self._shortcuts_section(context),
            "about": self._about_section(context),
        }
        self._list = QListWidget()
        self._area = QScrollArea()
        self._build()
        self._is_built = True
        self._connect()

    def show_section(self, name: str) -> None:
        """Scroll to a section; an unknown name shows the first."""
        names = list(self._sections)
        row = names.index(name) if name in names else 0
        self._list.setCurrentRow(row)
        self._go_to(row)

    @override
    def set_context(self, context: PageContext) -> None:
        super().set_context(context)
        for section in self._sections.values():
            section.set_context(context)
            section.show_settings()
        self._data.refresh()

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange and self._is_built:
            self._fit()

    @override
    def activated(self) -> None:
        self._data.refresh()

    def _build(self) -> None:
        self._list.setAccessibleName(self.tr("Sections"))
        self._list.setProperty("role", "raised")
        self._list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._list.addItems([section.title for section in self._sections.values()])
        self._list.setCurrentRow(0)
        body = QWidget()
        body.setProperty("role", "ground")
        body.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._column = column = QVBoxLayout()
        column.setSpacing(metrics.SPACE_16)
        for section in self._sections.values():
            column.addWidget(section)
        column.addStretch(1)
        row = QHBoxLayout(body)
        row.setContentsMargins(*(metrics.PAGE_MARGIN,) * 4)
        row.addLayout(column, 10)
        row.addStretch(1)
        self._area.setAccessibleName(self.tr("All settings"))  # the keyboard scrolls it
        self._area.setProperty("role", "ground")
        self._area.setWidgetResizable(True)
        self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._area.setWidget(body)
        both = QHBoxLayout()
        both.setSpacing(0)
        both.addWidget(self._list)
        both.addWidget(self._area, 1)
        self.body.addLayout(both)
        self._fit()

    def _fit(self) -> None:
        """Give titles and sections the room that their size of type asks for."""
        # By the application's font: the list hears of a new one only later.
        longest = max(metrics.text_width(each.title) for each in self._sections.values())
        words = longest + metrics.scaled(metrics.SPACE_24)
        self._list.setFixedWidth(max(words, LIST_WIDTH))
        for section in self._sections.values():
            section.setMaximumWidth(metrics.scaled(BODY_WIDTH))

    def _connect(self) -> None:
        connection = self._sections["connection"]
        if isinstance(connection, ConnectionSection):
            connection.connect_requested.connect(self.connect_requested)
            connection.demo_requested.connect(self.demo_requested)
            connection.leave_demo_requested.connect(self.leave_demo_requested)
        self._data.restore_requested.connect(self.restore_requested)
        self._list.currentRowChanged.connect(self._go_to)

    def _go_to(self, row: int) -> None:
        section = list(self._sections.values())[row]
        # The layout knows the place only once it is done.
        self._column.activate()
        self._area.verticalScrollBar().setValue(section.y() - metrics.PAGE_MARGIN)

    def _run_section(self, context: PageContext) -> Section:
        section = Section(context, self.tr("Retries and limits"))
        section.add_fields(
            ChoiceSetting("retry_policy"),
            NumberSetting("connect_seconds"),
            NumberSetting("first_word_seconds", step=10),
            NumberSetting("silence_seconds", step=10),
            NumberSetting("interactive_runs"),
        )
        return section

    def _budget_section(self, context: PageContext) -> Section:
        section = Section(context, self.tr("Spending"))
        section.add_fields(MoneySetting("daily_limit_units"))
        return section

    def _appearance_section(self, context: PageContext) -> Section:
        section = Section(context, self.tr("Appearance"))
        languages = {SYSTEM: self.tr("As the system"), **available_languages()}
        language = ChoiceSetting("language", languages)
        language.changed.connect(lambda _name, value: self.language_chosen.emit(value))
        section.add_fields(
            ChoiceSetting("theme"),
            NumberSetting("text_percent", has_slider=True, step=10),
            language,
        )
        return section

    def _shortcuts_section(self, context: PageContext) -> Section:
        section = Section(context, self.tr("Shortcuts"))
        section.column.addLayout(shortcuts_grid())
        return section

    def _about_section(self, context: PageContext) -> Section:
        section = Section(context, self.tr("About"))
        words = self.tr("Novita Desktop {version}").format(version=novita_desktop.__version__)
        section.column.addWidget(QLabel(words))
        more = QPushButton(self.tr("Version, licences and health…"))
        more.clicked.connect(self.about_requested)
        section.add_row(more)
        return section
