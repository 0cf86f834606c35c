"""Draws what stands behind the words of an answer: code's ground, quote bars, rules."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPen, QTextBlock, QTextCursor, QTextDocument, QTextTable

from novita_desktop.ui.widgets.document_lines import Look
from novita_desktop.ui.widgets.markdown_style import LANGUAGE, LOOK, PATH, MarkdownStyle

_RADIUS = 6.0


class AnswerDecorations:
    """Draws the decorations of one document, of the lines in view only."""

    def __init__(self, document: QTextDocument, style: MarkdownStyle) -> None:
        self.style = style
        self._document = document

    def draw(self, painter: QPainter, first: QTextBlock, view: QRectF) -> None:
        """Draw what belongs to the lines from `first` to the end of `view`, in its coordinates."""
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.translate(-view.topLeft())
        right = self._document.textWidth() - self._document.documentMargin()
        code = QRectF()
        language = ""
        for block, look, rect in self._lines_from(first, view.bottom()):
            if not code.isNull() and look is not Look.CODE:
                self._draw_code(painter, code, language)
                code = QRectF()
            left = self._document.documentMargin()
            path = str(block.blockFormat().property(PATH) or "")
            self._draw_quote_bars(painter, path, rect, left)
            if look.is_code:
                ground = QRectF(left + len(path) * self.style.indent, rect.top(), 0, rect.height())
                ground.setRight(right)
                code = ground if code.isNull() else code.united(ground)
                if look is Look.CODE_BEGINNING:
                    language = str(block.blockFormat().property(LANGUAGE) or "")
            elif look is Look.RULE:
                painter.setPen(QPen(self.style.colours.border, 1.0))
                start = QPointF(left + len(path) * self.style.indent, rect.center().y())
                painter.drawLine(start, QPointF(right, rect.center().y()))
        if not code.isNull():
            self._draw_code(painter, code, language)

    def _lines_from(
        self, block: QTextBlock, bottom: float
    ) -> Iterator[tuple[QTextBlock, Look, QRectF]]:
        layout = self._document.documentLayout()
        while block.isValid():
            rect = layout.blockBoundingRect(block)
            if rect.top() > bottom:
                return
            look = block.blockFormat().property(LOOK)
            if look and not isinstance(QTextCursor(block).currentFrame(), QTextTable):
                yield block, Look(int(look)), rect
            block = block.next()

    def _draw_quote_bars(self, painter: QPainter, path: str, rect: QRectF, left: float) -> None:
        for depth, kind in enumerate(path):
            if kind == "q":
                x = left + (depth + 0.3) * self.style.indent
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
