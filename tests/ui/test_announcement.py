"""Words for the screen reader, with what they are about and how pressing they are."""

import pytest
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QLabel

from novita_desktop.ui.widgets.announcement import announce


@pytest.mark.parametrize(("is_urgent", "politeness"), [(False, "Polite"), (True, "Assertive")])
def test_words_are_read_out(qtbot, monkeypatch, is_urgent, politeness):
    label = QLabel("source")
    qtbot.addWidget(label)
    said = []
    monkeypatch.setattr(QAccessible, "isActive", lambda: True)
    monkeypatch.setattr(
        QAccessible,
        "updateAccessibility",
        lambda event: said.append((event.object(), event.message(), event.politeness().name)),
    )
    announce(label, "Saved", is_urgent=is_urgent)
    assert said == [(label, "Saved", politeness)]


def test_nothing_is_said_where_nobody_listens(qtbot, monkeypatch):
    label = QLabel("source")
    qtbot.addWidget(label)
    said = []
    monkeypatch.setattr(QAccessible, "isActive", lambda: False)
    monkeypatch.setattr(QAccessible, "updateAccessibility", said.append)
    announce(label, "Saved")
    assert said == []
