"""How a rendered answer looks: the formats of its lines and spans, from font and colours.

Each format carries what it was made from, so that a document can be restyled in place: text,
selection and scroll position stay while fonts and colours change.
"""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtGui import (
    QBrush,
    QColor,
    QFont,
    QFontDatabase,
    QFontInfo,
    QFontMetricsF,
    QTextBlock,
    QTextBlockFormat,
    QTextCharFormat,
    QTextFormat,
    QTextFrameFormat,
    QTextLength,
    QTextOption,
    QTextTableFormat,
)

from novita_desktop.domain.markdown_inline import Emphasis, Span
from novita_desktop.domain.markdown_structure import Place
from novita_desktop.ui.widgets.answer_colours import AnswerColours
from novita_desktop.ui.widgets.document_lines import Line, Look, Token
from novita_desktop.ui.widgets.safe_links import safe_link, shown_target

LOOK: Final = QTextFormat.Property.UserProperty + 1
LEVEL: Final = QTextFormat.Property.UserProperty + 2
PATH: Final = QTextFormat.Property.UserProperty + 3
MARKER: Final = QTextFormat.Property.UserProperty + 4
APART: Final = QTextFormat.Property.UserProperty + 5
CONTINUED: Final = QTextFormat.Property.UserProperty + 6
LANGUAGE: Final = QTextFormat.Property.UserProperty + 7
ABOVE: Final = QTextFormat.Property.UserProperty + 8
MIRRORED: Final = QTextFormat.Property.UserProperty + 9
EMPHASIS: Final = QTextFormat.Property.UserProperty + 10
TOKEN: Final = QTextFormat.Property.UserProperty + 11

_HEADING_SCALE: Final = (1.3, 1.2, 1.15, 1.05, 1.0, 1.0)
_LINE_HEIGHT_PERCENT: Final = 118
_CODE_SCALE: Final = 0.93
_PROPORTIONAL: Final = QTextBlockFormat.LineHeightTypes.ProportionalHeight.value
_SEAM: Final = 4
# By their number: asking the class itself takes four times as long, for each line and painting.
_LOOKS: Final = {int(look): look for look in Look}
_FIXED: Final = QTextBlockFormat.LineHeightTypes.FixedHeight.value


