"""The sheet that asks for the key."""

import asyncio

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QCheckBox, QLabel, QLineEdit, QPushButton, QToolButton, QWidget

from novita_desktop.domain.account import NOVITA_BASE_URL, Account
from novita_desktop.domain.errors import AddressRefused, KeychainTrouble, KeyRefused, NoNetwork
from novita_desktop.ui.dialogs.connect_sheet import ConnectSheet, ConnectWork
from novita_desktop.ui.icons import Icons
from novita_desktop.ui.tasks import Tasks
from tests.ui.shell_stage import labelled, text_of


class Host:
    """Answers the sheet as the services would, as a test says."""

    def __init__(self):
        self.asked = []
        self.forgotten = 0
        self.trouble = None
        self.gate = None

    async def connect(self, base_url, key, is_session_only):
        self.asked.append((base_url, key, is_session_only))
        if self.gate is not None:
            await self.gate.wait()
        if self.trouble is not None:
            raise self.trouble
        return Account(base_url)

    async def forget(self):
        self.forgotten += 1
        return Account()


@pytest.fixture
def host():
    return Host()


@pytest.fixture
def sheet(qtbot, theme, loop, wait, host):
    page = QWidget()
    qtbot.addWidget(page)
    page.resize(900, 700)
    page.show()
    tasks = Tasks(lambda error: pytest.fail(repr(error)))
    work = ConnectWork(host.connect, host.forget)
    sheet = ConnectSheet(theme, Icons(theme), tasks, work, page)
    sheet.tasks_kept, sheet.page_kept = tasks, page
    sheet.said = []
    sheet.connected.connect(sheet.said.append)
    sheet.open_for(Account())
    yield sheet
    wait(tasks.close())


def key(sheet):
    return labelled(sheet, QLineEdit, "Novita API key")


def connect(sheet, wait):
    labelled(sheet, QPushButton, "Connect").click()
    wait(sheet.tasks_kept.settled())


def test_it_connects_with_enter_and_closes(sheet, host, wait, qtbot):
    key(sheet).setText("sk_1")
    qtbot.keyClick(key(sheet), Qt.Key.Key_Return)
    wait(sheet.tasks_kept.settled())
    assert host.asked == [(NOVITA_BASE_URL, "sk_1", False)]
    assert sheet.said == [""]
    assert sheet.isHidden()
    assert key(sheet).text() == ""


def test_nothing_is_asked_without_a_key(sheet, host, wait):
    key(sheet).setText('  "" ')
    connect(sheet, wait)
    assert host.asked == []
    assert "Paste your key" in text_of(sheet, "connectStatus")


@pytest.mark.parametrize(
    ("trouble", "words"),
    [
        (KeyRefused(), "does not accept this key"),
        (NoNetwork(), "offline"),
        (AddressRefused("x"), "https://"),
    ],
)
def test_a_failure_is_said_and_the_key_stays(sheet, host, wait, trouble, words):
    host.trouble = trouble
    key(sheet).setText("sk_1")
    connect(sheet, wait)
    assert words in text_of(sheet, "connectStatus")
    assert key(sheet).text() == "sk_1"
    assert not sheet.isHidden()
    assert labelled(sheet, QPushButton, "Connect").isEnabled()


def test_while_it_checks_a_second_press_does_nothing(sheet, host, wait, qtbot):
    host.gate = asyncio.Event()
    key(sheet).setText("sk_1")
    labelled(sheet, QPushButton, "Connect").click()
    qtbot.waitUntil(lambda: len(host.asked) == 1)
    assert not labelled(sheet, QPushButton, "Connect").isEnabled()
    assert "Checking" in text_of(sheet, "connectStatus")
    qtbot.keyClick(key(sheet), Qt.Key.Key_Return)
    host.gate.set()
    wait(sheet.tasks_kept.settled())
    assert len(host.asked) == 1


def test_closing_gives_up_the_check(sheet, host, wait, qtbot):
    host.gate = asyncio.Event()
    key(sheet).setText("sk_1")
    labelled(sheet, QPushButton, "Connect").click()
    qtbot.waitUntil(lambda: len(host.asked) == 1)
    qtbot.keyClick(key(sheet), Qt.Key.Key_Escape)
    wait(sheet.tasks_kept.settled())
    assert sheet.said == []


def test_without_a_keychain_it_goes_on_and_says_so(sheet, host, wait):
    host.trouble = KeychainTrouble("missing")
    key(sheet).setText("sk_1")
    connect(sheet, wait)
    (said,) = sheet.said
    assert "this session only" in said
    assert sheet.isHidden()


def test_a_locked_keychain_lets_the_person_decide(sheet, host, wait, qtbot):
    host.trouble = KeychainTrouble("locked")
    key(sheet).setText("sk_1")
    connect(sheet, wait)
    assert sheet.said == []
    assert "locked" in text_of(sheet, "connectStatus")
    labelled(sheet, QPushButton, "Use for this session only").click()
    assert len(sheet.said) == 1
    wait(sheet.tasks_kept.settled())
    assert host.forgotten == 0


def test_a_key_nobody_agreed_to_is_given_up(sheet, host, wait, qtbot):
    host.trouble = KeychainTrouble("locked")
    key(sheet).setText("sk_1")
    connect(sheet, wait)
    qtbot.keyClick(key(sheet), Qt.Key.Key_Escape)
    wait(sheet.tasks_kept.settled())
    assert host.forgotten == 1


def test_a_key_can_be_for_this_session_from_the_start(sheet, host, wait):
    labelled(sheet, QCheckBox, "Use for this session only").setChecked(True)
    key(sheet).setText("sk_1")
    connect(sheet, wait)
    assert host.asked[0][2] is True


def test_another_host_is_asked_with_its_own_address(sheet, host, wait):
    labelled(sheet, QLineEdit, "Base URL").setText("https://other.example/v1")
    key(sheet).setText("sk_1")
    connect(sheet, wait)
    assert host.asked[0][0] == "https://other.example/v1"


def test_the_eye_shows_the_key(sheet):
    eye = labelled(sheet, QToolButton, "Show the key")
    eye.click()
    assert key(sheet).echoMode() == QLineEdit.EchoMode.Normal
    assert eye.accessibleName() == "Hide the key"
    sheet.close_sheet()
    assert key(sheet).echoMode() == QLineEdit.EchoMode.Password


def test_it_says_where_the_key_goes(sheet):
    assert any("only to api.novita.ai" in label.text() for label in sheet.findChildren(QLabel))


def test_the_demo_can_be_tried(sheet, qtbot):
    with qtbot.waitSignal(sheet.demo_requested):
        labelled(sheet, QPushButton, "Try the demo").click()


def test_without_a_browser_the_address_of_the_key_page_is_said(sheet, monkeypatch):
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: False)
    labelled(sheet, QPushButton, "Get a key on novita.ai").click()
    assert "https://novita.ai" in text_of(sheet, "connectStatus")
