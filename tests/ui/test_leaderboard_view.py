"""Verdicts of the page stand on the leaderboard."""

from __future__ import annotations

import pytest

from novita_desktop.demo import DemoThread
from novita_desktop.domain.requests import PresetUse
from novita_desktop.ui.dialogs.leaderboard import Leaderboard
from tests.ui.compare_stage import MODELS, compare_stage
from tests.ui.page_stage import Tools


@pytest.fixture
def stage(qtbot, wait, theme, tmp_path):
    with DemoThread(speed=0) as host, compare_stage(Tools(qtbot, wait, theme, host), tmp_path) as s:
        yield s


def test_the_winner_stands_first(stage):
    stage.fill(*MODELS[:2])
    stage.run_to_end()
    winner = stage.columns[1]
    stage.press(winner, "Best")
    stage.until(stage.judged)
    stage.page._more.leaderboard_requested.emit()
    stage.until(lambda: stage.page.findChild(Leaderboard))
    board = stage.page.findChild(Leaderboard)
    stage.until(lambda: board.table.rowCount() == 2)
    assert board.table.item(0, 0).text() == winner.shown_name
    assert board.table.item(0, 4).text() == "100%"
    board.reject()
    stage.until(lambda: stage.page.findChild(Leaderboard) is None)


def test_a_preset_without_rounds_shows_none_and_all_show_the_rest(stage):
    stage.fill(*MODELS[:2])
    stage.run_to_end()
    stage.press(stage.columns[0], "Best")
    stage.until(stage.judged)
    stage.page._menu_commands.leaderboard.open(PresetUse(7, 1, "Greet"))
    stage.until(lambda: stage.page.findChild(Leaderboard))
    board = stage.page.findChild(Leaderboard)
    stage.until(lambda: board._note.text().startswith("No round"))
    board.scope.setCurrentIndex(0)
    stage.until(lambda: board.table.rowCount() == 2)
    board.reject()
    stage.until(lambda: stage.page.findChild(Leaderboard) is None)
