"""Icons: every shape, in the theme's colours, sharp, and following the theme."""

from collections import Counter

import pytest
from PySide6.QtCore import QSize
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QPushButton

from novita_desktop.ui.icon_shapes import shapes
from novita_desktop.ui.icons import APP_ICON_SIZES, Icons, app_icon, icon_names


@pytest.fixture
def icons(theme):
    return Icons(theme)


def color_of(icon, mode=QIcon.Mode.Normal, state=QIcon.State.Off):
    """The colour of most of the icon's opaque pixels; curves round a few of them."""
    image = icon.pixmap(QSize(48, 48), 1.0, mode, state).toImage()
    pixels = (image.pixelColor(x, y) for x in range(48) for y in range(48))
    (color, _count), *_others = Counter(p.name() for p in pixels if p.alpha() == 255).most_common()
    return color


@pytest.mark.parametrize("name", sorted(icon_names()))
def test_every_shape_is_drawn_in_the_color_of_its_meaning(icons, theme, name):
    assert color_of(icons.get(name, "danger")) == theme.color("danger").name()


def test_shapes_name_no_color_of_their_own():
    assert [name for name, source in shapes().items() if "#" in source] == []


def test_states_of_a_button_have_their_own_colors(icons, theme):
    icon = icons.get("pencil", "text_muted", checked="accent_soft_text")
    assert color_of(icon) == theme.color("text_muted").name()
    assert color_of(icon, state=QIcon.State.On) == theme.color("accent_soft_text").name()
    assert color_of(icon, mode=QIcon.Mode.Disabled) == theme.color("text_disabled").name()
    assert color_of(icon, mode=QIcon.Mode.Selected) == theme.color("text_muted").name()


@pytest.mark.parametrize("mode", [QIcon.Mode.Normal, QIcon.Mode.Active, QIcon.Mode.Selected])
@pytest.mark.parametrize("state", [QIcon.State.Off, QIcon.State.On])
def test_one_color_serves_every_state(icons, theme, mode, state):
    icon = icons.get("pencil", "text_muted")
    assert color_of(icon, mode, state) == theme.color("text_muted").name()
    disabled = theme.color("text_disabled").name()
    assert color_of(icon, QIcon.Mode.Disabled, state) == disabled


@pytest.mark.parametrize("ratio", [1.0, 1.25, 1.5, 2.0, 3.0])
def test_icons_have_a_pixel_for_every_pixel_of_the_screen(icons, ratio):
    pixmap = icons.get("star").pixmap(QSize(16, 16), ratio)
    assert pixmap.size() == QSize(round(16 * ratio), round(16 * ratio))


def test_an_unknown_shape_or_meaning_is_refused(icons):
    with pytest.raises(KeyError):
        icons.get("no-such-shape")
    with pytest.raises(KeyError):
        icons.get("star", "no-such-meaning")


def test_the_same_icon_is_made_once(icons):
    assert icons.get("star") is icons.get("star")
    assert icons.get("star") is not icons.get("star", "danger")


def test_a_button_follows_the_theme_in_color_and_size(qtbot, theme, icons):
    button = QPushButton()
    qtbot.addWidget(button)
    icons.show_on(button, "download", "accent")
    assert button.iconSize() == QSize(16, 16)
    theme.set_look("dark", 200)
    assert color_of(button.icon()) == theme.color("accent").name()
    assert button.iconSize() == QSize(32, 32)


def test_a_second_icon_replaces_the_first_for_good(qtbot, theme, icons):
    button = QPushButton()
    qtbot.addWidget(button)
    icons.show_on(button, "download", "accent")
    icons.show_on(button, "pencil", "danger")
    theme.set_look("dark", 100)
    assert color_of(button.icon()) == theme.color("danger").name()


def test_an_icon_that_is_kept_is_still_drawn_after_a_change_of_theme(theme, icons):
    kept = icons.get("star", "accent")
    color = theme.color("accent").name()
    theme.set_look("dark", 100)
    assert color_of(kept) == color


def test_the_programs_icon_has_every_usual_size(qapp):
    assert {size.width() for size in app_icon().availableSizes()} == set(APP_ICON_SIZES)
    assert app_icon().pixmap(64, 64).toImage().pixelColor(32, 2).alpha() > 0
