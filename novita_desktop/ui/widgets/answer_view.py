"""Shows an answer as it streams: rendered Markdown, painted at most once a frame.

Text that arrives is only collected. At the pane's turn finished blocks are written for good and
the open block is brought up to date, within a slice of time; what does not fit waits for the next
turn, so neither a fast stream nor a long stored answer makes the window wait. Answers come from
strangers: nothing is loaded, and a link opens only when it is clicked and leads to the web or a
mail address.
"""

from __future__ import annotations

import math
from time import perf_counter
from typing import Final

from PySide6.QtCore import QEvent, QPoint, QPointF, QRectF, Qt, QUrl, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QGuiApplication,
    QPainter,
    QPaintEvent,
    QTextBlock,
    QTextCursor,
)
from PySide6.QtWidgets import QMenu, QWidget
from typing_extensions import override

from novita_desktop.domain.markdown_blocks import BlockSplitter
from novita_desktop.domain.markdown_structure import Block
from novita_desktop.ui.theme import Theme
from novita_desktop.ui.widgets.answer_colours import AnswerColours
from novita_desktop.ui.widgets.answer_decorations import AnswerDecorations
from novita_desktop.ui.widgets.code_highlight import CodeHighlighter
from novita_desktop.ui.widgets.document_restyle import DocumentRestyle
from novita_desktop.ui.widgets.linked_text import LinkedText
from novita_desktop.ui.widgets.markdown_document import MarkdownDocument, code_around
from novita_desktop.ui.widgets.markdown_style import MarkdownStyle, look_of
from novita_desktop.ui.widgets.paint_turns import PaintTurns, shared_turns

FRAME_SECONDS: Final = 0.033
# A slice ends at the first look at the clock after this; the stall limit is 8 ms.
_SLICE_SECONDS: Final = 0.005
_REST_FACTOR: Final = 4
_LEXER_WAIT_SECONDS: Final = 0.05
ANSWER_MARGIN: Final = 12
"""The space around an answer's text, inside its pane."""
# So far from the end, in pixels, the end still counts as in view.
_END_SLACK: Final = 4


