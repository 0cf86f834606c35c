"""The sheet on which the presets are ticked that go into one file."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QWidget

from novita_desktop.domain.presets import Preset
from novita_desktop.domain.prompt_form import PromptForm
from novita_desktop.ui.dialogs.export_presets import ExportPresets
from novita_desktop.ui.icons import Icons

FORM = PromptForm("a/b", message="Hi")
PRESETS = (
    Preset(1, "Greet", FORM, is_favourite=True, folder="Work"),
    Preset(2, "Sum up", FORM, folder="Work"),
    Preset(3, "Translate", FORM),
)


@pytest.fixture
def sheet(qtbot, theme):
    page = QWidget()
    qtbot.addWidget(page)
    page.resize(900, 700)
    page.show()
    made = ExportPresets(theme, Icons(theme), page)
    made.told = []
    made.chosen.connect(made.told.append)
    made.open_with(PRESETS)
    return made


def count(sheet) -> str:
    return sheet.findChild(QLabel, "exportCount").text()


def test_all_are_ticked_and_each_is_there_once(sheet) -> None:
    assert count(sheet) == "3 of 3 ticked"
    sheet.export_button.click()
    assert [sorted(ids) for ids in sheet.told] == [[1, 2, 3]]
    assert sheet.isHidden()


def test_those_that_are_not_ticked_are_left_out(sheet) -> None:
    (item,) = sheet.list.findItems("Translate", Qt.MatchFlag.MatchExactly)
    item.setCheckState(0, Qt.CheckState.Unchecked)
    assert count(sheet) == "2 of 3 ticked"
    sheet.export_button.click()
    assert [sorted(ids) for ids in sheet.told] == [[1, 2]]


def test_what_the_search_finds_can_be_ticked_alone(sheet) -> None:
    sheet.none_button.click()
    assert not sheet.export_button.isEnabled()
    sheet.search.setText("sum")
    sheet.all_button.click()
    sheet.export_button.click()
    assert sheet.told == [[2]]


def test_cancel_exports_nothing(sheet) -> None:
    sheet.cancel_button.click()
    assert sheet.isHidden()
    assert sheet.told == []