class MarkdownStyle:
    """The formats for one font and one set of colours."""

    def __init__(self, font: QFont, colours: AnswerColours) -> None:
        self.font = QFont(font)
        self.colours = colours
        self.em = float(QFontInfo(font).pixelSize())
        self.padding = round(0.75 * self.em)
        self.indent = round(1.75 * self.em)
        self.small_font = QFont(font)
        self.small_font.setPixelSize(max(1, round(0.85 * self.em)))
        self._metrics = QFontMetricsF(font)
        self._code_family = QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont).family()
        self._block_formats: dict[object, QTextBlockFormat] = {}
        self._char_formats: dict[tuple[int, int, int, int], QTextCharFormat] = {}

    def block_format(self, line: Line, above: Look | None) -> QTextBlockFormat:
        """Return the format of `line` below a line that looks like `above`, or first of all."""
        if line.place.marker:
            return self._new_block_format(line, above)
        key = (line.frame, above)
        if key not in self._block_formats:
            self._block_formats[key] = self._new_block_format(line, above)
        return self._block_formats[key]

    def _new_block_format(self, line: Line, above: Look | None) -> QTextBlockFormat:
        block = QTextBlockFormat()
        for key, value in (
            (LOOK, int(line.look)),
            (LEVEL, line.level),
            (PATH, line.place.path),
            (MARKER, line.place.marker),
            (APART, line.place.apart),
            (CONTINUED, line.continued),
            (LANGUAGE, line.language),
            (ABOVE, int(above or 0)),
            (MIRRORED, line.mirrored),
        ):
            block.setProperty(key, value)
        block.setIndent(len(line.place.path))
        block.setTopMargin(round(self.em * _distance(line, above)))
        block.setLineHeight(_LINE_HEIGHT_PERCENT, _PROPORTIONAL)
        match line.look:
            case Look.HEADING:
                block.setHeadingLevel(line.level)
            case Look.CODE | Look.CODE_BEGINNING:
                self._pad_code(block, line.look, above)
            case Look.RULE:
                block.setLineHeight(self.em, _FIXED)
            case Look.SPACER:
                block.setLineHeight(1, _FIXED)
            case Look.CELL | Look.HEADER_CELL:
                block.setAlignment(_alignment(line.language))
        if above is not None and above.is_code and not line.look.is_code:
            block.setTopMargin(block.topMargin() + self.padding)
        if line.place.marker:
            block.setTextIndent(-self.indent)
            tab = QTextOption.Tab()
            tab.position = max(
                self.indent, self._metrics.horizontalAdvance(f"{line.place.marker} ")
            )
            # Qt counts from the left in lines that run from the right, but for this kind of tab.
            tab.type = (
                QTextOption.TabType.RightTab if line.mirrored else QTextOption.TabType.LeftTab
            )
            block.setTabPositions([tab])
        return block

    def restyled_block(self, block: QTextBlockFormat) -> QTextBlockFormat:
        """Return the format that `block` has in this style."""
        place = Place(_text(block, PATH), _text(block, MARKER), bool(block.property(APART)))
        line = Line(
            Look(int(block.property(LOOK))),
            place,
            (),
            level=int(block.property(LEVEL)),
            language=_text(block, LANGUAGE),
            continued=bool(block.property(CONTINUED)),
            mirrored=bool(block.property(MIRRORED)),
        )
        above = int(block.property(ABOVE))
        return self.block_format(line, Look(above) if above else None)

    def span_format(self, line: Line, span: Span, token: Token = Token.PLAIN) -> QTextCharFormat:
        """Return the format of `span` in `line`; links that are not safe look like text."""
        plain = self.char_format(line.look, line.level, span.emphasis, token)
        url = safe_link(span.target) if span.target else None
        return plain if url is None else self._linked(plain, shown_target(url))

    def restyled_span(
        self, block: QTextBlockFormat, characters: QTextCharFormat
    ) -> QTextCharFormat:
        """Return the format that `characters` in a line with the format `block` have."""
        plain = self.char_format(
            Look(int(block.property(LOOK))),
            int(block.property(LEVEL)),
            Emphasis(int(characters.property(EMPHASIS))),
            Token(int(characters.property(TOKEN))),
        )
        return self._linked(plain, characters.anchorHref()) if characters.isAnchor() else plain

    def char_format(
        self, look: Look, level: int, emphasis: Emphasis, token: Token
    ) -> QTextCharFormat:
        """Return the format of text that is no link."""
        key = (int(look), level, int(emphasis), int(token))
        if key not in self._char_formats:
            self._char_formats[key] = self._new_char_format(look, level, emphasis, token)
        return self._char_formats[key]

    def table_format(
        self, widths: tuple[int, ...], path: str, *, continued: bool
    ) -> QTextTableFormat:
        """Return the format of a table, or a further part, with columns of `widths` percent."""
        table = QTextTableFormat()
        table.setBorder(1)
        table.setBorderStyle(QTextFrameFormat.BorderStyle.BorderStyle_Solid)
        table.setBorderCollapse(True)
        table.setCellSpacing(0)
        table.setProperty(PATH, path)
        if continued:
            # Its upper border covers the lower one of the part above, across the line between.
            table.setTopMargin(-_SEAM)
        percent = QTextLength.Type.PercentageLength
        table.setWidth(QTextLength(percent, 100))
        table.setColumnWidthConstraints([QTextLength(percent, width) for width in widths])
        return self.restyled_table(table)

    def restyled_table(self, table: QTextTableFormat) -> QTextTableFormat:
        """Return the format that `table` has in this style."""
        table.setBorderBrush(QBrush(self.colours.border))
        table.setCellPadding(round(0.4 * self.em))
        table.setLeftMargin(len(_text(table, PATH)) * self.indent)
        return table

    def _pad_code(self, block: QTextBlockFormat, look: Look, above: Look | None) -> None:
        block.setLeftMargin(self.padding)
        block.setRightMargin(self.padding)
        block.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
        if look is Look.CODE_BEGINNING:
            paddings = 2 if above is not None and above.is_code else 1
            block.setTopMargin(block.topMargin() + paddings * self.padding)

    def _linked(self, plain: QTextCharFormat, href: str) -> QTextCharFormat:
        link = QTextCharFormat(plain)
        link.setAnchor(True)
        link.setAnchorHref(href)
        link.setToolTip(href)
        link.setForeground(self.colours.link)
        link.setFontUnderline(True)
        return link

    def _new_char_format(
        self, look: Look, level: int, emphasis: Emphasis, token: Token
    ) -> QTextCharFormat:
        characters = QTextCharFormat()
        characters.setProperty(EMPHASIS, int(emphasis))
        characters.setProperty(TOKEN, int(token))
        size = self.em * (_HEADING_SCALE[level - 1] if look is Look.HEADING else 1.0)
        is_code = Emphasis.CODE in emphasis or look.is_code or look is Look.TABLE_SOURCE
        if is_code:
            characters.setFontFamilies([self._code_family])
            characters.setFontFixedPitch(True)
            size *= _CODE_SCALE
        if look is Look.SPACER:
            size = 1.0
        if is_code or look in (Look.HEADING, Look.SPACER):
            characters.setProperty(QTextFormat.Property.FontPixelSize, max(1, round(size)))
        if Emphasis.CODE in emphasis:
            characters.setBackground(self.colours.tint)
        is_strong = Emphasis.STRONG in emphasis or look in (Look.HEADING, Look.HEADER_CELL)
        if is_strong:
            characters.setFontWeight(QFont.Weight.Bold)
        if Emphasis.ITALIC in emphasis:
            characters.setFontItalic(True)
        if Emphasis.STRUCK in emphasis:
            characters.setFontStrikeOut(True)
        if token is not Token.PLAIN:
            characters.setForeground(self._colour_of(token))
        return characters

    def _colour_of(self, token: Token) -> QColor:
        colours = {
            Token.COMMENT: self.colours.muted,
            Token.KEYWORD: self.colours.keyword,
            Token.STRING: self.colours.string,
            Token.NUMBER: self.colours.number,
            Token.NAME: self.colours.name,
        }
        return colours[token]


