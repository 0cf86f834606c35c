"""The comparison in view is written to a file."""

from __future__ import annotations

import json

import pytest
from PySide6.QtWidgets import QFileDialog

from novita_desktop.demo import DemoThread
from tests.ui.compare_stage import MODELS, compare_stage
from tests.ui.page_stage import Tools


@pytest.fixture
def stage(qtbot, wait, theme, tmp_path):
    with DemoThread(speed=0) as host, compare_stage(Tools(qtbot, wait, theme, host), tmp_path) as s:
        yield s


def test_it_is_written_as_the_suffix_says(stage, tmp_path):
    stage.fill(*MODELS[:2], message="Say hello")
    stage.run_to_end()
    path = tmp_path / "out.json"
    page = stage.page
    page.context.tasks.start(page._menu_commands.saving.save(page._view.comparison, path))
    stage.until(path.exists)
    stage.stage.settle()
    found = json.loads(path.read_text("utf-8"))
    assert found["message"] == "Say hello"
    assert [a["answer"] for a in found["rounds"][0]["answers"]] == [
        c.answer.text for c in stage.columns
    ]


def test_a_file_is_asked_for_with_a_name_made_of_the_message(stage):
    stage.fill(*MODELS[:2], message="Say hello, please!")
    stage.run_to_end()
    stage.page._more.export_requested.emit()
    stage.until(lambda: stage.page.findChild(QFileDialog))
    dialog = stage.page.findChild(QFileDialog)
    assert dialog.selectedFiles()[0].endswith("say-hello-please.md")
    dialog.reject()


def test_without_a_comparison_there_is_nothing_to_save(stage):
    stage.fill(*MODELS[:2])
    stage.page._more.export_requested.emit()
    assert stage.page.findChild(QFileDialog) is None
    assert stage.page.context.toast.text().startswith("Run a comparison first")
