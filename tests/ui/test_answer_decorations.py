"""Code stands on its ground, quotes have bars, also when only a part is painted again."""

import pytest
from PySide6.QtCore import QPoint

from novita_desktop.ui.widgets.answer_view import AnswerView


@pytest.fixture
def shown(qtbot):
    def show(text):
        view = AnswerView()
        view.resize(400, 300)
        qtbot.addWidget(view)
        view.set_text(text)
        qtbot.waitUntil(lambda: view.is_settled, timeout=20_000)
        return view

    return show


def place_of(view, word):
    cursor = view.document().find(word)
    cursor.setPosition(cursor.selectionStart())
    return view.cursorRect(cursor)


def test_code_stands_on_a_ground_that_reaches_over_the_line(shown):
    view = shown("before\n\n```\nx\n```\n\nafter")
    picture = view.grab().toImage()
    code, before = place_of(view, "x").center(), place_of(view, "before").center()
    right = view.viewport().width() - 30
    tint = view.palette().base().color()
    assert picture.pixelColor(QPoint(right, before.y())) == tint
    assert picture.pixelColor(QPoint(right, code.y())) != tint
    padding = place_of(view, "x").bottom() + 6
    assert picture.pixelColor(QPoint(right, padding)) != tint


def test_the_lower_edge_of_code_is_drawn_when_only_what_follows_is_painted(shown):
    view = shown("```\n" + "x\n" * 5 + "```\n\nafter")
    whole = view.grab().toImage()
    bottom = place_of(view, "after").top() - 2
    part = view.viewport().grab(view.viewport().rect().adjusted(0, bottom - 8, 0, 0)).toImage()
    for row in range(16):
        expected = whole.pixelColor(QPoint(200, bottom - 8 + row))
        assert part.pixelColor(QPoint(200, row)) == expected


def test_a_quote_has_a_bar_for_each_level(shown):
    view = shown("> one\n> > two")
    picture = view.grab().toImage()

    def bars(word):
        rect = place_of(view, word)
        ground = view.palette().base().color()
        row = [
            picture.pixelColor(QPoint(x, rect.center().y())) != ground
            for x in range(rect.left() - 2)
        ]
        return sum(now and not before for before, now in zip([False, *row], row, strict=False))

    assert bars("one") == 1
    assert bars("two") == 2


def test_a_quote_from_right_to_left_has_its_bar_at_the_right(shown):
    view = shown("> مرحبا")
    picture = view.grab().toImage()
    rect, ground = place_of(view, "مرحبا"), view.palette().base().color()
    middle = view.viewport().width() // 2

    def is_drawn(columns):
        row = rect.center().y()
        return any(picture.pixelColor(QPoint(x, row)) != ground for x in columns)

    assert not is_drawn(range(4, middle))
    assert is_drawn(range(rect.right() + 2, view.viewport().width()))