def look_of(block: QTextBlock) -> Look:
    """Return what `block`, a line of a rendered document, is."""
    return look_in(block.blockFormat())


def look_in(block: QTextBlockFormat) -> Look:
    """Return what a line with the format `block` is."""
    return _LOOKS.get(block.property(LOOK), Look.SPACER)


def _text(text_format: QTextFormat, key: int) -> str:
    # An empty text comes back from a format as None.
    return str(text_format.property(key) or "")


def _alignment(side: str) -> Qt.AlignmentFlag:
    match side:
        case "center":
            return Qt.AlignmentFlag.AlignHCenter
        case "right":
            return Qt.AlignmentFlag.AlignRight
        case _:
            return Qt.AlignmentFlag.AlignLeft


def _distance(line: Line, above: Look | None) -> float:
    """Return how far below the line above `line` stands, in heights of the font."""
    if above is None or line.continued:
        return 0.0
    match line.look:
        case Look.CODE | Look.CELL | Look.HEADER_CELL:
            return 0.0
        case Look.HEADING:
            return 1.1 if line.level <= 2 else 0.9
        case Look.TABLE_SOURCE if above is Look.TABLE_SOURCE:
            return 0.0
    if above is Look.HEADING:
        return 0.4
    if line.place.marker and not line.place.apart:
        return 0.25
    return 0.65
