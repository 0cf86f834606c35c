"""A text of the form with its label, problem and "Make this a field"."""

import pytest
from PySide6.QtWidgets import QLabel, QPushButton

from novita_desktop.ui.widgets.message_editor import MessageEditor
from novita_desktop.ui.widgets.text_field import TextField


@pytest.fixture
def field(qtbot):
    field = TextField("Message", "what you ask", MessageEditor())
    qtbot.addWidget(field)
    return field


def test_the_label_names_the_editor(field):
    label = next(w for w in field.findChildren(QLabel) if w.text() == "Message")
    assert label.buddy() is field.editor
    assert field.editor.accessibleName() == "Message"


def test_selected_words_can_be_made_a_field(field):
    button = field.findChild(QPushButton)
    field.editor.set_value("Hello Ada")
    assert button.isHidden()
    field.editor.selectAll()
    assert not button.isHidden()
    button.click()
    assert field.editor.value() == "{{ hello_ada }}"
    assert button.isHidden()


def test_a_problem_leaves_with_the_next_edit(field):
    field.show_problem("Write a message first.")
    shown = next(w for w in field.findChildren(QLabel) if w.text() == "Write a message first.")
    assert not shown.isHidden()
    assert field.editor.property("wrong") == "true"
    field.editor.insertPlainText("x")
    assert shown.isHidden()
    assert field.editor.property("wrong") == "false"
