"""The name, folder and description of a preset."""

import pytest
from PySide6.QtWidgets import QLabel, QPushButton, QWidget

from novita_desktop.ui.dialogs.save_preset import PresetWords, SavePreset


@pytest.fixture
def parent(qtbot, theme):
    parent = QWidget()
    qtbot.addWidget(parent)
    return parent


def save_button(dialog):
    return next(b for b in dialog.findChildren(QPushButton) if b.text() == "Save")


def notes(dialog):
    return [w.text() for w in dialog.findChildren(QLabel) if w.isVisibleTo(dialog)]


def test_what_is_said_comes_back_tidy(parent):
    words = PresetWords("Greet", "Letters", "Says hello")
    dialog = SavePreset("Save preset", words, ["Letters", "Work"], [], parent)
    assert dialog.words() == words
    assert dialog.name.selectedText() == "Greet"
    dialog.name.setText("  Greet  a person ")
    dialog.folder.setCurrentText(" New folder ")
    dialog.description.setPlainText(" ")
    assert dialog.words() == PresetWords("Greet a person", "New folder", "")


def test_it_needs_a_name(parent):
    dialog = SavePreset("Save preset", PresetWords(), [], [], parent)
    assert not save_button(dialog).isEnabled()
    dialog.name.setText("x")
    assert save_button(dialog).isEnabled()


def test_a_name_that_is_taken_is_told_before_it_is_saved(parent):
    dialog = SavePreset("Save preset", PresetWords("Greet"), [], ["greet"], parent)
    assert any("“Greet 2”" in note for note in notes(dialog))
    dialog.name.setText("Other")
    assert not any("“" in note for note in notes(dialog))


def test_a_description_is_asked_for_only_where_it_is_saved(parent):
    dialog = SavePreset("Rename", PresetWords("Greet", "", None), [], [], parent)
    assert not dialog.description.isVisibleTo(dialog)
    assert dialog.words().description is None
