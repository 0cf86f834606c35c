"""Keys mean something only by themselves, and only while there is something to judge."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent

from novita_desktop.demo import DemoThread
from novita_desktop.ui.pages.compare.round_keys import done_by_key
from tests.ui.compare_stage import MODELS, compare_stage
from tests.ui.page_stage import Tools


@pytest.fixture
def stage(qtbot, wait, theme, tmp_path):
    with DemoThread(speed=0) as host, compare_stage(Tools(qtbot, wait, theme, host), tmp_path) as s:
        yield s


def event(key, modifiers=Qt.KeyboardModifier.NoModifier):
    return QKeyEvent(QEvent.Type.KeyPress, key, modifiers)


def test_with_ctrl_they_are_left_to_the_window(stage):
    view, stepper = stage.page._view, stage.page._stepper
    assert not done_by_key(event(Qt.Key.Key_B, Qt.KeyboardModifier.ControlModifier), view, stepper)
    assert not done_by_key(event(Qt.Key.Key_X), view, stepper)
    assert not done_by_key(event(Qt.Key.Key_9), view, stepper)


def test_before_all_answers_are_there_they_judge_nothing(stage):
    stage.fill(*MODELS[:2])
    told = []
    stage.page._view.judged.connect(lambda *verdict: told.append(verdict))
    for key in (Qt.Key.Key_1, Qt.Key.Key_T, Qt.Key.Key_B):
        assert done_by_key(event(key), stage.page._view, stage.page._stepper)
    assert told == []
