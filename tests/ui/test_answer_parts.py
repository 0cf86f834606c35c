"""What shows a run is built when there is something to show; the rest is tested with the panel."""

import pytest
from PySide6.QtWidgets import QTabWidget

from novita_desktop.services.preview import Preview
from novita_desktop.ui.icons import Icons
from novita_desktop.ui.tasks import Tasks
from novita_desktop.ui.widgets.answer_panel import AnswerPanel
from novita_desktop.ui.widgets.answer_parts import AnswerParts


@pytest.fixture
def panel(qtbot, theme, loop, wait):
    tasks = Tasks(lambda error: None)
    panel = AnswerPanel(theme, Icons(theme), tasks)
    qtbot.addWidget(panel)
    panel.resize(500, 500)
    panel.show()
    yield panel
    wait(tasks.settled())


def test_before_the_first_run_there_is_nothing_to_build(panel):
    panel.show_next_request(Preview("{}"))
    panel.look_ahead()
    assert panel.detail() is None
    assert panel.findChild(AnswerParts) is None


def test_the_first_run_shows_them(panel):
    panel.begin("Hel", "")
    parts = panel.findChild(AnswerParts)
    assert parts is panel.parts
    assert parts.answer.isVisible()
    assert not parts.foot.isVisible()


def test_the_request_that_would_be_sent_can_be_seen_before_any_run(panel, qtbot):
    panel.show_next_request(Preview('{"model":"a/b"}'))
    panel.findChild(QTabWidget).setCurrentIndex(3)
    qtbot.waitUntil(lambda: '"a/b"' in panel.parts.request.json.text.toPlainText())
    assert panel.parts.request.isVisible()
