"""The icon that only illustrates."""

from novita_desktop.ui.icons import Icons
from novita_desktop.ui.widgets.picture import Picture


def colors(picture):
    image = picture.grab().toImage()
    return {
        image.pixelColor(x, y).name() for x in range(image.width()) for y in range(image.height())
    }


def test_it_follows_the_theme_in_color_and_size(qtbot, theme):
    picture = Picture(Icons(theme), 32)
    qtbot.addWidget(picture)
    picture.show_shape("pencil", "danger")
    picture.resize(picture.sizeHint())
    small = picture.sizeHint()
    assert theme.color("danger").name() in colors(picture)
    theme.set_look("dark", 200)
    assert picture.sizeHint() == small * 2
    assert theme.color("danger").name() in colors(picture)


def test_it_takes_no_focus_and_is_empty_at_first(qtbot, theme):
    picture = Picture(Icons(theme))
    qtbot.addWidget(picture)
    assert picture.focusPolicy() == picture.focusPolicy().NoFocus
    assert len(colors(picture)) == 1
