"""Columns are shown, moved and resized by a menu, and come back as they were left."""

import pytest
from PySide6.QtGui import QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QMenu

from novita_desktop.ui.icons import Icons
from novita_desktop.ui.tables.column_choice import WIDTH_STEP, ColumnChoice
from novita_desktop.ui.tables.row_paint import RowPaint
from novita_desktop.ui.tables.row_view import ColumnPlan, RowView

PLAN = ColumnPlan({0: 60, 2: 80, 3: 80}, stretched=1, least_width=100, leaving=(3, 2))
NAMES = ("Time", "Message", "Model", "Cost")


class NoPainter:
    def row_height(self):
        return 30

    def paint_row(self, painter, place):
        pass


def open_view(qtbot, theme):
    model = QStandardItemModel()
    model.appendRow([QStandardItem(name) for name in NAMES])
    view = RowView(RowPaint(theme, Icons(theme)), NoPainter(), PLAN)
    model.setParent(view)
    view.setModel(model)
    view.fit_columns()
    qtbot.addWidget(view)
    view.resize(700, 300)
    view.show()
    return view


@pytest.fixture
def view(qtbot, theme):
    return open_view(qtbot, theme)


@pytest.fixture
def choice(view):
    return ColumnChoice(view, NAMES, fixed={0, 1})


def menu_of(choice):
    """Return the menu's actions by the names of their columns."""
    menu = QMenu(choice._view)
    choice.fill(menu)
    return {
        column.text(): {action.text(): action for action in column.menu().actions()}
        for column in menu.actions()
        if column.menu()
    }


def order(view):
    header = view.horizontalHeader()
    return [NAMES[header.logicalIndex(place)] for place in range(len(NAMES))]


def test_a_column_is_hidden_and_shown(choice, view):
    menu_of(choice)["Model"]["Show"].trigger()
    assert view.hidden_columns() == {2}
    assert view.isColumnHidden(2)
    entry = menu_of(choice)["Model"]["Show"]
    assert not entry.isChecked()
    entry.trigger()
    assert view.hidden_columns() == set()


def test_what_makes_the_list_readable_stays(choice):
    menu = menu_of(choice)
    assert not menu["Time"]["Show"].isEnabled()
    assert not menu["Message"]["Show"].isEnabled()
    assert "Wider" not in menu["Message"]  # it takes what the others leave


def test_columns_move_past_their_neighbours_that_are_shown(choice, view):
    menu_of(choice)["Cost"]["Move to the left"].trigger()
    assert order(view) == ["Time", "Message", "Cost", "Model"]
    menu = menu_of(choice)
    assert list(menu) == order(view)
    assert not menu["Time"]["Move to the left"].isEnabled()
    assert not menu["Model"]["Move to the right"].isEnabled()
    menu["Cost"]["Show"].trigger()
    menu_of(choice)["Message"]["Move to the right"].trigger()
    assert order(view) == ["Time", "Cost", "Model", "Message"]


def test_a_column_gets_wider_and_narrower_but_never_nothing(choice, view):
    menu_of(choice)["Model"]["Wider"].trigger()
    assert view.widths()[2] == 80 + WIDTH_STEP
    assert view.columnWidth(2) == 80 + WIDTH_STEP
    for _ in range(10):
        menu_of(choice)["Model"]["Narrower"].trigger()
    assert view.columnWidth(2) > 20


def test_a_width_that_was_dragged_is_kept(choice, view):
    view.horizontalHeader().resizeSection(3, 111)
    assert view.widths()[3] == 111
    view.fit_columns()  # as after another size of text
    assert view.columnWidth(3) == 111


def test_everything_comes_back(choice, view, qtbot, theme):
    told = []
    choice.changed.connect(lambda: told.append(choice.state()))
    menu_of(choice)["Cost"]["Move to the left"].trigger()
    menu_of(choice)["Model"]["Show"].trigger()
    menu_of(choice)["Cost"]["Wider"].trigger()
    assert told[-1] == choice.state()
    other = open_view(qtbot, theme)
    again = ColumnChoice(other, NAMES, fixed={0, 1})
    again.restore(choice.state())
    assert again.state() == choice.state()
    assert order(other) == order(view)
    assert other.hidden_columns() == {2}
    again.reset()
    assert order(other) == list(NAMES)
    assert (other.hidden_columns(), other.widths()) == (set(), dict(PLAN.widths))


@pytest.mark.parametrize(
    "state",
    [
        "",
        "[]",
        "{}",
        '{"order": [0, 1], "hidden": [], "widths": []}',
        '{"order": [0, 0, 1, 2], "hidden": [], "widths": []}',
        '{"order": [0, 1, 2, 3], "hidden": [1], "widths": []}',
        '{"order": [0, 1, 2, 3], "hidden": [9], "widths": []}',
        '{"order": [0, 1, 2, 3], "hidden": [], "widths": [7]}',
    ],
)
def test_a_state_that_is_none_changes_nothing(choice, view, state):
    before = choice.state()
    choice.restore(state)
    assert choice.state() == before
    assert order(view) == list(NAMES)


def test_a_column_that_left_for_want_of_room_is_not_taken_for_hidden(choice, view):
    view.resize(290, 300)
    assert view.isColumnHidden(3)
    assert view.hidden_columns() == set()
    menu_of(choice)["Cost"]["Show"].trigger()
    assert view.hidden_columns() == {3}
    view.resize(900, 300)
    assert view.isColumnHidden(3)
