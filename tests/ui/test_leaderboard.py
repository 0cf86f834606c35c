"""The leaderboard in words and figures."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QLabel, QWidget

from novita_desktop.domain.leaderboard import CheckTally, Competitor, Standing
from novita_desktop.ui import formatting
from novita_desktop.ui.dialogs.leaderboard import Leaderboard

LLAMA = Standing(Competitor("l"), 12, 7, 1, 0.5833, 0.32, 0.807, 1_560.4, 310, 112.2, 1_100_000_000)


@pytest.fixture
def board(qtbot, theme):
    parent = QWidget()
    qtbot.addWidget(parent)
    made = Leaderboard({"l": "Llama", "q": "Qwen"}.get, parent)
    made.kept_alive = parent
    return made


def row(board, place):
    return [board.table.item(place, column).text() for column in range(10)]


def note(board):
    return board.findChild(QLabel, "leaderboardNote").text()


def test_figures_are_written_as_people_read_them(board):
    board.show_standings([LLAMA])
    expected = ["Llama", "12", "7", "1", "58%", "32% to 81%", "1560", "0.31 s", "112 tok/s"]
    assert [text.replace(",", "") for text in row(board, 0)[:9]] == expected
    assert row(board, 0)[9] == "$0.11"
    assert note(board) == ""


def test_what_is_unknown_is_a_dash_and_a_variant_is_marked(board):
    board.show_standings([Standing(Competitor("q", "{}"), 3, 1, 0, 0.33, 0.06, 0.79)])
    assert row(board, 0)[0] == "Qwen · modified"
    assert row(board, 0)[6:] == [formatting.DASH] * 4
    assert note(board).startswith("Too few rounds to tell")


def test_checks_are_a_share_and_who_was_never_judged_has_no_win_rate(board):
    checked = Standing(Competitor("q"), 0, 0, 0, 0.0, 0.0, 1.0, checks=CheckTally(12, 14))
    board.show_standings([LLAMA, checked])
    assert board.table.item(0, 10).text() == formatting.DASH
    assert board.table.item(1, 10).text() == "86% of 14"
    assert row(board, 1)[4:6] == [formatting.DASH] * 2


def test_without_rounds_it_says_what_to_do(board):
    board.show_standings([])
    assert note(board).startswith("No round is judged yet")


def test_a_presets_rounds_are_chosen_first(board):
    told = []
    board.scope_chosen.connect(told.append)
    board.add_preset(7, "Greet")
    assert board.scope.currentText() == "Preset “Greet”"
    board.scope.setCurrentIndex(0)
    assert told == [7, None]
