"""A note belongs to its round: saved while it is written, and there again."""

from __future__ import annotations

import json

import pytest
from PySide6.QtCore import Qt

from tests.ui.compare_stage import MODELS, compare_stage


@pytest.fixture
def stage(tools, tmp_path):
    with compare_stage(tools, tmp_path) as stage:
        yield stage


def note_kept(stage, number=1):
    comparisons = stage.page.context.workspace.comparisons
    kept = stage.stage.call(comparisons.get(stage.page._view.comparison.id))
    return kept.round(number).note


def write(stage, text):
    stage.page._note.selectAll()
    stage.tools.qtbot.keyClicks(stage.page._note, text)


def test_it_is_saved_without_leaving_the_line(stage):
    stage.fill(*MODELS[:2])
    stage.run_to_end()
    write(stage, "Too long, but true (1 2 T)")
    stage.until(lambda: note_kept(stage) == "Too long, but true (1 2 T)")
    assert not stage.judged()


def test_it_is_kept_when_the_program_ends_at_once_and_is_exported(tools, tmp_path):
    with compare_stage(tools, tmp_path) as stage:
        stage.fill(*MODELS[:2])
        stage.run_to_end()
        write(stage, "At the last moment")
    with compare_stage(tools, tmp_path) as stage:
        assert stage.page._note.text() == "At the last moment"
        for suffix in ("md", "csv", "json"):
            path = tmp_path / f"out.{suffix}"
            comparisons = stage.page.context.workspace.comparisons
            stage.stage.call(comparisons.export(stage.page._view.comparison.id, path))
            assert "At the last moment" in path.read_text("utf-8")
        assert json.loads((tmp_path / "out.json").read_text("utf-8"))["rounds"][0]["note"]


def test_each_input_has_its_own(stage):
    stage.fill(*MODELS[:2], message="Describe {{ thing }}")
    stage.page._inputs.value = ({"thing": "a door"}, {"thing": "a boat"})
    stage.run_to_end()
    stage.until(lambda: not stage.page._view.is_running)
    write(stage, "about the door")
    stage.tools.qtbot.keyClick(stage.page, Qt.Key.Key_N)
    assert stage.page._note.text() == ""
    write(stage, "about the boat")
    stage.tools.qtbot.keyClick(stage.page, Qt.Key.Key_P)
    assert stage.page._note.text() == "about the door"
    stage.until(
        lambda: [note_kept(stage, n) for n in (1, 2)] == ["about the door", "about the boat"]
    )


def test_what_is_read_meanwhile_does_not_undo_what_is_written(stage):
    stage.fill(*MODELS[:2])
    stage.run_to_end()
    before = stage.page._view.comparison
    write(stage, "newer")
    stage.page._show_again(before)
    assert stage.page._note.text() == "newer"
