"""Differences are seen by marks as well as by colour."""

import pytest
from PySide6.QtGui import QTextCursor

from novita_desktop.domain.word_differences import Piece, PieceKind, word_differences
from novita_desktop.ui.widgets.differences_view import MOST_CHARACTERS, DifferencesView


@pytest.fixture
def view(qtbot, theme):
    view = DifferencesView(theme, "Differences")
    qtbot.addWidget(view)
    return view


def format_of(view, words):
    cursor = view.document().find(words)
    assert not cursor.isNull()
    return QTextCursor(cursor).charFormat()


def test_added_is_underlined_and_removed_is_struck_through(view, theme):
    view.show_pieces(word_differences("Be brief and kind.", "Be clear and kind."))
    assert view.toPlainText() == "Be brief clear and kind."
    added, removed, same = (format_of(view, word) for word in ("clear", "brief", "kind"))
    assert (added.fontUnderline(), added.fontStrikeOut()) == (True, False)
    assert (removed.fontUnderline(), removed.fontStrikeOut()) == (False, True)
    assert (same.fontUnderline(), same.fontStrikeOut()) == (False, False)
    assert added.background().color() == theme.color("accent_soft")
    assert removed.foreground().color() == theme.color("danger")
    assert view.accessibleDescription() == "1 added, 1 removed"


def test_it_follows_the_theme(view, theme):
    view.show_pieces(word_differences("one", "one two"))
    theme.set_look("dark", 100)
    assert format_of(view, "two").foreground().color() == theme.color("accent_soft_text")


def test_equal_texts_are_shown_whole(view):
    view.show_pieces([Piece(PieceKind.SAME, "word " * 1_000)])
    assert view.toPlainText() == "word " * 1_000
    assert view.counts() == "No differences"


def test_long_unchanged_stretches_are_shortened_towards_the_differences(view):
    stretch = "".join(f"w{number} " for number in range(1_000))
    pieces = [
        Piece(PieceKind.SAME, stretch),
        Piece(PieceKind.ADDED, "new"),
        Piece(PieceKind.SAME, stretch),
    ]
    view.show_pieces(pieces)
    shown = view.toPlainText()
    assert len(shown) < 1_000
    assert "w999 new" in shown
    assert "neww0 w1" in shown
    assert shown.startswith("…")
    assert shown.endswith("…")


def test_endless_differences_end(view):
    view.show_pieces([Piece(PieceKind.ADDED, "x" * 3 * MOST_CHARACTERS)])
    assert len(view.toPlainText()) < MOST_CHARACTERS + 100
    assert "left out" in view.toPlainText()
