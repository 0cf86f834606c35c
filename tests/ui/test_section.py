"""A section stores its fields, and says what is wrong below them."""

import pytest
import shiboken6
from PySide6.QtWidgets import QLabel, QLineEdit

from novita_desktop.demo import DemoThread
from novita_desktop.ui.pages.settings.section import Section
from novita_desktop.ui.pages.settings.setting_fields import TextSetting
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
    section = Section(stage.context, "Connection")
    section.add_fields(TextSetting("base_url"))
    section.show()
    yield section
    stage.settle()
    shiboken6.delete(section)


def type_address(section, stage, address):
    line = labelled(section, QLineEdit, "Base URL")
    line.setText(address)
    line.editingFinished.emit()
    stage.settle()


def test_a_wrong_value_is_said_and_not_stored(section, stage):
    before = stage.context.workspace.settings.current.base_url
    type_address(section, stage, "http://far.example")
    words = [label.text() for label in section.findChildren(QLabel) if label.isVisible()]
    assert any("https://" in each for each in words)
    assert stage.context.workspace.settings.current.base_url == before


def test_a_good_value_takes_the_words_away(section, stage):
    type_address(section, stage, "http://far.example")
    type_address(section, stage, "https://near.example/v1")
    assert labelled(section, QLineEdit, "Base URL").property("wrong") == "false"
    assert stage.context.workspace.settings.current.base_url == "https://near.example/v1"
