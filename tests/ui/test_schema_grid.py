"""The grid that describes a JSON answer."""

from PySide6.QtWidgets import QLineEdit, QPushButton, QToolButton

from novita_desktop.domain.schema_fields import DescribedTable, FieldKind, SchemaField
from novita_desktop.ui.widgets.schema_grid import SchemaGrid

TABLE = DescribedTable(
    (
        SchemaField("mood", FieldKind.TEXT, allowed=("good", "bad")),
        SchemaField("stars", FieldKind.WHOLE_NUMBER, is_required=False),
    ),
    has_many_rows=True,
)


def named(grid, kind, name):
    return next(w for w in grid.findChildren(kind) if w.accessibleName() == name)


def test_it_shows_what_it_was_given_and_stays_silent(qtbot):
    grid = SchemaGrid()
    qtbot.addWidget(grid)
    told = []
    grid.changed.connect(told.append)
    grid.set_value(TABLE)
    assert grid.value() == TABLE
    grid.set_value(DescribedTable())
    assert grid.value() == DescribedTable()
    assert told == []


def test_each_edit_is_told_once_with_the_whole_table(qtbot):
    grid = SchemaGrid()
    qtbot.addWidget(grid)
    told = []
    grid.changed.connect(told.append)
    named(grid, QLineEdit, "Field 1: name").setText("city")
    assert told == [DescribedTable((SchemaField("city"),))]


def test_fields_are_added_and_removed(qtbot):
    grid = SchemaGrid()
    qtbot.addWidget(grid)
    grid.set_value(TABLE)
    add = next(b for b in grid.findChildren(QPushButton) if "Add" in b.text())
    add.click()
    named(grid, QLineEdit, "Field 3: name").setText("note")
    named(grid, QToolButton, "Remove field 1").click()
    assert [field.name for field in grid.value().fields] == ["stars", "note"]


def test_it_fits_into_a_narrow_form_with_large_text(qtbot, theme):
    theme.set_look("light", 200)
    grid = SchemaGrid()
    qtbot.addWidget(grid)
    grid.show()
    grid.grab()
    assert grid.minimumSizeHint().width() <= 600
