"""What will be sent, and what was."""

from PySide6.QtWidgets import QPushButton

from novita_desktop.ui.tasks import Tasks
from novita_desktop.ui.widgets.request_view import RequestView


def test_it_shows_what_was_sent_until_the_form_is_edited(qtbot, loop, wait):
    tasks = Tasks(lambda error: None)
    view = RequestView(tasks)
    qtbot.addWidget(view)
    view.show()
    chips = {b.text(): b for b in view.findChildren(QPushButton)}
    assert not chips["What was sent"].isEnabled()
    view.show_next('{"n":1}', "")
    qtbot.waitUntil(lambda: '"n": 1' in view.json.text.toPlainText())
    view.show_sent('{"s":1}')
    qtbot.waitUntil(lambda: '"s": 1' in view.json.text.toPlainText())
    assert chips["What was sent"].isChecked()
    view.look_ahead()
    qtbot.waitUntil(lambda: '"n": 1' in view.json.text.toPlainText())
    view.show_next("", "Write a message first.")
    assert view.json._title.text() == "Nothing can be sent yet. Write a message first."
    wait(tasks.settled())
