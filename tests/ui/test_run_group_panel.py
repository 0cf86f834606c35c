"""Several runs in the side panel: how they ended, and what can be pressed."""

import pytest
from PySide6.QtWidgets import QLabel, QPushButton

from novita_desktop.domain.costs import Cost
from novita_desktop.domain.runs import GroupKind, GroupSummary, RunGroup, RunStatus
from novita_desktop.ui import formatting
from novita_desktop.ui.icons import Icons
from novita_desktop.ui.widgets.run_group_panel import RunGroupPanel


@pytest.fixture
def panel(qtbot, theme):
    panel = RunGroupPanel(Icons(theme))
    qtbot.addWidget(panel)
    panel.resize(340, 600)
    panel.show()
    return panel


def group(*counts):
    head = RunGroup(GroupKind.BATCH, "Reviews", id=3)
    return GroupSummary(head, 1, counts, ("a/b",), "First", cost=Cost(10**9))


def texts(panel):
    return [label.text() for label in panel.findChildren(QLabel) if label.isVisible()]


def button(panel, words):
    return next(b for b in panel.findChildren(QPushButton) if b.text() == words)


def test_it_says_how_many_ended_how(panel, qtbot):
    panel.show_group(group((RunStatus.SUCCEEDED, 7), (RunStatus.FAILED, 2)), "Reviews")
    wanted = {"Reviews", "Failed", "2", "Done", "7", "9", formatting.cost(Cost(10**9))}
    qtbot.waitUntil(lambda: wanted <= set(texts(panel)))


def test_its_buttons_are_told(panel):
    told = []
    panel.open_pressed.connect(lambda: told.append("open"))
    panel.retry_pressed.connect(lambda: told.append("retry"))
    panel.show_group(group((RunStatus.FAILED, 2)), "Reviews")
    button(panel, "Show its runs").click()
    button(panel, "Retry failed").click()
    assert told == ["open", "retry"]


def test_where_none_failed_there_is_nothing_to_retry(panel):
    panel.show_group(group((RunStatus.SUCCEEDED, 2)), "Reviews")
    assert not button(panel, "Retry failed").isVisible()
