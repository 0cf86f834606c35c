"""A family of runs: links in order, none to the one that is shown."""

import pytest
from PySide6.QtWidgets import QLabel, QPushButton

from novita_desktop.domain.runs import RunStatus
from novita_desktop.domain.word_differences import word_differences
from novita_desktop.ui.widgets.differences_view import DifferencesView
from novita_desktop.ui.widgets.run_family import RunFamily
from tests.ui.test_history_table import summary


@pytest.fixture
def family(qtbot, theme):
    family = RunFamily(theme)
    qtbot.addWidget(family)
    family.show()
    return family


def links(family):
    return [link for link in family.findChildren(QPushButton) if link.isVisible()]


def runs_of(family):
    return [link for link in links(family) if link.text() != "Differences"]


def test_the_first_run_and_every_retry_can_be_opened(family, qtbot):
    runs = [summary(4, RunStatus.FAILED), summary(6, retry_of=4), summary(9, retry_of=6)]
    pressed = []
    family.run_pressed.connect(pressed.append)
    assert family.show_family(runs, 6)
    qtbot.waitUntil(lambda: len(links(family)) == 5)
    assert [link.text().split(" · ")[0] for link in runs_of(family)] == [
        "First run",
        "Retry 1",
        "Retry 2",
    ]
    assert runs_of(family)[0].text().endswith("Failed")
    assert [link.isEnabled() for link in runs_of(family)] == [True, False, True]
    runs_of(family)[2].click()
    assert pressed == [9]


def test_a_run_alone_is_no_family_and_nothing_is_left_of_another(family):
    assert family.show_family([summary(4), summary(5, retry_of=4)], 4)
    assert not family.show_family([summary(7)], 7)
    assert links(family) == []


def test_the_answers_of_two_are_compared(family, qtbot):
    asked = []
    family.compared.connect(asked.append)
    family.show_family([summary(4), summary(6, retry_of=4), summary(9, retry_of=6)], 6)
    view = family.findChild(DifferencesView)
    assert not view.isVisible()
    qtbot.waitUntil(lambda: len(links(family)) == 5)
    compare = [link for link in links(family) if link.text() == "Differences"]
    assert [link.accessibleName() for link in compare] == [
        "Differences to First run",
        "Differences to Retry 2",
    ]
    compare[0].click()
    assert asked == [4]
    family.show_differences(4, word_differences("The old answer", "The new answer"))
    assert view.isVisible()
    assert view.toPlainText() == "The old new answer"
    words = [label.text() for label in family.findChildren(QLabel) if label.isVisible()]
    assert words == ["From First run to Retry 1: 1 added, 1 removed"]
    family.show_family([summary(4), summary(6, retry_of=4)], 4)
    assert not view.isVisible()
