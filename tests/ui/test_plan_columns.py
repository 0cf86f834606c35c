"""Columns are added, changed, moved and removed; a changed one is another column."""

from __future__ import annotations

import pytest

from novita_desktop.demo import DemoThread
from novita_desktop.domain.comparisons import MOST_COLUMNS, Column
from novita_desktop.ui.dialogs.column_settings import ColumnSettings
from novita_desktop.ui.dialogs.model_palette import ModelPalette
from novita_desktop.ui.pages.compare.compare_column import ColumnCommand
from tests.ui.compare_stage import MODELS, compare_stage
from tests.ui.page_stage import Tools


@pytest.fixture
def stage(qtbot, wait, theme, tmp_path):
    with DemoThread(speed=0) as host, compare_stage(Tools(qtbot, wait, theme, host), tmp_path) as s:
        yield s


@pytest.fixture
def columns(stage):
    columns = stage.page._columns
    columns.set_value((Column(1, "a"), Column(2, "b"), Column(3, "c")))
    return columns


def models(columns):
    return [column.model for column in columns.value]


def test_they_are_put_in_another_order(columns):
    columns.arrange((3, 1))
    assert models(columns) == ["c", "a", "b"]


def test_a_copy_stands_beside_its_column_under_a_key_of_its_own(columns):
    columns.edit(1, ColumnCommand.COPY_COLUMN)
    assert models(columns) == ["a", "a", "b", "c"]
    assert len({column.key for column in columns.value}) == 4


def test_a_key_is_never_used_again(columns):
    columns.edit(3, ColumnCommand.REMOVE)
    columns.add("d")
    assert [column.key for column in columns.value] == [1, 2, 4]
    columns.change(1, Column(1, "a", "own"))
    assert columns.value[0] == Column(5, "a", "own")
    columns.change(2, Column(2, "b"))
    assert columns.value[1].key == 2


def test_there_are_at_most_eight(columns):
    for _ in range(9):
        columns.add("x")
    assert len(columns.value) == MOST_COLUMNS
    columns.add_first("new")
    assert (len(columns.value), columns.value[0].model) == (MOST_COLUMNS, "new")
    columns.add_first("a")
    assert columns.value[0].model == "new"


def test_a_ninth_model_is_refused_with_a_reason(stage):
    stage.fill(*MODELS[:2] * 4)
    stage.page.use_model(MODELS[2])
    assert stage.page.notice.text().startswith("There are 8 columns already")
    assert len(stage.columns) == MOST_COLUMNS


def test_a_column_gets_settings_of_its_own(stage):
    stage.fill(*MODELS[:2])
    page = stage.page
    key = stage.columns[0].key
    page._commands.obey(key, "modify")
    stage.until(lambda: page.findChild(ColumnSettings))
    dialog = page.findChild(ColumnSettings)
    dialog.own_system.click()
    dialog.system.set_value("Answer in one word")
    dialog.accept()
    stage.until(lambda: page._columns.value[0].system == "Answer in one word")
    assert stage.columns[0]._modified.isVisibleTo(page)
    assert not stage.columns[1]._modified.isVisibleTo(page)
    stage.run_to_end()
    bodies = [chat.body for chat in stage.tools.host.chats]
    assert sum("Answer in one word" in str(body) for body in bodies) == 1


def test_a_model_is_chosen_in_the_palette(stage):
    stage.fill(*MODELS[:2])
    stage.page.choose_model()
    palette = stage.page.findChild(ModelPalette)
    palette.chosen.emit(MODELS[2])
    palette.close()
    assert stage.columns[2].accessibleName() == stage.page.context.state.model_name(MODELS[2])
    palette.favourites_changed.emit((MODELS[1],))
    stage.until(lambda: stage.page.context.state.settings.favourite_models == (MODELS[1],))
