"""The rows of the list of presets, and where dragging puts one."""

import pytest
from PySide6.QtCore import QMimeData, QModelIndex, Qt
from pytestqt.modeltest import ModelTester

from novita_desktop.domain.presets import Preset
from novita_desktop.domain.prompt_form import PromptForm
from novita_desktop.ui.widgets.preset_rows import Placing, PresetRows
from tests.ui.preset_samples import samples


@pytest.fixture
def rows(qapp):
    rows = PresetRows(lambda model_id: f"The {model_id}")
    rows.set_presets(samples())
    return rows


def texts(rows):
    return [rows.index(row, 0).data() for row in range(rows.rowCount())]


def test_sections_have_headings(rows, qtmodeltester: ModelTester):
    assert texts(rows) == [
        "Favourites", "Summarise", "Translate", "In no folder", "Note", "Support", "Reply",
        "Classify",
    ]  # fmt: skip
    rows.set_presets(samples()[2:3])
    assert texts(rows) == ["Note"]
    rows.set_presets(samples())
    qtmodeltester.check(rows)


def test_a_preset_is_described_for_who_does_not_see_it(rows):
    rows.set_variable_counts({1: 2, 2: 1})
    index = rows.index(1, 0)
    described = index.data(Qt.ItemDataRole.AccessibleDescriptionRole)
    assert described == "The a/b · 2 variables · Favourite · Says it briefly"
    assert index.data(Qt.ItemDataRole.ToolTipRole) == "Summarise\nSays it briefly"
    assert rows.row_at(2).fact == "The a/b · 1 variable"
    assert rows.row_at(4).fact == "The a/b"
    rows.set_presets([Preset(9, "x", PromptForm("{{ model }}"))])
    assert rows.row_at(0).fact == "Model from a field"


def test_search_finds_every_word_and_allows_no_dragging(rows):
    rows.search("support cl")
    assert texts(rows) == ["Support", "Classify"]
    assert not rows.flags(rows.index(1, 0)) & Qt.ItemFlag.ItemIsDragEnabled
    assert rows.stepped(5, -1) is None
    rows.search("nothing of that kind")
    assert texts(rows) == []
    rows.search("")
    assert len(texts(rows)) == 8


def test_headings_are_passed_over(rows):
    assert not rows.flags(rows.index(0, 0)) & Qt.ItemFlag.ItemIsSelectable
    assert rows.preset_at(0) is None
    assert rows.row_of(5) == 7
    assert rows.row_of(99) == rows.row_of(None) == -1


@pytest.mark.parametrize(
    ("preset_id", "row", "is_on_row", "expected"),
    [
        (5, 6, False, Placing(5, (5, 4), "Support", is_favourite=False)),
        (3, -1, False, Placing(3, (4, 5, 3), "Support", is_favourite=False)),
        (3, 5, True, Placing(3, (3, 4, 5), "Support", is_favourite=False)),
        (4, 5, False, Placing(4, (3, 4), "", is_favourite=False)),
        (4, 2, False, Placing(4, (1, 4, 2), "Support", is_favourite=True)),
        (1, 4, False, Placing(1, (1, 3), "", is_favourite=False)),
        (2, 0, False, Placing(2, (2, 1), "", is_favourite=True)),
        (4, 6, False, None),
        (99, 2, False, None),
    ],
)
def test_where_a_preset_is_dropped(rows, preset_id, row, is_on_row, expected):
    assert rows.dropped(preset_id, row, is_on_row=is_on_row) == expected


def test_a_drop_is_told_and_changes_nothing_by_itself(rows):
    told = []
    rows.placed.connect(told.append)
    content = rows.mimeData([rows.index(7, 0)])
    move = Qt.DropAction.MoveAction
    assert rows.dropMimeData(content, move, 6, 0, QModelIndex())
    assert told == [Placing(5, (5, 4), "Support", is_favourite=False)]
    assert texts(rows)[-2:] == ["Reply", "Classify"]
    assert not rows.dropMimeData(QMimeData(), move, 6, 0, QModelIndex())


def test_steps_stay_within_the_section(rows):
    assert rows.stepped(5, -1) == Placing(5, (5, 4), "Support", is_favourite=False)
    assert rows.stepped(5, 1) is None
    assert rows.stepped(2, -1) == Placing(2, (2, 1), "", is_favourite=True)
