"""What was typed is kept, and a failed save stays due."""

import pytest

from novita_desktop.domain.errors import DiskFull
from novita_desktop.domain.prompt_form import PromptForm
from novita_desktop.ui.pages._draft_keeper import SAVE_AFTER_MS, DraftKeeper
from tests.ui.prompt_stage import prompt_stage


@pytest.fixture
def stage(qtbot, wait, theme, tmp_path):
    with prompt_stage(qtbot, wait, theme, tmp_path) as stage:
        stage.until(lambda: stage.page._drafts.is_saved)
        yield stage


@pytest.fixture
def form():
    return {"now": PromptForm(message="one")}


@pytest.fixture
def keeper(stage, form):
    return DraftKeeper(stage.context, lambda w: w.drafts.save("test", form["now"]), stage.page)


@pytest.fixture
def kept(stage):
    """What is on the disk."""
    return lambda: stage.wait(stage.bridge.call(stage.workspace.drafts.load("test")))


def test_it_saves_half_a_second_after_the_last_key(keeper, stage, form, kept):
    keeper.touch()
    assert keeper._timer.remainingTime() > SAVE_AFTER_MS - 100
    assert not keeper.is_saved
    stage.until(lambda: keeper.is_saved)
    assert kept() == form["now"]


def test_leaving_the_field_saves_at_once(keeper, stage, form, kept):
    keeper.touch()
    keeper.save()
    assert not keeper._timer.isActive()
    stage.until(lambda: keeper.is_saved)
    assert kept() == form["now"]


def test_an_edit_while_saving_is_saved_too(keeper, stage, form, kept):
    keeper.touch()
    keeper.save()
    form["now"] = PromptForm(message="two")
    keeper.touch()
    keeper.save()
    stage.until(lambda: keeper.is_saved)
    assert kept() == PromptForm(message="two")


def test_finish_returns_when_everything_is_on_the_disk(keeper, stage, form, kept):
    keeper.touch()
    keeper.save()
    form["now"] = PromptForm(message="last words")
    keeper.touch()
    stage.wait(keeper.finish())
    assert keeper.is_saved
    assert kept() == PromptForm(message="last words")


def test_a_failed_save_is_shown_and_stays_due(keeper, stage, monkeypatch):
    async def full(name, form):
        raise DiskFull("no space")

    with monkeypatch.context() as broken:
        broken.setattr(stage.workspace.drafts, "save", full)
        keeper.touch()
        keeper.save()
        stage.until(lambda: stage.shown_errors)
    assert isinstance(stage.shown_errors[0], DiskFull)
    assert not keeper.is_saved
    keeper.save()
    stage.until(lambda: keeper.is_saved)
