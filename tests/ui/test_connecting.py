"""Connecting from the window: to Novita, or to another host, and what waits for the key."""

from dataclasses import replace

import pytest
from PySide6.QtWidgets import QLineEdit, QPushButton, QWidget

from novita_desktop.demo import DemoThread
from novita_desktop.ui.main_window.connecting import Connecting
from tests.ui.page_stage import KEY, Tools, page_stage
from tests.ui.shell_stage import labelled, text_of


@pytest.fixture(scope="module")
def host():
    with DemoThread(speed=0) as running:
        yield running


@pytest.fixture(scope="module")
def other():
    with DemoThread(speed=0) as running:
        yield running


@pytest.fixture
def stage(qtbot, wait, theme, host, tmp_path):
    with page_stage(Tools(qtbot, wait, theme, host), tmp_path, key=None) as built:
        yield built


@pytest.fixture
def page(qtbot):
    page = QWidget()
    qtbot.addWidget(page)
    page.resize(900, 700)
    page.show()
    return page


@pytest.fixture
def connecting(stage, page):
    return Connecting(stage.context, page)


def paste_and_connect(page, stage, key=KEY, address=""):
    labelled(page, QLineEdit, "Novita API key").setText(key)
    if address:
        labelled(page, QLineEdit, "Base URL").setText(address)
    labelled(page, QPushButton, "Connect").click()
    stage.settle()


def test_what_waits_is_done_once_the_state_knows_the_key(connecting, page, stage):
    seen = []
    connecting.ask(lambda: seen.append(stage.context.state.is_connected))
    assert connecting.is_open
    paste_and_connect(page, stage)
    assert seen == [True]
    assert not connecting.is_open


def test_what_waited_is_dropped_when_the_sheet_is_closed(connecting, page, stage):
    seen = []
    connecting.ask(lambda: seen.append(1))
    connecting._sheet.close_sheet()
    connecting.ask()
    paste_and_connect(page, stage)
    assert seen == []


def test_a_wrong_key_leaves_all_as_it_was(connecting, page, stage):
    seen = []
    connecting.ask(lambda: seen.append(1))
    paste_and_connect(page, stage, "sk_wrong_key_0000")
    assert "does not accept" in text_of(page, "connectStatus")
    paste_and_connect(page, stage)
    assert seen == [1]


def test_a_key_goes_only_to_the_host_it_was_pasted_for(connecting, page, stage, host, other):
    other.log.clear()
    connecting.ask()
    paste_and_connect(page, stage, address=other.base_url)
    assert stage.context.workspace.account.account.base_url == other.base_url
    assert stage.context.state.is_connected


def test_an_address_that_must_not_be_used_is_said(connecting, page, stage):
    connecting.ask()
    paste_and_connect(page, stage, address="http://far.example")
    assert "https://" in text_of(page, "connectStatus")


def test_the_demo_does_what_waits(connecting, stage):
    seen = []
    connecting.ask(lambda: seen.append(1))
    connecting.demo_is_open()
    assert seen == [1]
    assert not connecting.is_open


def test_another_workspace_is_connected(connecting, stage, page):
    connecting.set_context(replace(stage.context))
    connecting.ask()
    paste_and_connect(page, stage)
    assert stage.context.state.is_connected
