"""Each kind of field has an editor, and all are used in one way."""

import asyncio

import pytest
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtWidgets import QApplication, QWidget

from novita_desktop.domain.image_values import EXAMPLE
from novita_desktop.domain.variable_fields import FieldKind, VariableField
from novita_desktop.ui.icons import Icons
from novita_desktop.ui.widgets.file_editor import FileEditor
from novita_desktop.ui.widgets.given_editor import EditorMeans
from novita_desktop.ui.widgets.image_editor import ImageEditor
from novita_desktop.ui.widgets.message_editor import MessageEditor
from novita_desktop.ui.widgets.value_editors import ChoiceEditor, LineEditor, editor_for


@pytest.fixture
def parent(qtbot):
    parent = QWidget()
    qtbot.addWidget(parent)
    return parent


@pytest.fixture
def means(theme):
    return EditorMeans(Icons(theme), asyncio.run)


@pytest.mark.parametrize(
    ("kind", "editor"),
    [
        (FieldKind.LINE, LineEditor),
        (FieldKind.LINES, MessageEditor),
        (FieldKind.NUMBER, LineEditor),
        (FieldKind.CHOICE, ChoiceEditor),
        (FieldKind.DATE, LineEditor),
        (FieldKind.FILE, FileEditor),
        (FieldKind.IMAGE, ImageEditor),
    ],
)
def test_every_kind_shows_a_value_without_telling(parent, means, kind, editor):
    made = editor_for(VariableField(kind, choices=("7",)), "hint", means, parent)
    told = []
    made.changed.connect(told.append)
    value = EXAMPLE if kind is FieldKind.IMAGE else "7"
    made.set_value(value)
    assert type(made) is editor
    assert made.value() == value
    assert told == []


def test_edits_are_told(parent, means):
    line = editor_for(VariableField(FieldKind.LINE), "", means, parent)
    choice = editor_for(VariableField(FieldKind.CHOICE, choices=("a", "b")), "", means, parent)
    told = []
    line.changed.connect(told.append)
    choice.changed.connect(told.append)
    line.insert("x")
    choice.setCurrentIndex(2)
    choice.setCurrentIndex(0)
    assert told == ["x", "b", ""]


def test_a_line_knows_that_a_word_is_being_composed(parent, means):
    line = editor_for(VariableField(FieldKind.LINE), "", means, parent)
    QApplication.sendEvent(line, QInputMethodEvent("に", []))
    assert line.is_composing
    QApplication.sendEvent(line, QInputMethodEvent("", []))
    assert not line.is_composing
