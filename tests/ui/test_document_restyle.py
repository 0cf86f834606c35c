"""Restyling in place: in slices, text and positions stay."""

from time import perf_counter

from PySide6.QtGui import QFont, QPalette, QTextDocument

from novita_desktop.domain.markdown_blocks import BlockSplitter
from novita_desktop.ui.widgets.answer_colours import AnswerColours
from novita_desktop.ui.widgets.document_restyle import DocumentRestyle
from novita_desktop.ui.widgets.markdown_document import MarkdownDocument
from novita_desktop.ui.widgets.markdown_style import MarkdownStyle


def style(pixels):
    font = QFont()
    font.setPixelSize(pixels)
    return MarkdownStyle(font, AnswerColours.from_palette(QPalette()))


def written(text, pixels):
    document = QTextDocument()
    writer = MarkdownDocument(document, style(pixels))
    splitter = BlockSplitter()
    splitter.add(text)
    while (blocks := splitter.advance()) is not None:
        for block in blocks:
            writer.freeze(block)
    return document


def test_a_document_is_restyled_in_slices_from_the_line_in_view(qapp):
    text = "# Title\n\n- item `code`\n\n|a|b|\n|-|-|\n|1|2|\n\n" * 30
    document = written(text, 14)
    plain = document.toPlainText()
    restyle = DocumentRestyle(document, style(28), 5)
    slices = 0
    while not restyle.is_done:
        restyle.work(perf_counter() + 0.0005)
        slices += 1
    assert slices > 3
    assert document.toPlainText() == plain
    assert document.toHtml() == written(text, 28).toHtml()
