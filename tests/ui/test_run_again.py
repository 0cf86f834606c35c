"""Running old requests again: told once started, and refusals with what mends them."""

import pytest
from PySide6.QtWidgets import QPushButton, QWidget

from novita_desktop.demo import DemoThread
from novita_desktop.ui.notices import NoticeBar
from novita_desktop.ui.pages.history.run_again import RunAgain
from tests.services.stage import request
from tests.ui.page_stage import Tools, page_stage


@pytest.fixture
def stage(qtbot, wait, theme, tmp_path):
    with (
        DemoThread(speed=0) as host,
        page_stage(Tools(qtbot, wait, theme, host), tmp_path) as built,
    ):
        yield built


@pytest.fixture
def again(stage, qtbot):
    owner = QWidget()
    qtbot.addWidget(owner)
    notice = NoticeBar(stage.context.icons, owner)
    again = RunAgain(stage.context, notice, owner)
    again.notice, again.owner = notice, owner  # Python must not forget the owner
    again.runs, again.actions = [], []
    again.started.connect(again.runs.append)
    again.action_asked.connect(again.actions.append)
    return again


def test_a_new_run_is_told(stage, again):
    old = stage.run(request("Hello"))
    again.retry(old.id)
    stage.settle()
    (run,) = again.runs
    assert run.retry_of == old.id


def test_errors_that_another_run_mends_are_mended_here_and_others_not(stage, again):
    old = stage.run(request("Hello"))
    assert again.mend("retry", old.id)
    assert again.mend("run_without:temperature", old.id)
    assert not again.mend("connect", old.id)
    stage.settle()
    assert [run.retry_of for run in again.runs] == [old.id, old.id]


def test_a_refusal_offers_what_mends_it(stage, again):
    old = stage.run(request("Hello"))
    stage.call(stage.context.workspace.account.forget())
    again.retry(old.id)
    stage.settle()
    assert "Not connected" in again.notice.text()
    again.notice.findChild(QPushButton).click()
    assert again.actions == ["connect"]
    assert again.runs == []
