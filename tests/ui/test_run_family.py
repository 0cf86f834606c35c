"""A family of runs: links in order, none to the one that is shown."""

import pytest
from PySide6.QtWidgets import QPushButton

from novita_desktop.domain.runs import RunStatus
from novita_desktop.ui.widgets.run_family import RunFamily
from tests.ui.test_history_table import summary


@pytest.fixture
def family(qtbot):
    family = RunFamily()
    qtbot.addWidget(family)
    family.show()
    return family


def links(family):
    return [link for link in family.findChildren(QPushButton) if link.isVisible()]


def test_the_first_run_and_every_retry_can_be_opened(family, qtbot):
    runs = [summary(4, RunStatus.FAILED), summary(6, retry_of=4), summary(9, retry_of=6)]
    pressed = []
    family.run_pressed.connect(pressed.append)
    assert family.show_family(runs, 6)
    qtbot.waitUntil(lambda: len(links(family)) == 3)
    assert [link.text().split(" · ")[0] for link in links(family)] == [
        "First run",
        "Retry 1",
        "Retry 2",
    ]
    assert links(family)[0].text().endswith("Failed")
    assert [link.isEnabled() for link in links(family)] == [True, False, True]
    links(family)[2].click()
    assert pressed == [9]


def test_a_run_alone_is_no_family_and_nothing_is_left_of_another(family):
    assert family.show_family([summary(4), summary(5, retry_of=4)], 4)
    assert not family.show_family([summary(7)], 7)
    assert links(family) == []
