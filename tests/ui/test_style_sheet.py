"""The style sheet: nothing left to fill in, sizes scaled, drawings that exist, round ends."""

from __future__ import annotations

import re

import pytest
from PySide6.QtCore import QFile, Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QLabel, QPushButton, QSlider, QWidget

from novita_desktop.ui import metrics
from novita_desktop.ui.resources import resource_path
from novita_desktop.ui.style_sheet import SLIDER_GROOVE, SLIDER_MARGIN, StyleSheet
from novita_desktop.ui.theme import colors_of


def sheet(name="light", percent=100):
    maker = StyleSheet()
    return maker, maker.text(colors_of(name).by_meaning, metrics.DEFAULT_POINTS * percent / 100)


def template():
    return resource_path("style.qss.template").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", ["light", "dark", "high-contrast-light", "high-contrast-dark"])
def test_everything_is_filled_in_and_every_drawing_exists(qapp, name):
    _maker, text = sheet(name)
    assert "@" not in text
    paths = re.findall(r"url\((.*?)\)", text)
    assert len(paths) > 8
    assert [path for path in paths if not QFile.exists(path)] == []


def test_the_template_names_no_color():
    assert re.findall(r"#[0-9a-fA-F]{3,8}\b|rgba?\(", template()) == []


def test_a_name_that_there_is_not_is_an_error(qapp):
    colors = {key: c for key, c in colors_of("light").by_meaning.items() if key != "accent"}
    with pytest.raises(KeyError):
        StyleSheet().text(colors, 9)


def test_sizes_scale_and_lines_do_not(qapp):
    _maker, normal = sheet()
    _maker, double = sheet(percent=200)
    border, height = r"border: ([12])px solid", r"min-height: (\d+)px"
    assert re.findall(border, normal) == re.findall(border, double)
    pairs = zip(re.findall(height, normal), re.findall(height, double), strict=True)
    assert {int(b) / int(a) for a, b in pairs if int(a) > metrics.LINE} == {2.0}
    assert f"font-size: {metrics.DEFAULT_POINTS * 2:.2f}pt" in double


def test_drawings_are_made_once_for_each_color(qapp):
    maker, first = sheet()
    assert maker.text(colors_of("light").by_meaning, metrics.DEFAULT_POINTS) == first


def test_the_knob_fits_the_groove_of_the_template():
    groove = re.search(r"groove:horizontal \{ height: (\d+)px", template())
    margin = re.search(r"handle:horizontal \{[^}]*margin: -(\d+)px", template())
    assert groove
    assert int(groove[1]) == SLIDER_GROOVE
    assert margin
    assert int(margin[1]) == SLIDER_MARGIN


def picture(qtbot, widget):
    window = QWidget()
    widget.window_of_the_test = window  # a window without a name would be collected
    qtbot.addWidget(window)
    layout = QHBoxLayout(window)
    layout.addWidget(widget, 0, Qt.AlignmentFlag.AlignCenter)
    window.show()
    return window.grab(widget.geometry()).toImage().convertToFormat(QImage.Format.Format_RGB32)


@pytest.mark.parametrize("percent", [80, 90, 100, 110, 125, 150, 175, 200])
def test_chips_have_round_ends_at_every_size_of_text(qtbot, theme, percent):
    """Qt draws square corners when a radius is more than half of the height."""
    theme.set_look("light", percent)
    chip = QLabel("Done")
    chip.setProperty("chip", "accent")
    image = picture(qtbot, chip)
    middle = image.height() // 2
    assert image.pixelColor(2, middle) == theme.color("accent_soft")
    assert image.pixelColor(0, 0) != theme.color("accent_soft")


@pytest.mark.parametrize("percent", [80, 90, 100, 110, 125, 150, 175, 200])
def test_the_knob_of_a_slider_is_round_at_every_size_of_text(qtbot, theme, percent):
    theme.set_look("light", percent)
    slider = QSlider(Qt.Orientation.Horizontal)
    slider.setFixedWidth(300)
    slider.setValue(50)
    image = picture(qtbot, slider)
    accent = theme.color("accent")
    rows = [
        sum(image.pixelColor(x, y) == accent for x in range(150 - 30, 150 + 30))
        for y in range(image.height())
    ]
    drawn = [count for count in rows if count]
    assert 0 < drawn[0] < max(drawn)  # the first row of a circle is short, of a square the longest


def test_the_focus_is_seen_on_a_button(qtbot, theme):
    button = QPushButton("Save")
    plain = picture(qtbot, button)
    button.setFocus()
    qtbot.waitUntil(button.hasFocus)
    focused = button.grab().toImage()
    assert plain.pixelColor(1, button.height() // 2) == theme.color("surface")
    assert focused.pixelColor(1, button.height() // 2) == theme.color("accent")
    assert button.sizeHint() == button.size()  # the ring takes no room: nothing jumps


def test_a_checked_box_shows_its_mark(qtbot, theme):
    box = QCheckBox("Stream")
    box.setChecked(True)
    image = picture(qtbot, box)
    colors = {image.pixelColor(x, y).name() for x in range(22) for y in range(image.height())}
    assert {theme.color("accent").name(), theme.color("on_accent").name()} <= colors
