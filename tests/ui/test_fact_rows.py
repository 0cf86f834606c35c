"""Facts in two columns, replaced as a whole; ids can be copied."""

import pytest
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLabel, QToolButton

from novita_desktop.ui.icons import Icons
from novita_desktop.ui.widgets.fact_rows import Fact, FactRows


@pytest.fixture
def rows(qtbot, theme):
    rows = FactRows(Icons(theme))
    qtbot.addWidget(rows)
    rows.show()
    return rows


def texts(rows):
    return [label.text() for label in rows.findChildren(QLabel) if label.isVisible()]


def test_new_facts_replace_the_old(rows, qtbot):
    rows.set_facts([Fact("Context", "8,000"), Fact("Added", "today")])
    rows.set_facts([Fact("Context", "9,000")])
    qtbot.waitUntil(lambda: texts(rows) == ["Context", "9,000"])


def test_without_facts_there_is_nothing(rows):
    rows.set_facts([Fact("a", "b")])
    assert not rows.isHidden()
    rows.set_facts([])
    assert rows.isHidden()


def test_an_id_is_copied_by_its_named_button(rows):
    rows.set_facts([Fact("Trace id", "abc-123", is_code=True)])
    copy = rows.findChild(QToolButton)
    assert copy.accessibleName() == "Copy Trace id"
    copy.click()
    assert QGuiApplication.clipboard().text() == "abc-123"


def test_values_are_plain_text(rows):
    rows.set_facts([Fact("Name", "<b>bold</b>")])
    value = rows.findChildren(QLabel)[1]
    assert value.text() == "<b>bold</b>"
    assert value.textFormat().name == "PlainText"
