"""The sheet of checks says how each sentence is understood, and takes only what is."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QDialogButtonBox, QLabel, QWidget

from novita_desktop.domain.comparisons import MOST_CHECKS
from novita_desktop.ui.dialogs.comparison_checks import ComparisonChecksDialog
from novita_desktop.ui.icons import Icons


@pytest.fixture
def dialog(qtbot, theme):
    parent = QWidget()
    qtbot.addWidget(parent)
    made = ComparisonChecksDialog(("at most 120 words", "valid JSON"), Icons(theme), parent)
    made.kept_alive = parent
    return made


def ok(dialog):
    return dialog._buttons.button(QDialogButtonBox.StandardButton.Ok)


def note(row):
    return row.findChild(QLabel, "understoodAs").text()


def test_each_sentence_says_how_it_is_understood(dialog):
    first = dialog.rows[0]
    assert note(first) == "Understood as: at most 120 words"
    first.field.setText("should have  No more than 50 words.")
    assert note(first) == "Understood as: at most 50 words"
    assert first.field.accessibleDescription() == note(first)
    assert dialog.value() == ("at most 50 words", "valid JSON")


def test_what_is_not_understood_is_told_and_cannot_be_kept(dialog):
    first = dialog.rows[0]
    first.field.setText("is in Germn")
    assert note(first).startswith("The language “germn” is not known here. Did you mean “is in Ge")
    assert first.field.property("wrong") == "true"
    assert not ok(dialog).isEnabled()
    assert "Change or remove" in dialog.findChild(QLabel, "checksNote").text()
    first.field.setText("is in German")
    assert ok(dialog).isEnabled()
    assert first.field.property("wrong") == "false"


def test_rows_are_added_and_removed_and_empty_ones_do_not_count(dialog):
    dialog.add_row()
    assert len(dialog.rows) == 3
    assert ok(dialog).isEnabled()
    assert dialog.value() == ("at most 120 words", "valid JSON")
    for row in list(dialog.rows):
        row.remove.click()
    assert [row.field.text() for row in dialog.rows] == [""]
    assert dialog.value() == ()


def test_there_is_an_end_to_the_rows(dialog):
    for _ in range(MOST_CHECKS + 5):
        dialog.add_row()
    assert len(dialog.rows) == MOST_CHECKS
    assert not dialog._add.isEnabled()


def test_the_same_check_twice_is_one(dialog):
    dialog.rows[1].field.setText("No more than 120 words")
    assert dialog.value() == ("at most 120 words",)


def test_sentences_are_completed_and_their_gap_is_selected(dialog, qtbot):
    field = dialog.rows[0].field
    completer = field.completer()
    completer.setCompletionPrefix("contain")
    offered = [
        completer.completionModel().index(n, 0).data() for n in range(completer.completionCount())
    ]
    assert 'contains "…"' in offered
    field.setText('contains "…"')
    completer.activated.emit('contains "…"')
    qtbot.waitUntil(lambda: field.selectedText() == "…")
    assert not ok(dialog).isEnabled()
    field.insert("fox")
    assert dialog.value()[0] == 'contains "fox"'


def test_the_expected_answer_is_said_to_have_a_column(dialog):
    dialog.rows[0].field.setText("similar to the expected answer")
    assert "under Inputs…" in dialog.findChild(QLabel, "checksNote").text()
