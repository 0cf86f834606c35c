"""What the menu asks for is done to the comparison in view, in the workspace that is open."""

from __future__ import annotations

import pytest

from novita_desktop.ui.dialogs.leaderboard import Leaderboard
from tests.ui.compare_stage import MODELS, compare_stage


@pytest.fixture
def stage(tools, tmp_path):
    with compare_stage(tools, tmp_path) as stage:
        yield stage


def test_the_leaderboard_opens(stage):
    stage.page._more.leaderboard_requested.emit()
    stage.until(lambda: stage.page.findChild(Leaderboard))
    stage.page.findChild(Leaderboard).reject()


def test_another_workspace_has_nothing_to_rename_or_export(stage):
    stage.fill(*MODELS[:2])
    stage.run_to_end()
    stage.page.set_context(stage.stage.context)
    toast = stage.stage.context.toast
    stage.page._more.export_requested.emit()
    assert "exported" in toast.text()
    stage.page._more.rename_requested.emit()
    assert "has a name" in toast.text()