class AnswerView(LinkedText):
    """A read-only pane for one answer, or for its reasoning.

    `append` may be called as often as text comes. `settled` says that everything is painted and
    coloured.
    """

    settled = Signal()

    _is_built = False

    def __init__(self, parent: QWidget | None = None, turns: PaintTurns | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "plain")
        self.setFrameShape(LinkedText.Shape.NoFrame)
        self.document().setDocumentMargin(ANSWER_MARGIN)
        self._turns = turns or shared_turns()
        # Where the ground is opaque Qt scrolls by moving pixels instead of painting all again,
        # which halves the cost of streaming; `paintEvent` paints it, whatever a style sheet says.
        self.viewport().setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self._theme: Theme | None = None
        style = MarkdownStyle(self.font(), AnswerColours.from_palette(self.palette()))
        self._writer = MarkdownDocument(self.document(), style)
        self._highlighter = CodeHighlighter(self.document())
        self._decorations = AnswerDecorations(self.document(), style)
        self._restyle: DocumentRestyle | None = None
        self._reset()
        self._is_built = True

    def _reset(self) -> None:
        self._splitter = BlockSplitter()
        self._source: list[str] = []
        self._pending: list[str] = []
        self._is_finishing = False
        self._follows = True
        self._may_paint_at = 0.0
        self._is_behind = False

    @override
    def clear(self) -> None:
        """Show nothing."""
        self._reset()
        self._turns.leave(self)
        self._highlighter.clear()
        self._restyle = None
        self._writer.clear()

    @override
    def append(self, text: str) -> None:
        """Take more of the answer; it is on screen within a frame or two."""
        if text:
            self._source.append(text)
            self._pending.append(text)
            self._ask_for_turn()

    def finish(self) -> None:
        """Say that the answer is complete: what was held back is shown."""
        self._is_finishing = True
        self._ask_for_turn()

    def set_text(self, text: str) -> None:
        """Show the whole of a stored answer, its beginning first."""
        self.clear()
        self._follows = False
        self.append(text)
        self.finish()

    def plain_text(self) -> str:
        """Return the text as it is shown so far."""
        return self.toPlainText()

    def markdown(self) -> str:
        """Return the answer so far, as it came."""
        return "".join(self._source)

    @property
    def is_up_to_date(self) -> bool:
        """Whether the text that came so far stands in the document."""
        return not (self._pending or self._is_behind or self._is_finishing)

    @property
    def is_settled(self) -> bool:
        """Whether all that came is painted and coloured, and no timer runs for it."""
        return self.is_up_to_date and not (self._restyle or self._highlighter.has_work)

    def set_theme(self, theme: Theme) -> None:
        """Draw the answer in the colours of `theme`, now and whenever they change."""
        self._theme = theme
        theme.changed.connect(self._follow_look)
        self._follow_look()

    @override
    def loadResource(self, resource_type: int, name: QUrl | str) -> object:
        return None

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if self._is_built and event.type() in (QEvent.Type.FontChange, QEvent.Type.PaletteChange):
            self._follow_look()

    def menu_at(self, place: QPoint) -> QMenu:
        """Return the menu for what is at `place` in the pane."""
        menu = self.createStandardContextMenu(place)
        if code := code_around(self.cursorForPosition(place).block()):
            copy = menu.addAction(self.tr("Copy this code"))
            copy.triggered.connect(lambda: QGuiApplication.clipboard().setText(code))
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        return menu

    @override
    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        self.menu_at(event.pos()).popup(event.globalPos())

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        dirty = event.rect()
        first = self.cursorForPosition(QPoint(0, dirty.top())).block()
        scrolled = QPointF(self.horizontalScrollBar().value(), self.verticalScrollBar().value())
        painter = QPainter(self.viewport())
        painter.fillRect(dirty, self._decorations.style.colours.ground)
        self._decorations.draw(painter, first, QRectF(dirty).translated(scrolled), scrolled)
        painter.end()
        super().paintEvent(event)

    def _ask_for_turn(self) -> None:
        self._turns.ask(self, self.take_turn, self._may_paint_at)

    def take_turn(self) -> None:
        """Do one slice of what waits: new text first, then a new style, then code's colours.

        The shared turns call this; calling it at other times does no harm.
        """
        started = perf_counter()
        deadline = started + _SLICE_SECONDS
        if not self.is_up_to_date:
            self._write(deadline)
        if perf_counter() < deadline and self._restyle is not None:
            self._continue_restyle(self._restyle, deadline)
        if perf_counter() < deadline and self._highlighter.has_work:
            self._highlighter.work(self._writer.style, deadline)
        cost = perf_counter() - started
        has_more = self._is_behind or self._is_finishing or self._restyle is not None
        if has_more or (self._highlighter.has_work and not self._highlighter.is_waiting):
            self._may_paint_at = perf_counter() + cost
            self._ask_for_turn()
        elif self._highlighter.has_work:
            self._may_paint_at = max(started + FRAME_SECONDS, perf_counter() + _REST_FACTOR * cost)
            self._turns.ask(self, self.take_turn, perf_counter() + _LEXER_WAIT_SECONDS)
        else:
            self._may_paint_at = max(started + FRAME_SECONDS, perf_counter() + _REST_FACTOR * cost)
            self.settled.emit()

    def _write(self, deadline: float) -> None:
        """Bring the document up to date with what arrived, as far as time allows."""
        self._splitter.add("".join(self._pending))
        self._pending.clear()
        bar = self.verticalScrollBar()
        is_following = self._follows and self._is_end_in_view()
        selection = self.textCursor()
        selected = (selection.anchor(), selection.position())
        old_height = self.document().size().height()
        had_code = self._ends_with_code()
        changes = QTextCursor(self.document())
        changes.beginEditBlock()
        self._write_blocks(deadline)
        changes.endEditBlock()
        if selected[0] != selected[1]:
            self._keep_selected(*selected)
        if is_following:
            bar.setValue(bar.maximum())
        if had_code or self._ends_with_code():
            self._update_ground(old_height)

    def _ends_with_code(self) -> bool:
        return look_of(self.document().lastBlock()).is_code

    def _update_ground(self, old_height: float) -> None:
        """Paint again where the ground of code may reach below the lines that changed."""
        heights = (old_height, self.document().size().height())
        reach = ANSWER_MARGIN + 2 * self._writer.style.padding
        top = int(min(heights)) - reach - self.verticalScrollBar().value()
        viewport = self.viewport()
        viewport.update(0, top, viewport.width(), math.ceil(max(heights) - min(heights)) + reach)

    def _write_blocks(self, deadline: float) -> None:
        while (blocks := self._splitter.advance()) is not None:
            self._freeze(blocks)
            if perf_counter() > deadline:
                self._is_behind = True
                return
        self._is_behind = False
        if self._is_finishing:
            self._freeze(self._splitter.finish())
            self._writer.show_open([])
            self._is_finishing = False
            self._follows = True
        else:
            self._writer.show_open(self._splitter.open_blocks())

    def _freeze(self, blocks: list[Block]) -> None:
        for block in blocks:
            if code := self._writer.freeze(block):
                self._highlighter.add(code)

    def _keep_selected(self, anchor: int, position: int) -> None:
        """Select again what was selected: text written at its end would have joined it."""
        cursor = self.textCursor()
        if (cursor.anchor(), cursor.position()) == (anchor, position):
            return
        bar = self.verticalScrollBar()
        scrolled = bar.value()
        last = self.document().characterCount() - 1
        cursor.setPosition(min(anchor, last))
        cursor.setPosition(min(position, last), QTextCursor.MoveMode.KeepAnchor)
        self.setTextCursor(cursor)
        bar.setValue(scrolled)

    def _follow_look(self) -> None:
        """Restyle the document in slices if font or colours changed."""
        if self._theme is None:
            colours = AnswerColours.from_palette(self.palette())
        else:
            colours = AnswerColours.from_theme(self._theme)
        old = self._writer.style
        if (colours, self.font()) == (old.colours, old.font):
            return
        style = MarkdownStyle(self.font(), colours)
        self._writer.style = style
        self._decorations.style = style
        first = self._first_block_in_view().blockNumber()
        self._restyle = DocumentRestyle(self.document(), style, first)
        self.viewport().update()
        self._ask_for_turn()

    def _continue_restyle(self, restyle: DocumentRestyle, deadline: float) -> None:
        bar = self.verticalScrollBar()
        is_following = self._is_end_in_view()
        block = self._first_block_in_view()
        layout = self.document().documentLayout()
        above = layout.blockBoundingRect(block).top() - bar.value()
        restyle.work(deadline)
        if restyle.is_done:
            self._restyle = None
        if is_following:
            bar.setValue(bar.maximum())
        else:
            bar.setValue(round(layout.blockBoundingRect(block).top() - above))

    def _is_end_in_view(self) -> bool:
        bar = self.verticalScrollBar()
        return not bar.isSliderDown() and bar.maximum() - bar.value() <= _END_SLACK

    def _first_block_in_view(self) -> QTextBlock:
        return self.cursorForPosition(QPoint(0, 0)).block()
