"""Sets of models are saved from the columns, fill them, are renamed, deleted and brought back."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtWidgets import QMenu, QPushButton

from novita_desktop.ui.dialogs.name_question import NameQuestion
from tests.ui.compare_stage import MODELS, compare_stage


@pytest.fixture
def stage(tools, tmp_path):
    with compare_stage(tools, tmp_path) as stage:
        yield stage


def entries(stage):
    """Return the actions of the menu of sets, as it opens now, by their words."""
    menu = stage.page._more.sets
    menu.aboutToShow.emit()
    return {action.text(): action for action in menu.actions() if action.text()}


def of_set(stage, name, words):
    """Return what is done with one set in the menu of changes."""
    changes = entries(stage)["Change sets"].menu()
    one = next(a for a in changes.actions() if a.text() == name).menu()
    return next(a for a in one.actions() if a.text() == words)


def dialog_of(stage):
    stage.until(lambda: stage.page.findChild(NameQuestion))
    return stage.page.findChild(NameQuestion)


def save(stage, name):
    entries(stage)["Save these models as a set…"].trigger()
    dialog = dialog_of(stage)
    dialog.line.setText(name)
    dialog.accept()
    stage.until(lambda: name in names(stage))
    stage.stage.settle()


def names(stage):
    return [each.name for each in stage.page._menu_commands.sets.sets]


def undo(stage):
    toast = stage.stage.context.toast
    next(b for b in toast.findChildren(QPushButton) if b.text() == "Undo").click()


def shown(stage):
    return [(c.model, c.system) for c in stage.page.plan().columns]


def test_a_set_fills_the_columns_with_their_own_settings(stage):
    stage.fill(*MODELS[:2])
    columns = stage.page._columns
    columns.change(columns.value[1].key, replace(columns.value[1], system="Be brief."))
    save(stage, "Two & brief")
    stage.fill(MODELS[3])
    entry = entries(stage)["Two && brief"]
    assert stage.stage.context.state.model_name(MODELS[1]) in entry.toolTip()
    entry.trigger()
    assert shown(stage) == [(MODELS[0], None), (MODELS[1], "Be brief.")]
    assert len(stage.columns) == 2


def test_what_a_set_shares_with_the_columns_keeps_its_answer(stage):
    stage.fill(*MODELS[:2])
    save(stage, "Set")
    stage.fill(MODELS[1], MODELS[2])
    stage.run_to_end()
    run_id = stage.columns[0].run_id
    entries(stage)["Set"].trigger()
    answers = {c._model_id: c.run_id for c in stage.columns}
    assert answers == {MODELS[0]: None, MODELS[1]: run_id}


def test_no_set_is_chosen_while_names_are_hidden(stage):
    stage.fill(*MODELS[:2])
    save(stage, "Set")
    stage.fill(MODELS[2], MODELS[3])
    stage.page._blind.click()
    stage.run_to_end()
    entries(stage)["Set"].trigger()
    assert [c[0] for c in shown(stage)] == [MODELS[2], MODELS[3]]
    assert "judge the answers first" in stage.page.notice.text()


def test_a_set_of_the_same_name_is_replaced_after_a_word_and_comes_back(stage):
    stage.fill(*MODELS[:2])
    save(stage, "Set")
    stage.fill(*MODELS[:3])
    entries(stage)["Save these models as a set…"].trigger()
    dialog = dialog_of(stage)
    dialog.line.setText("SET")
    assert "Saving replaces the set" in dialog._note.text()
    dialog.accept()
    stage.until(lambda: len(stage.page._menu_commands.sets.sets[0].columns) == 3)
    stage.stage.settle()
    undo(stage)
    stage.until(lambda: names(stage) == ["Set"])
    assert len(stage.page._menu_commands.sets.sets[0].columns) == 2


def test_sets_are_renamed_and_deleted_with_undo(stage):
    stage.fill(*MODELS[:2])
    save(stage, "One")
    save(stage, "Two")
    of_set(stage, "One", "Rename…").trigger()
    dialog = dialog_of(stage)
    dialog.line.setText("two")
    button = next(b for b in dialog.findChildren(QPushButton) if b.text() == "Save")
    assert not button.isEnabled()
    dialog.line.setText("First")
    assert button.isEnabled()
    dialog.accept()
    stage.until(lambda: names(stage) == ["First", "Two"])
    of_set(stage, "First", "Delete").trigger()
    stage.until(lambda: names(stage) == ["Two"])
    stage.stage.settle()
    undo(stage)
    stage.until(lambda: names(stage) == ["First", "Two"])


def test_without_columns_there_is_nothing_to_save(stage):
    stage.page._columns._set(())
    assert not entries(stage)["Save these models as a set…"].isEnabled()
    assert "Change sets" not in entries(stage)
    assert isinstance(stage.page._more.sets, QMenu)
