"""Data in Settings: files are chosen in dialogs that block nothing."""

from pathlib import Path

import pytest
import shiboken6
from PySide6.QtWidgets import QFileDialog, QLabel, QLineEdit, QPushButton

from novita_desktop.demo import DemoThread
from novita_desktop.ui.dialogs.question import Question
from novita_desktop.ui.pages.settings.data_section import DataSection
from tests.services.stage import request
from tests.ui.page_stage import Tools, page_stage
from tests.ui.shell_stage import labelled


@pytest.fixture
def stage(qtbot, wait, theme, tmp_path):
    with (
        DemoThread(speed=0) as host,
        page_stage(Tools(qtbot, wait, theme, host), tmp_path) as built,
    ):
        yield built


@pytest.fixture
def section(stage):
    section = DataSection(stage.context)
    section.show()
    yield section
    stage.settle()
    shiboken6.delete(section)


def file_dialog(section, qtbot):
    qtbot.waitUntil(lambda: section.window().findChildren(QFileDialog) != [])
    return section.window().findChildren(QFileDialog)[-1]


def choose(dialog, path):
    """Type a path into the dialog's field and confirm."""
    dialog.findChild(QLineEdit).setText(str(path))
    dialog.accept()


def test_backing_up_to_a_chosen_file(section, stage, qtbot, tmp_path):
    stage.run(request())
    labelled(section, QPushButton, "Back up now…").click()
    dialog = file_dialog(section, qtbot)
    target = tmp_path / "elsewhere.db"
    choose(dialog, target)
    stage.settle()
    assert target.exists()
    said = stage.context.toast.findChild(QLabel).text()
    assert said == "Backed up 1 run to elsewhere.db."


def test_a_dialog_that_is_dismissed_changes_nothing(section, stage, qtbot, tmp_path):
    before = set(tmp_path.rglob("*.db"))
    labelled(section, QPushButton, "Back up now…").click()
    file_dialog(section, qtbot).reject()
    stage.settle()
    assert set(tmp_path.rglob("*.db")) == before


def test_restoring_from_a_file_asks_and_passes_it_on(section, stage, qtbot, tmp_path):
    backup = tmp_path / "mine.db"
    stage.call(stage.context.workspace.backups.back_up_to(backup))
    asked = []
    section.restore_requested.connect(asked.append)
    labelled(section, QPushButton, "Restore from a file…").click()
    dialog = file_dialog(section, qtbot)
    choose(dialog, backup)
    qtbot.waitUntil(lambda: section.window().findChildren(Question) != [])
    section.window().findChildren(Question)[0].accept()
    stage.settle()
    assert asked == [Path(backup)]
