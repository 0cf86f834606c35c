"""What rows are painted with: the theme's fonts and colours of the moment, chips that fit."""

import pytest
from PySide6.QtCore import QRect
from PySide6.QtGui import QPainter, QPixmap

from novita_desktop.ui.icons import Icons
from novita_desktop.ui.tables.row_paint import RowPaint


@pytest.fixture
def paint(theme):
    return RowPaint(theme, Icons(theme))


def drawn(draw, width=200, height=40):
    """Return the picture that `draw` makes on a transparent ground."""
    picture = QPixmap(width, height)
    picture.fill(0)
    painter = QPainter(picture)
    draw(painter)
    painter.end()
    return picture.toImage()


def colors(image):
    return {
        image.pixelColor(x, y).name() for x in range(image.width()) for y in range(image.height())
    }


def test_a_text_is_shortened_to_its_room(paint):
    assert paint.text.elided("short", 400) == "short"
    assert paint.text.elided("a text that is far too long", 60).endswith("…")


def test_a_chip_is_drawn_where_it_fits_and_tells_its_width(paint):
    used = []
    image = drawn(lambda p: used.append(paint.draw_chip(p, QRect(0, 0, 200, 40), "Done", "accent")))
    assert used[0] > paint.chip_width("Done")
    assert paint.color("accent_soft").name() in colors(image)
    nothing = drawn(lambda p: used.append(paint.draw_chip(p, QRect(0, 0, 10, 40), "Done")))
    assert used[1] == 0
    assert colors(nothing) == {"#000000"}


def test_a_bar_is_as_long_as_its_share(paint):
    image = drawn(lambda p: paint.draw_bar(p, QRect(0, 0, 200, 40), 0.5), 200, 40)
    accent = paint.color("accent").name()
    assert image.pixelColor(80, 19).name() == accent
    assert image.pixelColor(150, 19).name() == paint.color("border").name()


def test_colours_and_sizes_follow_the_theme(paint, theme):
    before = paint.color("accent").name(), paint.text.height
    theme.set_look("dark", 200)
    assert paint.color("accent").name() == theme.color("accent").name() != before[0]
    assert paint.text.height > before[1]


def test_a_button_holds_its_words(paint):
    place = paint.button_place(QRect(0, 0, 200, 40), "Retry")
    assert place.width() > paint.small.width("Retry")
    assert QRect(0, 0, 200, 40).contains(place)
    image = drawn(
        lambda p: paint.draw_button(p, place, "Retry", "rotate-cw", is_enabled=True, is_hot=False)
    )
    assert paint.color("control_edge").name() in colors(image)
