"""What all pages share."""

import pytest

from novita_desktop.demo import DemoThread
from novita_desktop.ui.pages._page import Page
from tests.ui.page_stage import Tools, page_stage
from tests.ui.shell_stage import text_of


@pytest.fixture
def stage(qtbot, wait, theme, tmp_path):
    with (
        DemoThread(speed=0) as host,
        page_stage(Tools(qtbot, wait, theme, host), tmp_path) as built,
    ):
        yield built


def test_a_page_has_a_title_and_a_fact(stage, qtbot):
    page = Page(stage.context, "History")
    qtbot.addWidget(page)
    page.set_fact("3 runs")
    assert page.title == "History"
    page.set_title("All runs")
    assert page.title == "All runs"
    assert text_of(page, "pageFact") == "3 runs"


def test_a_plain_page_has_nothing_to_keep(stage, qtbot):
    page = Page(stage.context, "History")
    qtbot.addWidget(page)
    page.restore_view_state("anything")
    assert page.view_state() == ""
    stage.tools.wait(page.leave())


def test_its_notice_stands_over_its_body(stage, qtbot):
    page = Page(stage.context, "History")
    qtbot.addWidget(page)
    assert page.notice.isHidden()
