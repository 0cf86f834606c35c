"""Without columns the page says what belongs there, and has one button."""

from __future__ import annotations

import pytest

from novita_desktop.demo import DemoThread
from novita_desktop.ui.dialogs.model_palette import ModelPalette
from novita_desktop.ui.widgets.empty_state import EmptyState
from tests.ui.compare_stage import compare_stage
from tests.ui.page_stage import Tools


@pytest.fixture
def stage(qtbot, wait, theme, tmp_path):
    with DemoThread(speed=0) as host, compare_stage(Tools(qtbot, wait, theme, host), tmp_path) as s:
        yield s


def test_the_button_opens_the_palette(stage):
    stage.fill()
    empty = stage.page.findChild(EmptyState)
    assert empty.isVisibleTo(stage.page)
    empty.action_requested.emit()
    palette = stage.page.findChild(ModelPalette)
    assert palette.isVisible()
    palette.close()
    assert not stage.page.button.run.isEnabled()
