"""What all pages share."""

import pytest
from PySide6.QtWidgets import QLabel, QPushButton

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


def test_a_long_title_gives_way_to_what_stands_beside_it(stage, qtbot):
    page = Page(stage.context, "Summarise " * 30)
    qtbot.addWidget(page)
    mark, action = QLabel("edited"), QPushButton("Versions")
    page.add_title_mark(mark)
    page.add_head_action(action)
    page.resize(700, 400)
    page.show()
    assert page.minimumSizeHint().width() < 500
    assert mark.x() < action.x() < 700
    page.set_title("Short")
    assert page.title == "Short"
    qtbot.waitUntil(lambda: mark.x() < 150)


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
