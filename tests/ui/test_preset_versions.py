"""What was saved of a preset before."""

import pytest
from PySide6.QtWidgets import QWidget

from novita_desktop.domain.presets import PresetVersion
from novita_desktop.domain.prompt_form import PromptForm
from novita_desktop.ui.dialogs.preset_versions import PresetVersions
from novita_desktop.ui.tasks import Tasks

VERSIONS = [
    PresetVersion(3, 1_700_000_200_000_000, PromptForm("m", message="Be clear and kind")),
    PresetVersion(2, 1_700_000_100_000_000, PromptForm("m", message="Be brief and kind")),
    PresetVersion(1, 1_700_000_000_000_000, PromptForm("m", message="Be brief")),
]


@pytest.fixture
def dialog(qtbot, wait, theme):
    parent = QWidget()
    qtbot.addWidget(parent)
    tasks = Tasks(lambda error: None)
    dialog = PresetVersions("Greet", VERSIONS, theme, tasks, parent)
    dialog.kept_parent = parent
    dialog.open()
    yield dialog
    wait(tasks.settled())


def until_shown(qtbot, dialog, words):
    qtbot.waitUntil(lambda: words in dialog.differences.toPlainText())


def test_each_version_is_compared_with_the_one_before(dialog, qtbot):
    assert dialog.list.count() == 3
    assert "Version 3 · in use" in dialog.list.item(0).text()
    until_shown(qtbot, dialog, "Be brief clear and kind")
    assert dialog.differences.accessibleDescription() == "1 added, 1 removed"
    dialog.list.setCurrentRow(1)
    until_shown(qtbot, dialog, "Be brief and kind")
    dialog.list.setCurrentRow(2)
    qtbot.waitUntil(lambda: dialog._counts.text() == "The first version")


def test_a_version_is_compared_with_the_newest(dialog, qtbot):
    dialog.against.setCurrentIndex(1)
    dialog.list.setCurrentRow(2)
    until_shown(qtbot, dialog, "Be brief clear and kind")


def test_one_goes_back_to_any_but_the_newest(dialog, qtbot):
    chosen = []
    dialog.restore_chosen.connect(chosen.append)
    assert not dialog.restore.isEnabled()
    dialog.list.setCurrentRow(1)
    assert dialog.restore.isEnabled()
    dialog.restore.click()
    assert chosen == [VERSIONS[1]]
    assert dialog.isHidden()


def test_it_stays_inside_its_window_also_with_large_text(qtbot, wait, theme):
    theme.set_look("light", 200)
    parent = QWidget()
    qtbot.addWidget(parent)
    parent.resize(960, 640)
    tasks = Tasks(lambda error: None)
    dialog = PresetVersions("Greet", VERSIONS, theme, tasks, parent)
    assert (dialog.width(), dialog.height()) <= (960, 640)
    assert dialog.height() < 640
    assert dialog.list.width() <= dialog.width() // 3
    dialog.reject()
    wait(tasks.settled())
