"""Colours finished blocks of code, a little at a time, without making the window wait.

Pygments takes tens of milliseconds to import and as much again for a large language, so both
happen in a thread; reading the code is a generator that the window's thread steps through.
"""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Iterator
from concurrent.futures import Future
from functools import cache
from time import perf_counter
from typing import TYPE_CHECKING, Final

from PySide6.QtGui import QTextCursor, QTextDocument

from novita_desktop.domain.markdown_inline import Emphasis
from novita_desktop.ui.widgets.document_lines import Look, Token
from novita_desktop.ui.widgets.markdown_document import FinishedCode, length_in_document
from novita_desktop.ui.widgets.markdown_style import MarkdownStyle

if TYPE_CHECKING:
    from pygments.lexer import Lexer

# Code beyond this is data more often than code, and colours would not help to read it.
_CHARACTER_LIMIT: Final = 100_000
_STEPS_BETWEEN_LOOKS_AT_THE_CLOCK: Final = 8

_TOKENS: Final = {
    "Comment": Token.COMMENT,
    "Keyword": Token.KEYWORD,
    "Operator.Word": Token.KEYWORD,
    "Literal.String": Token.STRING,
    "Literal.Number": Token.NUMBER,
    "Name.Function": Token.NAME,
    "Name.Class": Token.NAME,
    "Name.Tag": Token.NAME,
    "Name.Attribute": Token.NAME,
    "Name.Decorator": Token.NAME,
    "Name.Builtin": Token.NAME,
    "Generic.Inserted": Token.STRING,
    "Generic.Deleted": Token.NUMBER,
    "Generic.Heading": Token.KEYWORD,
}


class CodeHighlighter:
    """Colours the blocks of code of one document in the order in which they came."""

    def __init__(self, document: QTextDocument) -> None:
        self._document = document
        self._waiting: deque[FinishedCode] = deque()
        self._words: Iterator[tuple[int, int, Token]] | None = None

    @property
    def has_work(self) -> bool:
        """Whether there is code that has not got its colours yet."""
        return bool(self._waiting)

    @property
    def is_waiting(self) -> bool:
        """Whether the work cannot go on before a language has been loaded."""
        return bool(self._waiting) and not lexer_for(self._waiting[0].language).done()

    def add(self, code: FinishedCode) -> None:
        """Colour `code` when its turn comes; code without a known language stays as it is."""
        if code.language and code.end - code.start <= _CHARACTER_LIMIT:
            self._waiting.append(code)
            lexer_for(code.language.casefold())

    def clear(self) -> None:
        """Forget all code, because the document was emptied."""
        self._waiting.clear()
        self._words = None

    def work(self, style: MarkdownStyle, deadline: float) -> None:
        """Colour words until the monotonic time `deadline`."""
        cursor = QTextCursor(self._document)
        cursor.beginEditBlock()
        while self._waiting and not self.is_waiting and perf_counter() < deadline:
            if self._words is None:
                self._words = self._words_of(self._waiting[0])
            for _ in range(_STEPS_BETWEEN_LOOKS_AT_THE_CLOCK):
                word = next(self._words, None)
                if word is None:
                    self._waiting.popleft()
                    self._words = None
                    break
                start, end, token = word
                cursor.setPosition(start)
                cursor.setPosition(end, QTextCursor.MoveMode.KeepAnchor)
                cursor.setCharFormat(style.char_format(Look.CODE, 0, Emphasis.NONE, token))
        cursor.endEditBlock()

    def _words_of(self, code: FinishedCode) -> Iterator[tuple[int, int, Token]]:
        """Yield start, end and kind of the words of `code` that get a colour."""
        lexer = lexer_for(code.language).result()
        if lexer is None:
            return
        cursor = QTextCursor(self._document)
        cursor.setPosition(code.start)
        cursor.setPosition(code.end, QTextCursor.MoveMode.KeepAnchor)
        position = code.start
        for _, kind, text in lexer.get_tokens_unprocessed(
            cursor.selectedText().replace("\u2029", "\n")
        ):
            end = position + length_in_document(text)
            token = _token_of(str(kind))
            if token is not Token.PLAIN:
                yield position, end, token
            position = end


def lexer_for(language: str) -> Future[Lexer | None]:
    """Return the future lexer for `language` as written after a fence; None for unknown ones."""
    return _loading_lexer(language.casefold().removeprefix("{.").rstrip("}"))


@cache
def _loading_lexer(language: str) -> Future[Lexer | None]:
    future: Future[Lexer | None] = Future()
    threading.Thread(target=_load_lexer, args=(language, future), daemon=True).start()
    return future


def _load_lexer(language: str, future: Future[Lexer | None]) -> None:
    from pygments.lexers import get_lexer_by_name  # noqa: PLC0415 - slow, and not needed to start
    from pygments.util import ClassNotFound  # noqa: PLC0415

    lexer = None
    try:
        lexer = get_lexer_by_name(language)
        # The first use compiles the language's expressions.
        list(lexer.get_tokens_unprocessed("a = 1"))
    except ClassNotFound:
        pass
    finally:
        future.set_result(lexer)


@cache
def _token_of(kind: str) -> Token:
    name = kind.removeprefix("Token.")
    while name:
        if name in _TOKENS:
            return _TOKENS[name]
        name = name.rpartition(".")[0]
    return Token.PLAIN
