"""Colours that a palette gives stand out from its ground."""

import pytest
from PySide6.QtGui import QColor, QPalette

from novita_desktop.ui.widgets.answer_colours import AnswerColours


def luminance(colour):
    parts = [
        part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4
        for part in (colour.redF(), colour.greenF(), colour.blueF())
    ]
    return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]


def contrast(one, other):
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


@pytest.mark.parametrize(
    ("text", "base", "link"),
    [("#17201C", "#FFFFFF", "#0B7D57"), ("#E8EEEA", "#191E1B", "#35C68D")],
)
def test_words_can_be_read(text, base, link):
    palette = QPalette()
    palette.setColor(QPalette.ColorRole.Text, QColor(text))
    palette.setColor(QPalette.ColorRole.Base, QColor(base))
    palette.setColor(QPalette.ColorRole.Link, QColor(link))
    colours = AnswerColours.from_palette(palette)
    for colour in (colours.keyword, colours.string, colours.number, colours.name):
        assert contrast(colour, colours.tint) >= 4.5
    assert contrast(colours.muted, colours.ground) >= 4.5
    assert len({each.name() for each in (colours.keyword, colours.string, colours.number)}) == 3
