"""The test of the network tells what really happened."""

import pytest
import shiboken6
from PySide6.QtWidgets import QPushButton

from novita_desktop.demo import DemoThread
from novita_desktop.ui.pages.settings.network_section import NetworkSection
from tests.ui.page_stage import Tools, page_stage
from tests.ui.shell_stage import labelled, text_of


@pytest.fixture
def thread():
    thread = DemoThread(speed=0)
    thread.running = thread.start().result()
    yield thread
    thread.stop()


@pytest.fixture
def stage(qtbot, wait, theme, thread, tmp_path):
    with page_stage(Tools(qtbot, wait, theme, thread.running), tmp_path) as built:
        yield built


@pytest.fixture
def section(stage):
    section = NetworkSection(stage.context)
    section.show()
    yield section
    stage.settle()
    shiboken6.delete(section)


def test_a_host_that_answers(section, stage):
    labelled(section, QPushButton, "Test").click()
    stage.settle()
    words = text_of(section, "networkTest")
    assert words.startswith("It works: the host answered in")
    assert str(len(stage.context.workspace.catalogue.current.models)) in words


def test_a_host_that_is_gone(section, stage, thread):
    thread.stop()
    labelled(section, QPushButton, "Test").click()
    assert not labelled(section, QPushButton, "Test").isEnabled()
    stage.settle()
    assert text_of(section, "networkTest")
    assert "It works" not in text_of(section, "networkTest")
    assert labelled(section, QPushButton, "Test").isEnabled()
