"""JSON made readable."""

import pytest

from novita_desktop.ui.tasks import Tasks
from novita_desktop.ui.widgets.json_text_view import JsonTextView, readable_json


def test_json_is_indented_and_pictures_are_shortened():
    text = readable_json('{"url":"data:image/png;base64,' + "A" * 500 + '"}')
    assert text == '{\n  "url": "data:image/png;base64,… (500 characters)"\n}'


@pytest.mark.parametrize("text", ["", "<html>", "[" * 100_000])
def test_what_is_no_json_stays_as_it_is(text):
    assert readable_json(text) == text


def test_it_is_worked_out_when_somebody_looks(qtbot, loop, wait):
    tasks = Tasks(lambda error: None)
    view = JsonTextView(tasks, "Raw JSON")
    qtbot.addWidget(view)
    view.show_json("What was sent", '{"a":1}')
    wait(tasks.settled())
    assert view.text.toPlainText() == ""
    view.show()
    qtbot.waitUntil(lambda: view.text.toPlainText() == '{\n  "a": 1\n}')
    view.show_json("What was sent", '{"a":2}')
    qtbot.waitUntil(lambda: view.text.toPlainText() == '{\n  "a": 2\n}')
    assert view.text.accessibleName() == "Raw JSON"
