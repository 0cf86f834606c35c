"""The answer view: the same document for any cuts, safe links, selection, scrolling."""

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from PySide6.QtGui import QBrush, QTextCursor, QTextOption

from novita_desktop.ui.widgets.answer_view import AnswerView

PIECES = st.sampled_from(
    [
        "word ",
        "\n",
        "\n\n",
        "  ",
        "    ",
        "- ",
        "* ",
        "1. ",
        "7) ",
        "> ",
        "# ",
        "## ",
        "**",
        "*",
        "_",
        "`",
        "```",
        "```py\n",
        "~~~\n",
        "~~",
        "| a | b |\n|---|--:|\n",
        "| x | **y** |\n",
        "|",
        "---\n",
        "===\n",
        "[t](http://a.b)",
        "[",
        "](",
        "!",
        "\\",
        "&amp;",
        "<b>",
        "https://novita.ai ",
        "é",
        "中文。",
        "👩‍👩‍👧 ",
        "سلام ",
        "\u202e",
        "\r\n",
        "\t",
        "- [x] ",
        "x = 1\n",
        "Sentence. " * 40,
        "| r | s |\n" * 45,
        "w" * 1500,
        "def f():\n",
    ]
)


def settle(qtbot, view):
    qtbot.waitUntil(lambda: view.is_settled, timeout=20_000)


def dump(view):
    """Everything about the document that can be seen."""
    found = []
    block = view.document().begin()
    while block.isValid():
        form = block.blockFormat()
        spans = []
        it = block.begin()
        while not it.atEnd():
            piece = it.fragment()
            if spans and spans[-1][1] == properties(piece.charFormat()):
                spans[-1] = (spans[-1][0] + piece.text(), spans[-1][1])
            else:
                spans.append((piece.text(), properties(piece.charFormat())))
            it += 1
        table = QTextCursor(block).currentTable()
        size = (table.rows(), table.columns()) if table else None
        found.append((size, properties(form), properties(block.charFormat()), spans))
        block = block.next()
    return found


def properties(form):
    return {key: comparable(value) for key, value in form.properties().items() if key}


def comparable(value):
    match value:
        case QBrush():
            return value.color().name()
        case list():
            return [comparable(each) for each in value]
        case QTextOption.Tab():
            return value.position
        case _:
            return value


@pytest.fixture
def view(qtbot):
    view = AnswerView()
    view.resize(500, 400)
    qtbot.addWidget(view)
    return view


@settings(max_examples=60)
@given(st.lists(PIECES, max_size=25), st.data())
@example(["```py\n", "x = 1\n", "```"], None)
def test_the_document_is_the_same_however_the_answer_was_cut(qapp, pieces, data):
    from pytestqt.qtbot import QtBot  # noqa: PLC0415

    text = "".join(pieces)
    qtbot = QtBot(None)
    whole, cut = AnswerView(), AnswerView()
    for each in (whole, cut):
        each.resize(500, 400)
    whole.set_text(text)
    position = 0
    while position < len(text):
        step = data.draw(st.integers(1, 60)) if data else 1
        cut.append(text[position : position + step])
        position += step
        cut.take_turn()
    cut.finish()
    settle(qtbot, whole)
    settle(qtbot, cut)
    assert dump(cut) == dump(whole)
    for each in (whole, cut):
        each.deleteLater()
