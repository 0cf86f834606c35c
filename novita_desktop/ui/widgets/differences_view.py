"""Shows what differs between two texts: in colour, and underlined or struck through."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QPlainTextEdit, QWidget

from novita_desktop.domain.word_differences import Piece, PieceKind
from novita_desktop.ui import formatting
from novita_desktop.ui.theme import Theme

KEPT_CHARACTERS = 400
"""What stays around a difference of a longer text that did not change, on each side."""

MOST_CHARACTERS = 20_000
"""More than anybody compares by eye; laying out more would stop the window."""

_COLOURS = {
    PieceKind.ADDED: ("accent_soft", "accent_soft_text"),
    PieceKind.REMOVED: ("danger_soft", "danger"),
}


class DifferencesView(QPlainTextEdit):
    """Shows the pieces that `word_differences` found.

    What was added is underlined, what was removed struck through: the colour alone tells nothing.
    Its accessible description counts them. Find the pieces of long texts off the window's thread.
    """

    def __init__(self, theme: Theme, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._pieces: Sequence[Piece] = ()
        self.setReadOnly(True)
        self.setUndoRedoEnabled(False)
        self.setTabChangesFocus(True)
        self.setAccessibleName(name)
        self.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse
            | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        theme.changed.connect(self._draw)

    def show_pieces(self, pieces: Sequence[Piece]) -> None:
        """Show these pieces; of long stretches that did not change only the ends."""
        self._pieces = pieces
        self._draw()

    def counts(self) -> str:
        """Return how many passages were added and removed, in words."""
        kinds = [piece.kind for piece in self._pieces]
        added, removed = kinds.count(PieceKind.ADDED), kinds.count(PieceKind.REMOVED)
        if not added and not removed:
            return self.tr("No differences")
        return self.tr("{added} added, {removed} removed").format(
            added=formatting.whole(added), removed=formatting.whole(removed)
        )

    def _draw(self) -> None:
        self.setAccessibleDescription(self.counts())
        self.setUpdatesEnabled(False)
        self.clear()
        cursor = QTextCursor(self.document())
        cursor.beginEditBlock()
        for piece in self._shown():
            cursor.insertText(piece.text, self._format(piece.kind))
        cursor.endEditBlock()
        self.moveCursor(QTextCursor.MoveOperation.Start)
        self.setUpdatesEnabled(True)

    def _shown(self) -> Iterator[Piece]:
        room = MOST_CHARACTERS
        last = len(self._pieces) - 1
        for place, piece in enumerate(self._pieces):
            text = piece.text
            if piece.kind is PieceKind.SAME and last:
                text = _shortened(text, is_first=place == 0, is_last=place == last)
            yield Piece(piece.kind, text[:room])
            room -= len(text)
            if room <= 0:
                rest = self.tr("… the rest of the differences is left out")
                yield Piece(PieceKind.SAME, f"\n{rest}")
                return

    def _format(self, kind: PieceKind) -> QTextCharFormat:
        characters = QTextCharFormat()
        if kind in _COLOURS:
            ground, text = _COLOURS[kind]
            characters.setBackground(self._theme.color(ground))
            characters.setForeground(self._theme.color(text))
            characters.setFontUnderline(kind is PieceKind.ADDED)
            characters.setFontStrikeOut(kind is PieceKind.REMOVED)
        return characters


def _shortened(text: str, *, is_first: bool, is_last: bool) -> str:
    """Return an unchanged text without its middle, or without the end far from a difference."""
    if len(text) <= 3 * KEPT_CHARACTERS:
        return text
    head = "" if is_first else f"{text[:KEPT_CHARACTERS]} "
    tail = "" if is_last else f" {text[-KEPT_CHARACTERS:]}"
    return f"{head}…{tail}"
