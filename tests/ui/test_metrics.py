"""Sizes grow with the text."""

import pytest
from PySide6.QtCore import QSize
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QWidget

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


def test_a_dialog_grows_with_the_text_but_not_beyond_its_window(theme, qtbot):
    window = QWidget()
    qtbot.addWidget(window)
    window.resize(960, 640)
    assert metrics.dialog_size(500, 300, window) == QSize(500, 300)
    theme.set_look("light", 200)
    assert metrics.dialog_size(500, 300, window) == QSize(912, 592)
    assert metrics.dialog_size(500, 300, None) == QSize(1000, 600)
