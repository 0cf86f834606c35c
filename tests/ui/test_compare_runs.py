"""A refusal is told with what mends it; nothing is started twice."""

from __future__ import annotations

import pytest

from novita_desktop.demo import DemoThread
from novita_desktop.domain.errors import DiskFull
from tests.ui.compare_stage import MODELS, compare_stage
from tests.ui.page_stage import Tools


@pytest.fixture
def stage(qtbot, wait, theme, tmp_path):
    with DemoThread(speed=0) as host, compare_stage(Tools(qtbot, wait, theme, host), tmp_path) as s:
        yield s


def test_a_full_disk_is_told_in_a_notice(stage, monkeypatch):
    stage.fill(*MODELS[:2])

    async def full(*_args, **_options):
        raise DiskFull("no space", path="/x")

    monkeypatch.setattr(stage.page.context.workspace.comparisons, "start", full)
    stage.page.button.run.click()
    stage.until(stage.page.notice.text)
    assert not stage.page._runs.is_starting
    assert stage.page.button.run.isVisible()


def test_pressed_twice_all_columns_run_once(stage):
    stage.fill(*MODELS[:2])
    stage.page.run()
    stage.page.run()
    stage.until(lambda: stage.page._view.comparison)
    stage.until_over()
    assert len(stage.tools.host.chats) == 2
