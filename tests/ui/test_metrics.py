"""Sizes grow with the text."""

import pytest
from PySide6.QtGui import QFontMetrics

from novita_desktop.ui import metrics


@pytest.mark.parametrize("percent", [80, 100, 150, 200])
def test_sizes_grow_with_the_size_of_text(theme, percent):
    theme.set_look("light", percent)
    scale = theme.font().pointSizeF() / metrics.DEFAULT_POINTS
    assert metrics.scaled(metrics.ROW_HEIGHT) == round(metrics.ROW_HEIGHT * scale)


def test_the_width_of_a_text_is_that_of_its_font(theme):
    bold = theme.font(2.0, is_bold=True)
    assert metrics.text_width("Novita", bold) == QFontMetrics(bold).horizontalAdvance("Novita")
    assert metrics.text_width("Novita") < metrics.text_width("Novita", bold)
