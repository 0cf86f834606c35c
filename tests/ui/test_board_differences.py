"""What differs from one answer is shown in the others, and comes back to the answers."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QLabel

from novita_desktop.demo import DemoThread
from novita_desktop.ui.widgets.differences_view import DifferencesView
from tests.ui.compare_stage import compare_stage
from tests.ui.page_stage import Tools

MODEL = "meta-llama/llama-3.1-8b-instruct"


@pytest.fixture
def stage(qtbot, wait, theme, tmp_path):
    with DemoThread(speed=0) as host, compare_stage(Tools(qtbot, wait, theme, host), tmp_path) as s:
        host.script(["text=One red fox", "text=One blue fox", "text=One red fox"])
        s.fill(MODEL, MODEL, MODEL)
        s.run_to_end()
        yield s


def shown(column):
    view = column.findChild(DifferencesView)
    return view.toPlainText() if view is not None and view.isVisibleTo(column) else None


def by_text(stage, text):
    return next(c for c in stage.columns if text in c.answer.text)


def test_each_other_column_shows_what_differs(stage):
    base = stage.columns[0]
    stage.page._more._differences.trigger()
    others = stage.columns[1:]
    stage.until(lambda: all(shown(c) is not None for c in others))
    assert shown(base) is None
    note = base.findChild(QLabel, "columnNote").text()
    assert note == "The others are compared with this answer."
    words = {shown(c) for c in others}
    blue = by_text(stage, "blue")
    if base is not blue:
        assert any("red" in text and "blue" in text for text in words)
    stage.page._more._differences.trigger()
    assert all(shown(c) is None for c in stage.columns)
    assert all(c.answer.view.isVisibleTo(c) for c in stage.columns)


def test_another_column_is_chosen_to_compare_with(stage):
    blue = by_text(stage, "blue")
    blue.commanded.emit("compare_with")
    stage.until(lambda: all(shown(c) is not None for c in stage.columns if c is not blue))
    assert shown(blue) is None
    assert all("blue" in shown(c) and "red" in shown(c) for c in stage.columns if c is not blue)
    assert stage.page._more._differences.isChecked()


def test_a_new_run_is_compared_when_it_is_over(stage):
    stage.page._more._differences.trigger()
    second = stage.columns[1]
    stage.until(lambda: shown(second) is not None)
    stage.tools.host.script(["text=One green fox"])
    stage.press(second, "Retry")
    stage.until(lambda: "green" in (shown(second) or ""))


def test_an_answer_that_failed_is_not_compared(stage):
    stage.tools.host.script(["text=One red fox", "no-json-schema"])
    stage.page.form.message.insertPlainText(" again")
    stage.fill(MODEL, MODEL, message="Again")
    stage.run_to_end()
    failed = next(c for c in stage.columns if not c.answer.text)
    stage.page._more._differences.trigger()
    assert shown(failed) is None
