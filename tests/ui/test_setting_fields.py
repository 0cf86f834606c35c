"""Controls for one setting each: they show a value, and only a person's edit tells."""

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QDoubleSpinBox, QLabel, QLineEdit, QSlider, QSpinBox

from novita_desktop.domain.costs import UNITS_PER_USD
from novita_desktop.domain.settings import Settings
from novita_desktop.ui.pages.settings.setting_fields import (
    ChoiceSetting,
    MoneySetting,
    NumberSetting,
    TextSetting,
)


@pytest.fixture
def told():
    return []


@pytest.fixture
def made(qtbot, theme, told):
    def make(field):
        qtbot.addWidget(field)
        field.changed.connect(lambda name, value: told.append((name, value)))
        field.show()
        return field

    return make


@pytest.mark.parametrize(
    ("build", "settings"),
    [
        (lambda: ChoiceSetting("theme"), Settings(theme="dark")),
        (lambda: NumberSetting("interactive_runs"), Settings(interactive_runs=9)),
        (lambda: NumberSetting("text_percent", has_slider=True), Settings(text_percent=150)),
        (lambda: MoneySetting("daily_limit_units"), Settings(daily_limit_units=UNITS_PER_USD)),
        (lambda: TextSetting("proxy_url"), Settings(proxy_url="http://p:1")),
    ],
)
def test_showing_a_value_tells_nobody(made, told, build, settings):
    made(build()).show_value(settings)
    assert told == []


def test_a_choice_is_told(made, told):
    field = made(ChoiceSetting("theme"))
    field.show_value(Settings())
    box = field.findChild(QComboBox)
    box.setCurrentIndex(box.findData("dark"))
    box.activated.emit(box.currentIndex())
    assert told == [("theme", "dark")]


def test_numbers_keep_the_declarations_limits_and_kind(made, told):
    field = made(NumberSetting("connect_seconds"))
    number = field.findChild(QSpinBox)
    assert (number.minimum(), number.maximum()) == (1, 120)
    number.setValue(500)
    assert told == [("connect_seconds", 120.0)]
    assert type(told[0][1]) is float


def test_slider_and_number_go_together(made, told):
    field = made(NumberSetting("text_percent", has_slider=True, step=10))
    field.show_value(Settings())
    field.findChild(QSlider).setValue(150)
    assert field.findChild(QSpinBox).value() == 150
    field.findChild(QSpinBox).setValue(90)
    assert field.findChild(QSlider).value() == 90
    assert told == [("text_percent", 150), ("text_percent", 90)]


@pytest.mark.parametrize("cents", [1, 29, 57, 115, 999_999])
def test_cents_are_exact(made, told, cents):
    field = made(MoneySetting("daily_limit_units"))
    field.findChild(QDoubleSpinBox).setValue(cents / 100)
    assert told == [("daily_limit_units", cents * UNITS_PER_USD // 100)]


def test_a_text_is_told_when_it_is_done_and_new(made, told, qtbot):
    field = made(TextSetting("proxy_url"))
    field.show_value(Settings(proxy_url="old"))
    line = field.findChild(QLineEdit)
    qtbot.keyClicks(line, "er")
    assert told == []
    qtbot.keyClick(line, Qt.Key.Key_Return)
    qtbot.keyClick(line, Qt.Key.Key_Return)
    assert told == [("proxy_url", "older")]


def test_what_is_being_typed_is_not_overwritten(made, qtbot):
    field = made(TextSetting("proxy_url"))
    field.show_value(Settings(proxy_url="old"))
    line = field.findChild(QLineEdit)
    with qtbot.waitActive(field):
        field.activateWindow()
    line.setFocus()
    qtbot.keyClicks(line, "er")
    field.show_value(replace(Settings(), proxy_url="other"))
    assert line.text() == "older"


def test_a_problem_is_said_below_and_taken_away(made):
    field = made(TextSetting("base_url"))
    field.show_problem("Not usable.")
    assert any(
        label.text() == "Not usable." and label.isVisible() for label in field.findChildren(QLabel)
    )
    assert field.findChild(QLineEdit).property("wrong") == "true"
    field.show_problem("")
    assert field.findChild(QLineEdit).property("wrong") == "false"


def test_words_stand_at_the_left_and_figures_at_the_right(made):
    field = made(NumberSetting("requests_per_minute"))
    box = field.findChild(QSpinBox)
    field.show_value(Settings(requests_per_minute=0))
    assert box.alignment() & Qt.AlignmentFlag.AlignLeft
    field.show_value(Settings(requests_per_minute=60))
    assert box.alignment() & Qt.AlignmentFlag.AlignRight
