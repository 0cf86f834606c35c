"""How a row of the palette is drawn and measured; its mouse is tested with the palette."""

import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QFontMetrics, QImage, QPainter
from PySide6.QtWidgets import QStyle, QStyleOptionViewItem

from novita_desktop.domain.catalogue import Model
from novita_desktop.ui.icons import Icons
from novita_desktop.ui.widgets.model_list import ModelList, PaletteFilter, SectionTitles
from novita_desktop.ui.widgets.model_row_delegate import ModelRowDelegate
from tests.ui.picture_facts import columns_that_differ


@pytest.fixture
def listed(qapp):
    listed = ModelList(SectionTitles("Starred", "Recent", "All", "Found"))
    listed.set_models([Model("a/b", "Name", context_size=9_000)], (), ())
    listed.set_filter(PaletteFilter("a"))
    return listed


def drawn(
    delegate,
    index,
    state=QStyle.StateFlag.State_None,
    direction=Qt.LayoutDirection.LeftToRight,
):
    picture = QImage(420, 80, QImage.Format.Format_RGB32)
    picture.fill(0xFFFFFF)
    option = QStyleOptionViewItem()
    option.rect = QRect(0, 0, 420, 60)
    option.state = state
    painter = QPainter(picture)
    painter.setLayoutDirection(direction)
    delegate.paint(painter, option, index)
    painter.end()
    return picture


def test_a_model_is_higher_than_a_heading_and_all_are_drawn(theme, listed):
    delegate = ModelRowDelegate(theme, Icons(theme))
    heights = [
        delegate.sizeHint(QStyleOptionViewItem(), listed.index(n)).height() for n in range(3)
    ]
    assert heights[1] > heights[0] == heights[2]
    pictures = [drawn(delegate, listed.index(n)) for n in range(3)]
    assert pictures[0] != pictures[1] != pictures[2]


def test_selection_and_star_can_be_seen(theme, listed):
    delegate = ModelRowDelegate(theme, Icons(theme))
    plain = drawn(delegate, listed.index(1))
    assert drawn(delegate, listed.index(1), QStyle.StateFlag.State_Selected) != plain
    listed.set_favourites(("a/b",))
    assert drawn(delegate, listed.index(1)) != plain


def test_the_id_is_beside_the_name_in_languages_from_right_to_left(theme, qapp):
    delegate, pictures = ModelRowDelegate(theme, Icons(theme)), []
    for model_id in ("a/b", "a/c"):
        listed = ModelList(SectionTitles("Starred", "Recent", "All", "Found"))
        listed.set_models([Model(model_id, "Name")], (), ())
        listed.set_filter(PaletteFilter("a"))
        right_to_left = Qt.LayoutDirection.RightToLeft
        pictures.append(drawn(delegate, listed.index(1), direction=right_to_left))
    star = delegate.star_place(QRect(0, 0, 420, 60))
    name = QFontMetrics(theme.font(is_bold=True)).horizontalAdvance("Name")
    assert max(columns_that_differ(*pictures)) < star.left() - name
