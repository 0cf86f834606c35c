"""The Qt application, which the system may ask to open files while it runs: Finder on a Mac does.

Linux and Windows start the program again with the file as its argument instead.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QEvent
from PySide6.QtGui import QFileOpenEvent
from PySide6.QtWidgets import QApplication
from typing_extensions import override

MOST_WAITING = 100


class FileOpeningApplication(QApplication):
    """Keeps the files of file-open events until somebody takes them; they come before a window.

    An event filter would see them too, and every other event of the program with them.
    """

    def __init__(self, arguments: Sequence[str]) -> None:
        super().__init__(list(arguments))
        self._waiting: list[Path] = []
        self._take: Callable[[list[Path]], object] | None = None

    def give_files_to(self, take: Callable[[list[Path]], object]) -> None:
        """Hand over the files that wait, and all that come later."""
        self._take = take
        waiting, self._waiting = self._waiting, []
        if waiting:
            take(waiting)

    @override
    def event(self, event: QEvent) -> bool:
        if event.type() != QEvent.Type.FileOpen or not isinstance(event, QFileOpenEvent):
            return super().event(event)
        if event.file():
            self._hand_over(Path(event.file()))
        return True

    def _hand_over(self, path: Path) -> None:
        if self._take is not None:
            self._take([path])
        elif len(self._waiting) < MOST_WAITING:
            self._waiting.append(path)
