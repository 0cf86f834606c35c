"""Shows JSON as text: made readable on a worker thread, and only once somebody looks.

Qt lays out each line as a whole: one of 100 KB, as any long answer is in JSON, stops the window
for a second. So long lines are broken where they are shown, and mended where they are copied.
"""

from __future__ import annotations

import asyncio
import json
import re
from collections.abc import Iterator
from contextlib import suppress
from typing import Final

from PySide6.QtCore import QMimeData
from PySide6.QtGui import QFontDatabase, QShowEvent, QTextCursor
from PySide6.QtWidgets import QPlainTextEdit, QVBoxLayout, QWidget
from typing_extensions import override

from novita_desktop.ui import formatting
from novita_desktop.ui.tasks import Tasks
from novita_desktop.ui.widgets.form_labels import help_label

LONG_DATA = re.compile(r"(data:[a-z]+/[a-z0-9.+-]+;base64,)([A-Za-z0-9+/=]{200,})")
SHOWN_CHARACTERS: Final = 1_000_000
"""Of a text that is longer, the start is shown; a file that is saved has all of it."""

LINE_CHARACTERS: Final = 1_000
PIECE_CHARACTERS: Final = 8_000
"""How much is laid out at once; between two pieces the window has time for other things."""

PAUSE_SECONDS: Final = 0.002

BREAK: Final = "\N{WORD JOINER}"
"""Ends a line that is broken here alone: it has no width, and tells the break when copied."""

_QT_LINE_END: Final = "\N{PARAGRAPH SEPARATOR}"


def readable_json(text: str) -> str:
    """Return JSON text indented, with the data of pictures shortened; other text as it is."""
    with suppress(ValueError, RecursionError):
        text = json.dumps(json.loads(text), ensure_ascii=False, indent=2)
    return LONG_DATA.sub(lambda found: f"{found[1]}… ({len(found[2]):,} characters)", text)


def pieces_of(text: str) -> Iterator[str]:
    """Yield `text` in pieces of whole lines, with long lines broken."""
    piece: list[str] = []
    length = 0
    for line in text.split("\n"):
        for start in range(0, len(line) or 1, LINE_CHARACTERS):
            end = start + LINE_CHARACTERS
            piece.append(line[start:end] + (BREAK if end < len(line) else ""))
            length += len(piece[-1]) + 1
            if length >= PIECE_CHARACTERS:
                yield "\n".join(piece)
                piece, length = [], 0
    if piece:
        yield "\n".join(piece)


class _BrokenText(QPlainTextEdit):
    """A text whose broken lines are whole again when they are copied."""

    @override
    def createMimeDataFromSelection(self) -> QMimeData:
        data = QMimeData()
        text = self.textCursor().selectedText()
        data.setText(text.replace(BREAK + _QT_LINE_END, "").replace(_QT_LINE_END, "\n"))
        return data


class JsonTextView(QWidget):
    """A read-only text with a line above that says what it is."""

    def __init__(self, tasks: Tasks, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._tasks = tasks
        self._source = ""
        self._shown = ""
        self._title = help_label()
        self.text = _BrokenText()
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
        shown = text[:SHOWN_CHARACTERS]
        if len(text) > len(shown):
            rest = len(text) - len(shown)
            shown += "\n" + formatting.counted(
                rest, self.tr("… 1 more character"), self.tr("… {n} more characters")
            )
        if source != self._source:
            return
        self._shown = source
        self.text.clear()
        end = QTextCursor(self.text.document())
        for number, piece in enumerate(pieces_of(shown)):
            if number:
                await asyncio.sleep(PAUSE_SECONDS)
                if self._shown != source or self._source != source:
                    return
                end.movePosition(QTextCursor.MoveOperation.End)
                end.insertBlock()
            end.insertText(piece)
