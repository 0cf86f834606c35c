"""Star, note and bin of one run: told with the run's id, and no note lost on the way."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QToolButton

from novita_desktop.domain.runs import RunStatus
from novita_desktop.ui.icons import Icons
from novita_desktop.ui.widgets.run_marks import RunMarks
from tests.ui.test_history_table import summary


@pytest.fixture
def marks(qtbot, theme):
    marks = RunMarks(Icons(theme))
    qtbot.addWidget(marks)
    marks.show()
    marks.told = []
    for name in ("starred", "noted", "delete_pressed", "restore_pressed"):
        getattr(marks, name).connect(lambda *facts, name=name: marks.told.append((name, *facts)))
    return marks


def note(marks):
    return marks.findChild(QLineEdit)


def test_a_star_is_told_and_shown(marks):
    star = marks.findChild(QToolButton)
    assert star.accessibleName() == "Star"
    marks.show_run(summary(7))
    star.click()
    star.click()
    assert marks.told == [("starred", 7, True), ("starred", 7, False)]
    marks.show_run(summary(8, is_starred=True))
    assert star.isChecked()


def test_a_note_is_told_once_it_is_written_and_only_if_it_changed(marks, qtbot):
    marks.show_run(summary(7, note="Old"))
    note(marks).setFocus()
    qtbot.keyClick(note(marks), Qt.Key.Key_Return)
    assert marks.told == []
    qtbot.keyClick(note(marks), Qt.Key.Key_End)
    qtbot.keyClicks(note(marks), "er ")
    qtbot.keyClick(note(marks), Qt.Key.Key_Return)
    assert marks.told == [("noted", 7, "Older")]


def test_another_run_or_none_takes_no_note_along(marks):
    marks.show_run(summary(7))
    note(marks).setText("Seven")
    marks.show_run(summary(8))
    assert marks.told == [("noted", 7, "Seven")]
    assert note(marks).text() == ""
    note(marks).setText("Eight")
    marks.show_nothing()
    assert marks.told[1:] == [("noted", 8, "Eight")]


def test_news_of_the_same_run_do_not_disturb_who_writes(marks, qtbot):
    marks.show_run(summary(7, RunStatus.RUNNING))
    note(marks).setFocus()
    qtbot.waitUntil(note(marks).hasFocus)
    qtbot.keyClicks(note(marks), "Half a")
    marks.show_run(summary(7))
    assert note(marks).text() == "Half a"
    assert marks.told == []


def test_the_button_deletes_or_restores_what_is_over(marks):
    button = marks.delete
    marks.show_run(summary(7, RunStatus.RUNNING))
    assert not button.isEnabled()
    marks.show_run(summary(7))
    button.click()
    marks.show_run(summary(7, deleted_at=5))
    assert button.text() == "Restore"
    button.click()
    assert marks.told == [("delete_pressed", 7), ("restore_pressed", 7)]
