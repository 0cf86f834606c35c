"""The Prompt page against a real workspace and the demo host."""

import json

import pytest
from PySide6.QtWidgets import QLineEdit

from novita_desktop.ui.widgets.message_editor import MessageEditor
from tests.ui.prompt_stage import prompt_stage


@pytest.fixture
def stage(qtbot, wait, theme, tmp_path):
    with prompt_stage(qtbot, wait, theme, tmp_path) as stage:
        yield stage


def sent(stage, number=-1):
    return json.loads(stage.host.chats[number].body)


def test_a_typed_message_is_run_and_its_answer_shown(stage):
    stage.host.script(["text=The sky is **blue**."])
    stage.run_to_end("Why is the sky blue?")
    assert stage.status() == "Done"
    stage.until(lambda: "The sky is blue." in stage.answer())
    assert sent(stage)["messages"] == [{"role": "user", "content": "Why is the sky blue?"}]
    receipt = stage.label("receipt")
    assert "In " in receipt
    assert "Cost $" in receipt
    assert receipt.endswith("charged")
