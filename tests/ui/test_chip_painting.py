"""Chips drawn by hand."""

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QImage, QPainter

from novita_desktop.ui.widgets.chip_painting import ChipPainter
from novita_desktop.ui.widgets.model_words import Fact
from tests.ui.picture_facts import columns_that_differ

FACTS = (Fact("164K context"), Fact("Reasoning", is_ability=True))


def drawn(theme, width, *, is_selected=False, direction=Qt.LayoutDirection.LeftToRight):
    picture = QImage(400, 40, QImage.Format.Format_RGB32)
    picture.fill(0xFFFFFF)
    painter = QPainter(picture)
    painter.setLayoutDirection(direction)
    chips = ChipPainter(theme)
    chips.draw(painter, QRect(0, 0, width, 40), FACTS, is_selected=is_selected)
    painter.end()
    return picture


def test_only_chips_that_fit_are_drawn(theme):
    chips = ChipPainter(theme)
    first, both = chips.width(FACTS[:1]), chips.width(FACTS)
    nothing = QImage(400, 40, QImage.Format.Format_RGB32)
    nothing.fill(0xFFFFFF)
    assert drawn(theme, 10) == nothing
    assert drawn(theme, first) != nothing
    assert drawn(theme, both) != drawn(theme, first)
    assert drawn(theme, both + 100) == drawn(theme, both)


def test_on_a_selected_row_an_ability_keeps_a_ground_of_its_own(theme):
    assert drawn(theme, 400, is_selected=True) != drawn(theme, 400)


def test_chips_begin_at_the_right_where_text_does(theme):
    nothing = drawn(theme, 10)
    picture = drawn(theme, 400, direction=Qt.LayoutDirection.RightToLeft)
    changed = columns_that_differ(picture, nothing)
    assert max(changed) >= 398
    assert min(changed) >= 400 - ChipPainter(theme).width(FACTS)


def test_chips_grow_with_the_text(theme):
    small = ChipPainter(theme).height()
    theme.set_look("light", 200)
    assert ChipPainter(theme).height() > 1.5 * small
