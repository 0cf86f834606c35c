"""Writing blocks: what stays the same is not written again, and what was open leaves no trace."""

import pytest
from PySide6.QtGui import QFont, QPalette, QTextDocument

from novita_desktop.domain.markdown_blocks import BlockSplitter
from novita_desktop.domain.markdown_structure import CodeEnd, CodeLine, Paragraph, Place
from novita_desktop.ui.widgets.answer_colours import AnswerColours
from novita_desktop.ui.widgets.markdown_document import FinishedCode, MarkdownDocument, code_around
from novita_desktop.ui.widgets.markdown_style import MarkdownStyle


@pytest.fixture
def writer(qapp):
    document = QTextDocument()
    writer = MarkdownDocument(
        document, MarkdownStyle(QFont(), AnswerColours.from_palette(QPalette()))
    )
    writer.changes = []
    document.documentLayout()  # without one a document tells no changes
    document.contentsChange.connect(lambda *change: writer.changes.append(change))
    writer.document = document
    return writer


def paragraph(text):
    return Paragraph(Place(), text)


def test_words_that_join_an_open_paragraph_are_all_that_is_written(writer):
    writer.show_open([paragraph("Hello 🎉")])
    writer.changes.clear()
    writer.show_open([paragraph("Hello 🎉 wide **world")])
    assert writer.document.toPlainText() == "Hello 🎉 wide world"
    assert writer.changes == [(8, 0, 6), (14, 0, 5)]


def test_finishing_what_is_shown_already_writes_nothing(writer):
    writer.show_open([paragraph("One"), paragraph("Two")])
    writer.changes.clear()
    assert writer.freeze(paragraph("One")) is None
    writer.show_open([paragraph("Two")])
    assert writer.changes == []


def test_open_lines_that_go_leave_no_trace(writer):
    writer.freeze(paragraph("One"))
    before = writer.document.toHtml()
    writer.show_open([CodeLine(Place(), "x", "", first=True), paragraph("Two")])
    writer.show_open([])
    assert writer.document.toHtml() == before


def test_a_table_takes_the_place_of_its_source(writer):
    splitter = BlockSplitter()
    splitter.add("|a|b|\n|-|-|\n|1|2|\n")
    while splitter.advance() is not None:
        pass
    writer.show_open(splitter.open_blocks())
    assert writer.document.toPlainText() == "|a|b|\n|-|-|\n|1|2|"
    for block in splitter.finish():
        writer.freeze(block)
    assert "|" not in writer.document.toPlainText()
    assert len(writer.document.rootFrame().childFrames()) == 1


def test_finished_code_is_told_with_its_place(writer):
    writer.freeze(paragraph("One"))
    for text in ("a", "bc"):
        writer.freeze(CodeLine(Place(), text, "py", first=text == "a"))
    assert writer.freeze(CodeEnd("py")) == FinishedCode(4, 8, "py")


def test_the_code_around_a_line_is_its_whole_block_and_no_other(writer):
    splitter = BlockSplitter()
    splitter.add("text\n```\na\n\n  b\n```\n```\nc\n```\n")
    while (blocks := splitter.advance()) is not None:
        for block in blocks:
            writer.freeze(block)
    found = [code_around(writer.document.findBlockByNumber(number)) for number in range(5)]
    assert found == ["", "a\n\n  b", "a\n\n  b", "a\n\n  b", "c"]
