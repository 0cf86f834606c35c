"""The search field: named, with its glass clear of the text on either side."""

import pytest
from PySide6.QtCore import Qt

from novita_desktop.ui.icons import Icons
from novita_desktop.ui.widgets.search_field import SearchField


@pytest.fixture
def field(qtbot, theme):
    field = SearchField(Icons(theme), "Search models", "Name or maker")
    qtbot.addWidget(field)
    field.show()
    return field


def test_it_is_found_by_its_name(field):
    assert field.accessibleName() == "Search models"
    assert field.placeholderText() == "Name or maker"


def test_the_text_begins_beside_the_glass(field, theme):
    before = field.textMargins().left()
    assert before >= 16
    theme.set_look("light", 200)
    field.grab()
    assert field.textMargins().left() > before


def test_the_glass_is_at_the_right_where_people_write_leftwards(field):
    field.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    field.grab()
    assert field.textMargins().left() == 0
    assert field.textMargins().right() >= 16
