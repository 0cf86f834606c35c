"""A section of the Settings page: a title, fields that are stored as they change, and more."""

from __future__ import annotations

from collections.abc import Coroutine
from typing import Any

from PySide6.QtWidgets import QFrame, QLabel, QVBoxLayout, QWidget

from novita_desktop.domain.errors import NovitaDesktopError
from novita_desktop.ui import metrics
from novita_desktop.ui.error_messages import describe
from novita_desktop.ui.page_context import PageContext
from novita_desktop.ui.pages.settings.setting_fields import SettingField
from novita_desktop.ui.widgets.flow_layout import FlowLayout


class Section(QFrame):
    """Shows some settings. A change is stored at once; what is wrong stands below its field."""

    def __init__(self, context: PageContext, title: str) -> None:
        super().__init__()
        self.setProperty("role", "card")
        self.context = context
        self.title = title
        self._fields: list[SettingField] = []
        head = QLabel(title)
        head.setProperty("weight", "bold")
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(*(metrics.SPACE_16,) * 4)
        self.column.setSpacing(metrics.FIELD_GAP)
        self.column.addWidget(head)
        context.state.settings_changed.connect(self.show_settings)

    def set_context(self, context: PageContext) -> None:
        """Work on another workspace; its settings are shown when its state comes."""
        self.context = context

    def add_fields(self, *fields: SettingField) -> None:
        """Add fields below each other."""
        for field in fields:
            field.changed.connect(self._change)
            self._fields.append(field)
            self.column.addWidget(field)
        self.show_settings()

    def add_row(self, *widgets: QWidget) -> None:
        """Add controls beside each other."""
        row = FlowLayout()
        row.setSpacing(metrics.SPACE_8)
        for widget in widgets:
            row.addWidget(widget)
        self.column.addLayout(row)

    def show_settings(self) -> None:
        """Show the settings as they are."""
        for field in self._fields:
            field.show_value(self.context.state.settings)

    async def call(self, work: Coroutine[Any, Any, object]) -> None:
        """Await work on the engine, for what has no result to show."""
        await self.context.bridge.call(work)

    def _change(self, name: str, value: object) -> None:
        field = next(each for each in self._fields if each.name == name)
        self.context.tasks.start(self._store(field, value))

    async def _store(self, field: SettingField, value: object) -> None:
        try:
            await self.call(self.context.workspace.settings.change(**{field.name: value}))
        except NovitaDesktopError as error:
            field.show_problem(describe(error).sentence)
        else:
            field.show_problem("")
