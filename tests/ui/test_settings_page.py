"""The Settings page: every change is stored at once, what is wrong is said in place."""

import pytest
import shiboken6
from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractSpinBox,
    QComboBox,
    QDialog,
    QDoubleSpinBox,
    QLabel,
    QLineEdit,
    QListWidget,
    QPushButton,
    QSpinBox,
    QWidget,
)

from novita_desktop.demo import DemoThread
from novita_desktop.domain.costs import UNITS_PER_USD
from novita_desktop.ui.pages.settings import SettingsPage
from tests.ui.shell_stage import labelled, text_of


@pytest.fixture(scope="module")
def host():
    with DemoThread(speed=0) as running:
        yield running


@pytest.fixture
def page(stage):
    page = SettingsPage(stage.context)
    page.resize(1200, 800)
    page.show()
    page.activated()
    yield page
    stage.settle()
    shiboken6.delete(page)


def stored(stage):
    stage.settle()

    async def load():
        return await stage.context.workspace.settings.load()

    return stage.call(load())


def choose(page, words, choice):
    box = labelled(page, QComboBox, words)
    place = box.findText(choice)
    assert place >= 0
    box.setCurrentIndex(place)
    box.activated.emit(place)


@pytest.mark.parametrize(
    ("words", "choice", "name", "value"),
    [
        ("Theme", "Dark", "theme", "dark"),
        ("Proxy", "None", "proxy_mode", "none"),
        ("When a run fails to begin", "Do not try again", "retry_policy", "none"),
        ("Language", "As the system", "language", "system"),
    ],
)
def test_choices(page, stage, words, choice, name, value):
    choose(page, words, choice)
    assert getattr(stored(stage), name) == value


@pytest.mark.parametrize(
    ("words", "number", "name", "value"),
    [
        ("Runs at once", 7, "interactive_runs", 7),
        ("The first word may take", 300, "first_word_seconds", 300.0),
        ("Text size", 140, "text_percent", 140),
        ("Requests per minute", 60, "requests_per_minute", 60),
    ],
)
def test_numbers(page, stage, words, number, name, value):
    labelled(page, QSpinBox, words).setValue(number)
    kept = getattr(stored(stage), name)
    assert (kept, type(kept)) == (value, type(value))


def test_money_is_exact(page, stage):
    labelled(page, QDoubleSpinBox, "Daily limit").setValue(0.29)
    assert stored(stage).daily_limit_units == 29 * UNITS_PER_USD // 100


def test_no_limit_is_said_in_words(page):
    assert labelled(page, QDoubleSpinBox, "Daily limit").text() == "No limit"
    assert labelled(page, QSpinBox, "Requests per minute").text() == "Learned from the host"


def test_a_change_from_elsewhere_is_shown(page, stage, qtbot):
    stage.call(stage.context.workspace.settings.change(text_percent=130))
    number = labelled(page, QSpinBox, "Text size")
    qtbot.waitUntil(lambda: number.value() == 130)


def test_the_proxys_address_stands_only_where_it_is_used(page, stage, qtbot):
    address = labelled(page, QLineEdit, "Proxy address")
    assert not address.isVisible()
    choose(page, "Proxy", "This one")
    qtbot.waitUntil(address.isVisible)
    address.setText("http://127.0.0.1:1")
    qtbot.keyClick(address, Qt.Key.Key_Return)
    assert stored(stage).proxy_url == "http://127.0.0.1:1"


def test_the_test_of_the_network_really_asks(page, stage, host, qtbot):
    labelled(page, QPushButton, "Test").click()
    stage.settle()
    assert "It works" in text_of(page, "networkTest")
    choose(page, "Proxy", "This one")
    stage.settle()
    address = labelled(page, QLineEdit, "Proxy address")
    address.setText("http://127.0.0.1:1")
    qtbot.keyClick(address, Qt.Key.Key_Return)
    stage.settle()
    host.play_always(None)
    labelled(page, QPushButton, "Test").click()
    stage.settle()
    # Loopback goes past the proxy or fails at it; either way the words say what happened.
    assert text_of(page, "networkTest")


def test_the_data_folder_and_a_backup(page, stage, tmp_path):
    stage.settle()
    assert "in all" in text_of(page, "dataSize")
    target = tmp_path / "backups" / "mine.db"
    target.parent.mkdir(exist_ok=True)
    stage.call(stage.context.workspace.backups.back_up_to(target))
    page.activated()
    stage.settle()
    rows = labelled(page, QListWidget, "Backups")
    assert rows.count() == 1
    assert rows.item(0).toolTip() == str(target)


def test_restoring_asks_first(page, stage, qtbot, tmp_path):
    target = tmp_path / "backups" / "mine.db"
    target.parent.mkdir(exist_ok=True)
    stage.call(stage.context.workspace.backups.back_up_to(target))
    page.activated()
    stage.settle()
    labelled(page, QListWidget, "Backups").setCurrentRow(0)
    asked = []
    page.restore_requested.connect(asked.append)
    labelled(page, QPushButton, "Restore this backup").click()
    qtbot.waitUntil(lambda: page.window().findChildren(QDialog) != [])
    (question,) = page.window().findChildren(QDialog)
    assert asked == []
    question.accept()
    stage.settle()
    assert asked == [target]


def test_a_section_can_be_asked_for(page):
    page.show_section("data")
    assert labelled(page, QListWidget, "Sections").currentItem().text() == "Data"
    page.show_section("nonsense")
    assert labelled(page, QListWidget, "Sections").currentItem().text() == "Connection"


def test_the_demo_can_be_left(page, qtbot):
    with qtbot.waitSignal(page.leave_demo_requested):
        labelled(page, QPushButton, "Leave the demo").click()
    assert "demo" in text_of(page, "settingsConnection")


def test_every_control_has_a_name(page):
    kinds = (QAbstractSpinBox, QComboBox, QLineEdit, QPushButton, QListWidget)
    buddies = {label.buddy() for label in page.findChildren(QLabel)}
    nameless = [
        each
        for kind in kinds
        for each in page.findChildren(kind)
        if each.isVisible()
        and not each.objectName().startswith("qt_")
        and each not in buddies
        and not each.accessibleName()
        and not (isinstance(each, QPushButton) and each.text())
    ]
    assert nameless == []


def test_nothing_of_it_is_a_window(page):
    assert [
        each for each in page.findChildren(QWidget) if each.isWindow() and each.isVisible()
    ] == []


@pytest.mark.parametrize("percent", [100, 200])
def test_the_titles_of_sections_are_whole_at_any_size_of_text(page, stage, percent):
    stage.context.theme.set_look("light", percent)
    stage.context.theme.dress()
    titles = page.findChild(QListWidget)
    assert titles.viewport().width() >= titles.sizeHintForColumn(0)
    assert titles.horizontalScrollBar().maximum() == 0
