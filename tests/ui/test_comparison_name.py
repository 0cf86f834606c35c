"""A comparison's name is shown in the head, and another is given to it."""

from __future__ import annotations

import pytest

from novita_desktop.ui.dialogs.name_question import NameQuestion
from tests.ui.compare_stage import MODELS, compare_stage


@pytest.fixture
def stage(tools, tmp_path):
    with compare_stage(tools, tmp_path) as stage:
        yield stage


def name_button(stage):
    return stage.page._menu_commands.name.button


def rename(stage, name):
    stage.until(lambda: stage.page.findChild(NameQuestion))
    dialog = stage.page.findChild(NameQuestion)
    dialog.line.setText(name)
    dialog.accept()


def test_a_press_on_the_name_gives_another(stage):
    stage.fill(*MODELS[:2], message="Say hello")
    assert name_button(stage).isHidden()
    stage.run_to_end()
    button = name_button(stage)
    assert not button.isHidden()
    assert button.accessibleName() == "Say hello"
    told = []
    stage.page.renamed.connect(told.append)
    button.click()
    rename(stage, "  Greetings & more ")
    stage.until(lambda: told)
    assert button.accessibleName() == "Greetings & more"
    kept = stage.page._view.comparison
    assert kept.title == told[0].title == "Greetings & more"
    history = stage.page.context.workspace.history
    (group,) = stage.stage.call(history.listed_groups([kept.id]))
    assert group.group.title == "Greetings & more"


def test_the_menu_renames_what_is_in_view_only(stage):
    stage.page._more.rename_requested.emit()
    assert stage.page.findChild(NameQuestion) is None
    assert stage.page.context.toast.text().startswith("Run a comparison first")
    stage.fill(*MODELS[:2])
    stage.run_to_end()
    stage.page._more.rename_requested.emit()
    rename(stage, "Another")
    stage.until(lambda: stage.page._view.comparison.title == "Another")


def test_a_long_name_gives_way_and_is_heard_whole(stage):
    button = name_button(stage)
    name = "A name that is longer than what the head has room for"
    button.show_name(name)
    assert button.accessibleName() == name
    assert button.text().endswith("…")
    assert button.sizeHint().width() < button.maximumWidth() < 400
