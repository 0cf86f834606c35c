"""How presets are drawn."""

import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtWidgets import QStyleOptionViewItem

from novita_desktop.ui.icons import Icons
from novita_desktop.ui.widgets.preset_list import PresetList
from novita_desktop.ui.widgets.preset_rows import PresetRows
from tests.ui.preset_samples import samples


@pytest.fixture
def presets(qtbot, theme):
    rows = PresetRows(str)
    rows.set_presets(samples())
    presets = PresetList(rows, theme, Icons(theme))
    rows.setParent(presets)
    qtbot.addWidget(presets)
    presets.resize(220, 500)
    return presets


def height(presets, row):
    index = presets.model().index(row, 0)
    return presets.itemDelegate().sizeHint(QStyleOptionViewItem(), index).height()


def test_a_preset_has_two_lines_and_grows_with_the_text(presets, theme):
    assert height(presets, 1) > height(presets, 0)
    before = height(presets, 1)
    theme.set_look("light", 200)
    assert height(presets, 1) > 1.5 * before


def test_only_favourites_show_a_star_until_a_row_is_pointed_at(presets, theme):
    def star_pixels(row):
        area = presets.visualRect(presets.model().index(row, 0))
        star = presets.itemDelegate().star_place(area)
        picture = presets.viewport().grab(star).toImage()
        accent = theme.color("accent").rgb()
        places = ((x, y) for x in range(picture.width()) for y in range(picture.height()))
        return sum(picture.pixel(x, y) == accent for x, y in places)

    presets.show()
    assert star_pixels(1) > 20
    assert star_pixels(4) == 0


def test_the_star_stands_at_the_other_side_where_people_read_from_the_right(presets):
    area = QRect(0, 0, 220, 40)
    assert presets.itemDelegate().star_place(area).center().x() > 180
    presets.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    assert presets.itemDelegate().star_place(area).center().x() < 40


def test_the_open_preset_is_marked(presets, theme):
    presets.show()
    presets.choose(3)
    area = presets.visualRect(presets.currentIndex())
    picture = presets.viewport().grab(area).toImage()
    assert picture.pixelColor(12, area.height() // 2) == theme.color("accent_soft")
