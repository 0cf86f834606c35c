"""Colouring code: by pygments, loaded in a thread, in slices, also behind emoji."""

import subprocess
import sys
from time import perf_counter

from PySide6.QtGui import QFont, QPalette, QTextCursor, QTextDocument

from novita_desktop.ui.widgets.answer_colours import AnswerColours
from novita_desktop.ui.widgets.code_highlight import CodeHighlighter, lexer_for
from novita_desktop.ui.widgets.markdown_document import FinishedCode
from novita_desktop.ui.widgets.markdown_style import MarkdownStyle


def style():
    return MarkdownStyle(QFont(), AnswerColours.from_palette(QPalette()))


def colour_at(document, position):
    cursor = QTextCursor(document)
    cursor.setPosition(position + 1)
    return cursor.charFormat().foreground().color().name()


def highlighted(text, language):
    document = QTextDocument(text)
    highlighter = CodeHighlighter(document)
    highlighter.add(FinishedCode(0, document.characterCount() - 1, language))
    lexer_for(language).result(timeout=20)
    slices = 0
    while highlighter.has_work:
        highlighter.work(style(), perf_counter() + 0.001)
        slices += 1
    return document, slices


def test_words_after_emoji_get_their_own_colours(qapp):
    text = "x = '👩‍👩‍👧🎉'  # why\nreturn 7"
    document, _ = highlighted(text, "python")
    found = document.toPlainText()
    place = {
        word: len(found[: found.index(word)].encode("utf-16-le")) // 2 for word in ("#", "return")
    }
    colours = AnswerColours.from_palette(QPalette())
    assert colour_at(document, place["#"]) == colours.muted.name()
    assert colour_at(document, place["return"]) == colours.keyword.name()


def test_long_code_is_coloured_in_several_slices(qapp):
    _, slices = highlighted("def f(): return 'x'  # y\n" * 2000, "python")
    assert slices > 3


def test_unknown_languages_and_endless_code_are_left_alone(qapp):
    document = QTextDocument("x")
    highlighter = CodeHighlighter(document)
    highlighter.add(FinishedCode(0, 1, ""))
    highlighter.add(FinishedCode(0, 10_000_000, "python"))
    assert not highlighter.has_work
    assert lexer_for("no such language").result(timeout=20) is None


def test_pygments_is_not_imported_with_the_view():
    code = "import sys, novita_desktop.ui.widgets.answer_view; sys.exit('pygments' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
