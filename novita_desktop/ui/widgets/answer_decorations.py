"""Draws what stands behind the words of an answer: code's ground, quote bars, rules."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPen, QTextBlock, QTextDocument

from novita_desktop.ui.widgets.document_lines import Look
from novita_desktop.ui.widgets.markdown_style import (
    LANGUAGE,
    PATH,
    MarkdownStyle,
    look_of,
)

_RADIUS: Final = 6.0
# An edge of code this many lines above what is drawn lies outside of it.
_LINES_ABOVE: Final = 2
_CELLS: Final = (Look.CELL, Look.HEADER_CELL)


class AnswerDecorations:
    """Draws the decorations of one document, of the lines in view only."""

    def __init__(self, document: QTextDocument, style: MarkdownStyle) -> None:
        self.style = style
        self._document = document

    def draw(self, painter: QPainter, first: QTextBlock, dirty: QRectF, scrolled: QPointF) -> None:
        """Draw what belongs to the lines from `first` to the end of `dirty`.

        `dirty` is in the document's coordinates, the painter in those of a view `scrolled` so far.
        """
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.translate(-scrolled)
        first = self._whole_from(first)
        left = self._document.documentMargin()
        right = self._document.textWidth() - left
        code = QRectF()
        language = ""
        for block, look, rect in self._lines_from(first, dirty.bottom()):
            if not code.isNull() and look is not Look.CODE:
                self._draw_code(painter, code, language)
                code = QRectF()
            line = block.blockFormat()
            path = line.property(PATH) or ""
            if "q" in path:
                is_mirrored = block.textDirection() is Qt.LayoutDirection.RightToLeft
                edge, step = (right, -1) if is_mirrored else (left, 1)
                self._draw_quote_bars(painter, path, rect, edge, step * self.style.indent)
            if look.is_code:
                ground = QRectF(left + len(path) * self.style.indent, rect.top(), 0, rect.height())
                ground.setRight(right)
                code = ground if code.isNull() else code.united(ground)
                if look is Look.CODE_BEGINNING:
                    language = str(line.property(LANGUAGE) or "")
            elif look is Look.RULE:
                painter.setPen(QPen(self.style.colours.border, 1.0))
                start = QPointF(left + len(path) * self.style.indent, rect.center().y())
                painter.drawLine(start, QPointF(right, rect.center().y()))
        if not code.isNull():
            self._draw_code(painter, code, language)

    def _whole_from(self, block: QTextBlock) -> QTextBlock:
        """Return a block so far above that what reaches down to `block` is drawn, edges and all."""
        above = block.previous()
        for _ in range(_LINES_ABOVE):
            if not above.isValid() or look_of(above) is not Look.CODE:
                break
            block, above = above, above.previous()
        return above if above.isValid() else block

    def _lines_from(
        self, block: QTextBlock, bottom: float
    ) -> Iterator[tuple[QTextBlock, Look, QRectF]]:
        layout = self._document.documentLayout()
        while block.isValid():
            rect = layout.blockBoundingRect(block)
            if rect.top() > bottom:
                return
            look = look_of(block)
            if look not in _CELLS:
                yield block, look, rect
            block = block.next()

    def _draw_quote_bars(
        self, painter: QPainter, path: str, rect: QRectF, edge: float, indent: float
    ) -> None:
        """Draw a bar for each quote of `path`, from `edge` on; `indent` is negative to the left."""
        for depth, kind in enumerate(path):
            if kind == "q":
                x = edge + (depth + 0.3) * indent
                painter.setPen(QPen(self.style.colours.border, 3.0))
                painter.drawLine(QPointF(x, rect.top()), QPointF(x, rect.bottom()))

    def _draw_code(self, painter: QPainter, code: QRectF, language: str) -> None:
        padding = self.style.padding
        ground = code.adjusted(0, -padding, 0, padding)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self.style.colours.tint)
        painter.drawRoundedRect(ground, _RADIUS, _RADIUS)
        if language:
            painter.setPen(self.style.colours.muted)
            painter.setFont(self.style.small_font)
            place = ground.adjusted(padding, 0.35 * padding, -padding, 0)
            painter.drawText(
                place, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignTop, language
            )
