"""About the program."""

import pytest
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLabel, QPlainTextEdit, QPushButton, QWidget

import novita_desktop
from novita_desktop.ui.dialogs.about import About
from novita_desktop.ui.tasks import Tasks
from tests.ui.shell_stage import labelled, text_of


@pytest.fixture
def about(qtbot, theme, wait, tmp_path):
    (tmp_path / "novita.db").write_bytes(b"x" * 3_000)
    parent = QWidget()
    qtbot.addWidget(parent)
    tasks = Tasks(lambda error: pytest.fail(repr(error)))
    about = About(tmp_path, tasks, 420, parent)
    about.open()
    about.kept = parent
    wait(tasks.settled())
    return about


def test_it_says_how_the_program_is(about, tmp_path):
    texts = [label.text() for label in about.findChildren(QLabel)]
    assert any(novita_desktop.__version__ in text for text in texts)
    assert f"Data: {tmp_path}" in texts
    health = text_of(about, "health")
    assert "Data 3.0 kB" in health
    assert "Started in 0.42 s" in health


def test_licences_are_there(about):
    text = labelled(about, QPlainTextEdit, "Licences").toPlainText()
    assert "MIT" in text
    assert "PySide6_Essentials: LGPL" in text


def test_it_can_be_copied_for_a_report(about):
    labelled(about, QPushButton, "Copy").click()
    copied = QGuiApplication.clipboard().text()
    assert novita_desktop.__version__ in copied
    assert "Memory" in copied or "Data" in copied
