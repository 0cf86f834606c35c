"""The theme: every meaning in every file, contrast, following the system and the person."""

from __future__ import annotations

import re

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QGuiApplication, QPalette
from PySide6.QtWidgets import QLabel, QLineEdit, QPushButton

from novita_desktop.ui.resources import resource_path
from novita_desktop.ui.theme import Theme, colors_of, palette_of

NAMES = ["light", "dark", "high-contrast-light", "high-contrast-dark"]
GROUNDS = ("bg", "surface", "raised")
SOFT = ("accent_soft", "danger_soft", "warn_soft", "info_soft", "neutral_soft")

# Every text that the style sheet, the palette or a delegate draws, with its grounds.
TEXTS = {
    "text": (*GROUNDS, *SOFT, "hover", "pressed"),
    "text_muted": (*GROUNDS, *SOFT, "hover"),
    "accent": (*GROUNDS, "hover"),
    "on_accent": ("accent", "accent_hover", "accent_pressed"),
    "accent_soft_text": (*GROUNDS, "accent_soft"),
    "danger": (*GROUNDS, "danger_soft"),
    "warn": (*GROUNDS, "warn_soft"),
    "info": (*GROUNDS, "info_soft"),
    "tooltip_text": ("tooltip_bg",),
}
# Edges of controls, rings of focus, and marks inside controls.
EDGES = {
    "control_edge": GROUNDS,
    "accent": (*GROUNDS, "accent_soft"),
    "danger": GROUNDS,
    "text": (*GROUNDS, "accent_soft"),
    "on_accent": ("accent",),
}


def luminance(color):
    parts = [color.redF(), color.greenF(), color.blueF()]
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(first, second):
    """The contrast of two colours by WCAG 2.2, from 1 to 21."""
    low, high = sorted((luminance(QColor(first)), luminance(QColor(second))))
    return (high + 0.05) / (low + 0.05)


def too_low(name, pairs, least):
    colors = colors_of(name).by_meaning
    return [
        f"{front} on {ground}: {found:.2f}"
        for front, grounds in pairs.items()
        for ground in grounds
        if (found := contrast(colors[front], colors[ground])) < least
    ]


def test_the_formula_of_contrast_is_that_of_wcag():
    assert contrast("#000000", "#FFFFFF") == pytest.approx(21)
    assert contrast("#777777", "#FFFFFF") == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize("name", NAMES)
def test_every_file_defines_the_same_meanings(name):
    assert colors_of(name).by_meaning.keys() == colors_of("light").by_meaning.keys()
    assert all(re.fullmatch("#[0-9A-F]{6}", c) for c in colors_of(name).by_meaning.values())
    assert colors_of(name).is_dark is name.endswith("dark")


@pytest.mark.parametrize("name", NAMES)
def test_texts_stand_out_from_their_grounds(name):
    assert too_low(name, TEXTS, 7 if name.startswith("high") else 4.5) == []


@pytest.mark.parametrize("name", NAMES)
def test_edges_of_controls_and_the_focus_can_be_seen(name):
    assert too_low(name, EDGES, 4.5 if name.startswith("high") else 3) == []


def test_every_meaning_is_used():
    template = resource_path("style.qss.template").read_text(encoding="utf-8")
    package = resource_path("style.qss.template").parent.parent / "novita_desktop"
    source = "".join(path.read_text(encoding="utf-8") for path in package.rglob("*.py"))
    unused = [
        meaning
        for meaning in colors_of("light").by_meaning
        if not re.search(rf"@{meaning}\b|, {meaning}\)", template) and f'"{meaning}"' not in source
    ]
    assert unused == []


@pytest.mark.parametrize(("mode", "is_dark"), [("light", False), ("dark", True)])
def test_the_persons_choice_reaches_palette_and_widgets(qtbot, theme, qapp, mode, is_dark):
    label = QLabel("words")
    qtbot.addWidget(label)
    theme.set_look("dark" if mode == "light" else "light", 100)
    with qtbot.waitSignal(theme.changed):
        theme.set_look(mode, 100)
    assert theme.is_dark is is_dark
    assert theme.color("text").name().upper() == colors_of(mode).by_meaning["text"]
    assert qapp.palette().color(QPalette.ColorRole.Base) == theme.color("surface")
    label.ensurePolished()
    assert label.palette().color(QPalette.ColorRole.WindowText) == theme.color("text")


@pytest.fixture
def system(monkeypatch):
    """A system whose scheme can be set: the offscreen platform has none of its own."""
    seen = [Qt.ColorScheme.Light]
    monkeypatch.setattr("novita_desktop.ui.theme._system_scheme", lambda _hints: seen[0])

    def change(scheme):
        seen[0] = scheme
        QGuiApplication.styleHints().colorSchemeChanged.emit(scheme)

    return change


def test_the_system_is_followed_at_once(qtbot, theme, system):
    theme.set_look("system", 100)
    assert theme.name == "light"
    with qtbot.waitSignal(theme.changed):
        system(Qt.ColorScheme.Dark)
    assert theme.name == "dark"
    with qtbot.waitSignal(theme.changed):
        system(Qt.ColorScheme.Unknown)
    assert theme.name == "light"


def test_a_fixed_choice_does_not_follow_the_system(qtbot, theme, system):
    theme.set_look("light", 100)
    with qtbot.assertNotEmitted(theme.changed):
        system(Qt.ColorScheme.Dark)
    assert theme.name == "light"


def test_a_system_that_asks_for_contrast_gets_it(qtbot, theme, monkeypatch):
    monkeypatch.setattr("novita_desktop.ui.theme._wants_contrast", lambda _hints: True)
    theme.set_look("dark", 100)
    assert theme.name == "high-contrast-dark"
    assert theme.is_dark


def test_the_same_choice_again_changes_nothing(qtbot, theme):
    with qtbot.assertNotEmitted(theme.changed):
        theme.set_look("light", 100)


@pytest.mark.parametrize("percent", [80, 100, 125, 150, 200])
def test_the_size_of_text_scales_fonts_and_controls(qtbot, qapp, theme, percent):
    normal = theme.font().pointSizeF()
    theme.set_look("light", percent)
    assert theme.font().pointSizeF() == pytest.approx(normal * percent / 100)
    assert qapp.font().pointSizeF() == pytest.approx(normal * percent / 100)
    assert theme.font(1.25, is_mono=True).pointSizeF() == pytest.approx(normal * percent / 80)
    scale = normal / 9 * percent / 100
    for widget in (QPushButton("Save"), QLineEdit("text")):
        qtbot.addWidget(widget)
        assert widget.sizeHint().height() == pytest.approx(30 * scale, abs=2)


def test_a_second_theme_starts_from_the_systems_font(qapp, theme):
    normal = theme.font().pointSizeF()
    theme.set_look("light", 200)
    second = Theme(qapp, "light")
    assert second.font().pointSizeF() == pytest.approx(normal)


def test_disabled_words_are_told_apart(theme):
    palette = palette_of(colors_of("light"))
    disabled = palette.color(QPalette.ColorGroup.Disabled, QPalette.ColorRole.Text)
    assert disabled == theme.color("text_disabled") != palette.color(QPalette.ColorRole.Text)


def test_a_meaning_that_no_theme_has_is_refused(theme):
    with pytest.raises(KeyError):
        theme.color("sparkle")
