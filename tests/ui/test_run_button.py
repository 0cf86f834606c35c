"""Run and Stop share a place."""

import pytest
from PySide6.QtWidgets import QWidget

from novita_desktop.ui.widgets.run_button import RunButton


@pytest.fixture
def button(qtbot):
    window = QWidget()
    qtbot.addWidget(window)
    button = RunButton(window)
    window.show()
    yield button
    window.close()


def test_the_price_is_on_the_button_and_in_its_description(button):
    button.resize(600, 40)
    button.set_price(["about $0.0008"], "About $0.0008, at most $0.004")
    assert button.run.text() == "Run · about $0.0008"
    assert button.run.accessibleName() == "Run"
    assert button.run.accessibleDescription() == "About $0.0008, at most $0.004"


def test_without_a_key_it_connects_first(button):
    button.resize(600, 40)
    button.set_price(["about $0.0008"], "")
    button.set_connected(False)
    assert button.run.text() == "Connect and run"
    button.set_connected(True)
    assert button.run.text() == "Run · about $0.0008"


def test_above_the_daily_limit_it_asks_once_more(button):
    button.resize(600, 40)
    button.set_over_limit(True)
    assert button.run.text() == "Run over the daily limit"


def test_it_shortens_its_words_where_room_is_short(button):
    button.set_price(["about $0.0008, at most $0.004", "about $0.0008"], "")
    shown = []
    for width in (900, 200, 60):
        button.resize(width, 40)
        shown.append(button.run.text())
    assert shown == ["Run · about $0.0008, at most $0.004", "Run · about $0.0008", "Run"]


def test_stop_takes_the_place_and_the_keyboard(button, qtbot):
    pressed = []
    button.run_pressed.connect(lambda: pressed.append("run"))
    button.stop_pressed.connect(lambda: pressed.append("stop"))
    button.run.setFocus()
    button.run.click()
    button.set_running(True)
    assert button.is_running
    assert button.run.isHidden()
    qtbot.waitUntil(button.stop.hasFocus)
    button.stop.click()
    button.set_running(False)
    assert pressed == ["run", "stop"]
    assert button.stop.isHidden()
