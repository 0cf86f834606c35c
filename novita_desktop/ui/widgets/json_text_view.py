"""Shows JSON as text: made readable on a worker thread, and only once somebody looks."""

from __future__ import annotations

import asyncio
import json
import re

from PySide6.QtGui import QFontDatabase, QShowEvent
from PySide6.QtWidgets import QPlainTextEdit, QVBoxLayout, QWidget
from typing_extensions import override

from novita_desktop.ui.tasks import Tasks
from novita_desktop.ui.widgets.form_labels import help_label

LONG_DATA = re.compile(r"(data:[a-z]+/[a-z0-9.+-]+;base64,)([A-Za-z0-9+/=]{200,})")


def readable_json(text: str) -> str:
    """Return JSON text indented, with the data of pictures shortened; other text as it is."""
    try:
        text = json.dumps(json.loads(text), ensure_ascii=False, indent=2)
    except (ValueError, RecursionError):
        pass
    return LONG_DATA.sub(lambda found: f"{found[1]}… ({len(found[2]):,} characters)", text)


class JsonTextView(QWidget):
    """A read-only text with a line above that says what it is."""

    def __init__(self, tasks: Tasks, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._tasks = tasks
        self._source = ""
        self._shown = ""
        self._title = help_label()
        self.text = QPlainTextEdit()
        self.text.setReadOnly(True)
        self.text.setAccessibleName(name)
        self.text.setProperty("role", "plain")
        self.text.setFont(QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont))
        self.text.setUndoRedoEnabled(False)
        self.text.setTabChangesFocus(True)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(12, 12, 12, 12)
        layout.addWidget(self._title)
        layout.addWidget(self.text, 1)

    def show_json(self, title: str, source: str) -> None:
        """Show the JSON text `source` under `title`."""
        self._title.setText(title)
        self._source = source
        if self.isVisible():
            self._catch_up()

    @override
    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._catch_up()

    def _catch_up(self) -> None:
        if self._source != self._shown:
            self._tasks.start(self._render(self._source))

    async def _render(self, source: str) -> None:
        text = await asyncio.to_thread(readable_json, source)
        if source == self._source:
            self._shown = source
            self.text.setPlainText(text)
