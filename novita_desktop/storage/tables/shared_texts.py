"""The texts that the cells of a workbook share, read as far as they are asked for."""

from __future__ import annotations

import os
import tempfile
import zipfile
from array import array
from collections.abc import Callable
from pathlib import Path
from types import TracebackType
from typing import Final, Self

from novita_desktop.domain.table_refusal import TableRefused
from novita_desktop.domain.tables import MOST_ROW_CHARACTERS
from novita_desktop.storage.failures import storage_errors
from novita_desktop.storage.tables.workbook_text import unescaped
from novita_desktop.storage.tables.zipped_xml import read_part

MOST_TEXTS: Final = 50_000_000
"""How many texts may be shared: where each of them is takes eight bytes of memory."""

_IN_MEMORY_BYTES: Final = 32 * 1024**2
_MOST_REMEMBERED: Final = 8_192
_SHORT_CHARACTERS: Final = 1_000


class SharedTexts:
    """Gives a workbook's texts by number; more of them than a little are in a temporary file.

    Use it as a context manager. Nobody else can open the file, and it is gone with the block.
    """

    def __init__(self, archive: zipfile.ZipFile, part: str | None) -> None:
        self._ends = array("Q")
        # Closed by `__exit__`.
        self._file = tempfile.SpooledTemporaryFile(_IN_MEMORY_BYTES)  # noqa: SIM115
        self._size = 0
        self._steps = None if part is None else read_part(archive, part, _SharedItems(self._add))
        self._remembered: dict[int, str] = {}

    def __enter__(self) -> Self:
        """Give the texts for the block."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Let go of the file and of everything that was read."""
        self._remembered.clear()
        if self._steps is not None:
            self._steps.close()
        self._file.close()

    def text(self, number: int) -> str:
        """Return the text with this number, from 0.

        Raises TableRefused (`damaged`) when there is none, DiskFull when it cannot be kept.
        """
        text = self._remembered.get(number)
        if text is None:
            text = self._read(number)
            if len(self._remembered) >= _MOST_REMEMBERED:
                self._remembered.clear()
            if len(text) <= _SHORT_CHARACTERS:
                self._remembered[number] = text
        return text

    def _read(self, number: int) -> str:
        with storage_errors(Path(tempfile.gettempdir())):
            while number >= len(self._ends):
                if self._steps is None or next(self._steps, self) is self:
                    raise TableRefused("damaged")
            if number < 0:
                raise TableRefused("damaged")
            start = self._ends[number - 1] if number else 0
            self._file.seek(start, os.SEEK_SET)
            return self._file.read(self._ends[number] - start).decode()

    def _add(self, text: str) -> None:
        data = unescaped(text).encode("utf-8", "replace")
        if len(self._ends) >= MOST_TEXTS:
            raise TableRefused("too_large", limit=MOST_TEXTS)
        self._file.seek(self._size, os.SEEK_SET)
        self._file.write(data)
        self._size += len(data)
        self._ends.append(self._size)


class _SharedItems:
    """Takes the elements of the part; an item's text may be in pieces, each with a look."""

    def __init__(self, add: Callable[[str], None]) -> None:
        self._add = add
        self._parts: list[str] = []
        self._size = 0
        self._takes_text = False
        self._sounds = 0

    def start(self, name: str, _attributes: dict[str, str]) -> None:
        if name == "t":
            self._takes_text = self._sounds == 0
        elif name == "si":
            self._parts, self._size = [], 0
        elif name == "rPh":  # how a Japanese text is spoken, which no cell shows
            self._sounds += 1

    def end(self, name: str) -> None:
        if name == "t":
            self._takes_text = False
        elif name == "si":
            self._add("".join(self._parts))
        elif name == "rPh":
            self._sounds -= 1

    def text(self, text: str) -> None:
        if self._takes_text and self._size <= MOST_ROW_CHARACTERS:
            self._parts.append(text)
            self._size += len(text)
