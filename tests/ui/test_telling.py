"""What the window tells of its own accord."""

from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtWidgets import QLabel, QPushButton

from novita_desktop.demo import DemoThread
from novita_desktop.domain.account import KeyPlace
from novita_desktop.domain.errors import (
    BackupRefused,
    DiskFull,
    KeychainTrouble,
    NoCredit,
    NotConnected,
)
from novita_desktop.services.events import AccountChanged, TroubleReported
from novita_desktop.ui.notices import NoticeBar
from tests.ui.page_stage import Tools
from tests.ui.shell_stage import labelled
from tests.ui.window_stage import window_stage


@pytest.fixture
def both(qtbot, wait, theme, tmp_path):
    with (
        DemoThread(speed=0) as host,
        window_stage(Tools(qtbot, wait, theme, host), tmp_path) as both,
    ):
        yield both


def notice(window):
    label = window.findChild(QLabel, "notice")
    return label.text() if label is not None and label.isVisible() else ""


def publish(stage, event):
    stage.context.workspace.events.publish(event)
    stage.context.bridge.deliver()


def test_trouble_is_told_with_its_remedy(both):
    window, stage = both
    publish(stage, TroubleReported(DiskFull()))
    assert "disk is full" in notice(window)
    labelled(window, QPushButton, "Open data settings").click()
    assert labelled(window, QPushButton, "Settings").isChecked()


def test_a_missing_key_opens_the_sheet(both):
    window, _ = both
    window.telling.show_error(NotConnected())
    (connect,) = [
        b for b in window.findChildren(QPushButton) if b.text() == "Connect" and b.isVisible()
    ]
    connect.click()
    assert window.findChild(QLabel, "connectStatus").isVisibleTo(window) is not None
    assert labelled(window, QPushButton, "Try the demo").isVisible()


def test_an_error_without_a_remedy_here_has_no_button(both):
    window, _ = both
    window.telling.show_error(NoCredit())
    assert labelled(window, QPushButton, "Open billing").isVisible()


def test_a_keychain_is_no_trouble_while_there_is_no_key(both):
    window, stage = both
    account = stage.context.state.account
    publish(stage, AccountChanged(replace(account, key_place=KeyPlace.NONE)))
    publish(stage, TroubleReported(KeychainTrouble("missing")))
    assert notice(window) == ""
    publish(stage, AccountChanged(replace(account, key_place=KeyPlace.SESSION)))
    publish(stage, TroubleReported(KeychainTrouble("missing")))
    assert "keychain" in notice(window)


def test_a_restored_backup_ends_what_was_said_of_one_that_could_not_be(both):
    window, stage = both
    publish(stage, TroubleReported(BackupRefused("not a backup")))
    bars = [each for each in window.findChildren(NoticeBar) if each.text()]
    assert bars
    window.telling.tell_of_restored_backup()
    assert not any(bar.text() for bar in bars)


def test_what_was_done_is_said(both):
    window, _ = both
    window.telling.tell_of_connection("")
    assert notice(window).startswith("Connected")
    window.telling.tell_of_connection("The key is for this session only.")
    assert notice(window) == "The key is for this session only."
    window.telling.tell_of_restored_backup()
    assert "restored" in notice(window)
    window.telling.tell_of_other_window()
    assert "another window" in notice(window)
    window.telling.tell_of_crash(Path("/logs/crash-1.txt"))
    assert "unexpectedly" in notice(window)
