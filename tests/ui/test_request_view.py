"""What will be sent, and what was."""

import json

from PySide6.QtWidgets import QPushButton

from novita_desktop.domain.errors import InputError
from novita_desktop.services.preview import Preview
from novita_desktop.ui.tasks import Tasks
from novita_desktop.ui.widgets.request_view import RequestView


def test_it_shows_what_was_sent_until_the_form_is_edited(qtbot, loop, wait):
    tasks = Tasks(lambda error: None)
    view = RequestView(tasks)
    qtbot.addWidget(view)
    view.show()
    chips = {b.text(): b for b in view.findChildren(QPushButton)}
    assert not chips["What was sent"].isEnabled()
    view.show_next(Preview('{"n":1}'))
    qtbot.waitUntil(lambda: '"n": 1' in view.json.text.toPlainText())
    view.show_sent('{"s":1}')
    qtbot.waitUntil(lambda: '"s": 1' in view.json.text.toPlainText())
    assert chips["What was sent"].isChecked()
    view.look_ahead()
    qtbot.waitUntil(lambda: '"n": 1' in view.json.text.toPlainText())
    view.show_next(Preview(problem=InputError("message", "missing")))
    assert view.json._title.text() == "Nothing can be sent yet. Write a message first."
    wait(tasks.settled())


def test_it_can_be_read_as_text_also_while_something_is_missing(qtbot, loop, wait):
    tasks = Tasks(lambda error: None)
    view = RequestView(tasks)
    qtbot.addWidget(view)
    view.show()
    chips = {b.text(): b for b in view.findChildren(QPushButton)}
    view.show_next(Preview('{"model":"m","messages":[{"role":"user","content":"Hi Ann"}]}'))
    view.show_sent('{"model":"m","messages":[{"role":"user","content":"Hi Ben"}]}')
    chips["As text"].click()
    assert not view.json.isVisible()
    text = view.text.text
    qtbot.waitUntil(lambda: text.toPlainText().startswith("Message\nHi Ben\n\nModel"))
    view.preview()
    qtbot.waitUntil(lambda: text.toPlainText().startswith("Message\nHi Ann"))
    heading = text.document().firstBlock().begin().fragment()
    assert heading.charFormat().font().bold()
    assert not text.document().findBlockByNumber(1).begin().fragment().charFormat().font().bold()
    partial = '{"model":"","messages":[{"role":"user","content":"Hi [name]"}]}'
    view.show_next(Preview(problem=InputError("variable:name", "missing"), partial_json=partial))
    qtbot.waitUntil(lambda: text.toPlainText() == "Message\nHi [name]")
    assert view.text._title.text() == (
        "Nothing can be sent yet. The field “name” is empty. Fill it in, then run."
    )
    assert view.text._title.property("tone") == "danger"
    chips["As JSON"].click()
    qtbot.waitUntil(lambda: view.json.isVisible() and view.json.text.toPlainText() == "")
    wait(tasks.settled())


def test_a_text_that_grows_with_every_key_does_not_jump(qtbot, loop, wait):
    tasks = Tasks(lambda error: None)
    view = RequestView(tasks)
    qtbot.addWidget(view)
    view.resize(400, 300)
    view.show()
    view.preview()

    def show(words):
        body = {"model": "m", "messages": [{"role": "user", "content": words}]}
        view.show_next(Preview(json.dumps(body)))
        qtbot.waitUntil(lambda: words in view.text.text.toPlainText())
        wait(tasks.settled())

    show("line\n" * 200)
    bar = view.text.text.verticalScrollBar()
    bar.setValue(60)
    show("line\n" * 200 + "more")
    assert bar.value() == 60
