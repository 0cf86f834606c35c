"""The switch that keeps nothing: its words, and what it leaves on the disk."""

import pytest

from novita_desktop.ui.icons import Icons
from novita_desktop.ui.widgets.private_switch import PrivateSwitch
from tests.ui.prompt_stage import prompt_stage

SECRET = "zanzibarite"


@pytest.fixture
def stage(qtbot, wait, theme, tmp_path):
    with prompt_stage(qtbot, wait, theme, tmp_path) as stage:
        stage.until(lambda: stage.page._drafts.is_saved)
        yield stage


def leaks(folder):
    """Return the files of the data folder in which the secret word stands."""
    files = [path for path in folder.rglob("*") if path.is_file()]
    return [path.name for path in files if SECRET.encode() in path.read_bytes().lower()]


def switch(stage):
    return stage.page.findChild(PrivateSwitch)


def kept(stage):
    """What is on the disk of the Prompt page's form."""
    return stage.wait(stage.bridge.call(stage.workspace.drafts.load("prompt")))


def test_it_says_what_it_does(qtbot, theme):
    switch = PrivateSwitch(Icons(theme))
    qtbot.addWidget(switch)
    off = switch.accessibleDescription()
    switch.click()
    assert switch.isChecked()
    assert off.startswith("Off")
    assert switch.accessibleDescription().startswith("On")
    assert switch.toolTip() == switch.accessibleDescription()


def test_what_is_typed_and_run_privately_is_written_nowhere(stage, tmp_path):
    switch(stage).click()
    stage.run_to_end(f"What is {SECRET}?")
    assert stage.answer()
    assert stage.label("receipt").endswith("private, not kept")
    stage.page._drafts.save()
    stage.wait(stage.page.leave())
    assert leaks(tmp_path) == []
    runs = stage.wait(stage.bridge.call(stage.workspace.history.page()))
    assert runs == []


def test_a_draft_that_was_kept_is_forgotten(stage):
    stage.write("Not a secret yet")
    stage.page._drafts.save()
    stage.until(lambda: stage.page._drafts.is_saved)
    switch(stage).click()
    stage.wait(stage.tasks.settled())
    assert kept(stage) is None
    stage.write("A secret")
    stage.wait(stage.page.leave())
    assert kept(stage) is None


def test_switched_off_everything_is_kept_again(stage):
    switch(stage).click()
    stage.run_to_end("Hidden")
    switch(stage).click()
    stage.run_to_end("Seen")
    stage.wait(stage.page.leave())
    assert kept(stage).message == "Seen"
    (run,) = stage.wait(stage.bridge.call(stage.workspace.history.page()))
    assert run.message_head == "Seen"


def test_a_retry_of_a_private_run_stays_private(stage, tmp_path):
    switch(stage).click()
    stage.host.script(["bad-parameter"])
    stage.run_to_end(f"What is {SECRET}?")
    stage.button("Retry").click()
    stage.until(lambda: stage.page.button.is_running)
    stage.until(lambda: not stage.page.button.is_running)
    assert leaks(tmp_path) == []
