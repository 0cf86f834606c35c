"""Shows JSON as text: made readable on a worker thread, and only once somebody looks.

Qt lays out each line as a whole: one of 100 KB, as any long answer is in JSON, stops the window
for a second. So long lines are broken where they are shown, and mended where they are copied.
"""

from __future__ import annotations

import asyncio
import json
import re
from collections.abc import Callable, Iterator
from contextlib import suppress
from typing import Any, Final

from PySide6.QtCore import QMimeData
from PySide6.QtGui import QFont, QFontDatabase, QShowEvent, QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QPlainTextEdit, QVBoxLayout, QWidget
from typing_extensions import override

from novita_desktop.domain.records import record
from novita_desktop.ui import formatting
from novita_desktop.ui.tasks import Tasks
from novita_desktop.ui.widgets.form_labels import help_label, show_tone

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


@record(frozen=True, slots=True)
class TextSection:
    """A part of a text that is shown, under its heading if it has one."""

    heading: str
    text: str


def json_sections(text: str) -> list[TextSection]:
    """Return JSON that is readable as the one section that it is."""
    return [TextSection("", text)]


@record(frozen=True, slots=True)
class Reading:
    """How JSON becomes what is shown: `read` on a worker thread, `sections` in the window's.

    Words come from Qt, which two threads must not ask at once: only `sections` may use them.
    """

    read: Callable[[str], Any]
    sections: Callable[[Any], list[TextSection]]


class _BrokenText(QPlainTextEdit):
    """A text whose broken lines are whole again when they are copied."""

    @override
    def createMimeDataFromSelection(self) -> QMimeData:
        data = QMimeData()
        text = self.textCursor().selectedText()
        data.setText(text.replace(BREAK + _QT_LINE_END, "").replace(_QT_LINE_END, "\n"))
        return data


class JsonTextView(QWidget):
    """A read-only text with a line above that says what it is.

    `reading` makes what is shown of the JSON; without it, the JSON itself is shown in the fixed-width
    font.
    """

    def __init__(
        self,
        tasks: Tasks,
        name: str,
        parent: QWidget | None = None,
        *,
        reading: Reading | None = None,
    ) -> None:
        super().__init__(parent)
        self._tasks = tasks
        self._reading = reading or Reading(readable_json, json_sections)
        # What is read while it changes with every key must not jump.
        self._keeps_place = reading is not None
        self._source = ""
        self._rendered = ""
        self._generation = 0
        self._title = help_label()
        self._title.setWordWrap(True)
        self.text = _BrokenText()
        self.text.setReadOnly(True)
        self.text.setAccessibleName(name)
        self.text.setProperty("role", "plain")
        if reading is None:
            self.text.setFont(QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont))
        self.text.setUndoRedoEnabled(False)
        self.text.setTabChangesFocus(True)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(12, 12, 12, 12)
        layout.addWidget(self._title)
        layout.addWidget(self.text, 1)

    def show_json(self, title: str, source: str, *, is_problem: bool = False) -> None:
        """Show the JSON text `source` under `title`, which may say what is wrong."""
        self._title.setText(title)
        show_tone(self._title, is_problem=is_problem)
        self._source = source
        if self.isVisible():
            self._catch_up()

    @override
    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._catch_up()

    def _catch_up(self) -> None:
        if self._source != self._rendered:
            self._rendered = self._source
            self._generation += 1
            self._tasks.start(self._render(self._source, self._generation))

    async def _render(self, source: str, generation: int) -> None:
        found = await asyncio.to_thread(self._reading.read, source)
        if generation != self._generation:
            return
        sections = self._reading.sections(found)
        place = self.text.verticalScrollBar().value() if self._keeps_place else 0
        self.text.clear()
        usual, bold = QTextCharFormat(), QTextCharFormat()
        bold.setFontWeight(QFont.Weight.Bold)
        end = QTextCursor(self.text.document())
        for number, (piece, is_heading) in enumerate(self._pieces(sections)):
            if number:
                await asyncio.sleep(PAUSE_SECONDS)
                if generation != self._generation:
                    return
                end.movePosition(QTextCursor.MoveOperation.End)
                end.insertBlock()
            end.insertText(piece, bold if is_heading else usual)
        self.text.verticalScrollBar().setValue(place)

    def _pieces(self, sections: list[TextSection]) -> Iterator[tuple[str, bool]]:
        """Yield the pieces of all sections, and whether each is a heading."""
        for number, section in enumerate(sections):
            if section.heading:
                if number:
                    yield "", False
                yield section.heading, True
            shown = section.text[:SHOWN_CHARACTERS]
            if (rest := len(section.text) - len(shown)) > 0:
                shown += "\n" + formatting.counted(
                    rest, self.tr("… 1 more character"), self.tr("… {n} more characters")
                )
            for piece in pieces_of(shown):
                yield piece, False
