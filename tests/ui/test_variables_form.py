"""A field grows for each variable."""

import asyncio

import pytest
from PySide6.QtWidgets import QLabel, QToolButton

from novita_desktop.domain.prompt_form import PromptForm
from novita_desktop.domain.variable_fields import FieldKind, VariableField
from novita_desktop.ui.icons import Icons
from novita_desktop.ui.widgets.file_editor import FileEditor
from novita_desktop.ui.widgets.value_editors import ChoiceEditor, LineEditor
from novita_desktop.ui.widgets.variables_form import VariablesForm, names_in


@pytest.fixture
def form(qtbot, theme):
    form = VariablesForm(Icons(theme), {"today": "Today's date"}, asyncio.run)
    qtbot.addWidget(form)
    return form


def test_a_field_grows_for_each_name_and_is_named_after_it(form):
    form.set_names(["product", "review"])
    assert [editor.accessibleName() for editor in form.editors()] == ["product", "review"]
    assert form.value() == {}


def test_values_are_told_once_for_each_edit(form):
    told = []
    form.changed.connect(told.append)
    form.set_names(["product"])
    form.set_value({"product": "shown"})
    assert told == []
    form.editors()[0].insertPlainText("Aurora ")
    assert told == [{"product": "Aurora shown"}]


def test_a_value_is_kept_until_its_variable_returns(form):
    form.set_names(["a", "b"])
    form.set_value({"a": "1", "b": "2"})
    form.set_names([])
    form.set_names(["b", "a"])
    assert form.value() == {"b": "2", "a": "1"}


def test_a_renamed_variable_keeps_its_value(form):
    form.set_names(["product"])
    form.set_value({"product": "Aurora"})
    form.set_names(["item"])
    assert form.value() == {"item": "Aurora"}


def test_an_automatic_variable_has_words_instead_of_a_field(form):
    form.set_names(["today", "name"])
    assert [editor.accessibleName() for editor in form.editors()] == ["name"]
    assert "Today's date" in [label.text() for label in form.findChildren(QLabel)]
    assert form.value() == {}


def test_a_problem_stands_under_its_field_until_it_is_mended(form):
    form.set_names(["name"])
    assert form.show_problem("name", "Fill this in")
    problem = next(w for w in form.findChildren(QLabel) if w.text() == "Fill this in")
    assert not problem.isHidden()
    form.editors()[0].insertPlainText("x")
    assert problem.isHidden()
    assert not form.show_problem("other", "Fill this in")


def test_open_braces_do_not_take_fields_away():
    before = ("a", "b")
    assert names_in(PromptForm(message="{{ a }} {{ b }} {{ c"), before) == ("a", "b")
    assert names_in(PromptForm(message="{{ b }} {{ a }}", system="{{ c }}"), before) == (
        "c", "b", "a",
    )  # fmt: skip


def test_fields_are_asked_for_by_their_kind_and_words(form):
    form.set_fields(
        {
            "tone": VariableField(FieldKind.CHOICE, "Tone", "How it sounds", choices=("calm",)),
            "count": VariableField(FieldKind.NUMBER, default="3"),
        }
    )
    form.set_names(["tone", "count"])
    tone, count = form.editors()
    assert isinstance(tone, ChoiceEditor)
    assert isinstance(count, LineEditor)
    assert tone.accessibleName() == "tone"
    assert count.placeholderText() == "If empty: 3"
    words = [label.text() for label in form.findChildren(QLabel)]
    assert {"Tone", "How it sounds", "count"} <= set(words)
    tone.setCurrentIndex(1)
    assert form.value() == {"tone": "calm"}
    form.set_value({"tone": "no longer a choice"})
    assert tone.value() == "no longer a choice"


def test_a_field_that_is_set_up_anew_keeps_its_value(form):
    told = []
    form.changed.connect(told.append)
    form.set_names(["day"])
    form.set_value({"day": "2026-01-31"})
    form.set_field("day", VariableField(FieldKind.DATE))
    assert isinstance(form.editors()[0], LineEditor)
    assert told == [{"day": "2026-01-31"}]
    assert form.fields() == {"day": VariableField(FieldKind.DATE)}


def test_settings_are_reached_from_each_row(form, qtbot):
    form.show()
    form.set_names(["day"])
    asked = []
    form.settings_requested.connect(asked.append)
    button = next(b for b in form.findChildren(QToolButton) if "day" in b.accessibleName())
    button.click()
    assert asked == ["day"]


def test_a_renamed_variable_keeps_how_it_is_asked_for(form):
    form.set_fields({"count": VariableField(FieldKind.NUMBER)})
    form.set_names(["count"])
    form.set_names(["rows"])
    assert form.fields() == {"rows": VariableField(FieldKind.NUMBER)}


def test_names_stand_beside_their_fields_and_above_them_where_room_is_short(form, qtbot):
    form.resize(600, 300)
    form.set_names(["tone", "today"])
    form.show()
    label = next(label for label in form.findChildren(QLabel) if label.text() == "tone")
    (editor,) = form.editors()
    assert label.geometry().right() < editor.geometry().left()
    editor.insertPlainText("calm")
    form.fit(300)
    label = next(label for label in form.findChildren(QLabel) if label.text() == "tone")
    qtbot.waitUntil(lambda: label.geometry().bottom() <= editor.geometry().top() + 1)
    assert label.isVisible()
    assert form.editors() == (editor,)
    assert form.value() == {"tone": "calm"}
    form.fit(600)
    label = next(label for label in form.findChildren(QLabel) if label.text() == "tone")
    qtbot.waitUntil(lambda: label.geometry().right() < editor.geometry().left())


def test_a_files_text_comes_with_the_name_of_its_file(form, tmp_path):
    path = tmp_path / "report.txt"
    path.write_text("Sales rose.", encoding="utf-8")
    form.set_fields({"report": VariableField(FieldKind.FILE), "tone": VariableField()})
    form.set_names(["report", "tone"])
    told = []
    form.changed.connect(told.append)
    editor, tone = form.editors()
    assert isinstance(editor, FileEditor)
    editor.take_file(path)
    assert told == [{"report": "Sales rose."}]
    assert form.sources() == {"report": "report.txt"}
    tone.insertPlainText("calm")
    assert form.sources() == {"report": "report.txt"}
    form.set_names(["paper", "tone"])
    assert form.sources() == {"paper": "report.txt"}
    form.set_value({"paper": "Other words"})
    assert form.sources() == {}
    form.show_fields(
        ["paper"], {"paper": VariableField(FieldKind.FILE)}, {}, {"paper": "large.log"}
    )
    assert (form.value(), form.sources()) == ({}, {"paper": "large.log"})


def test_a_missing_file_takes_the_focus_to_its_button(form, qtbot):
    form.set_fields({"report": VariableField(FieldKind.FILE)})
    form.set_names(["report"])
    form.show()
    form.activateWindow()
    assert form.show_problem("report", "Choose it")
    qtbot.waitUntil(lambda: form.focusWidget() is not None)
    assert form.focusWidget().accessibleName() == "Choose a text file for report"


def test_fields_of_another_form_take_the_place_of_these(form):
    told = []
    form.changed.connect(told.append)
    form.set_names(["a", "b"])
    form.set_value({"a": "old", "b": "old"})
    tone = VariableField(FieldKind.CHOICE, choices=("calm",))
    form.show_fields(["b", "tone"], {"tone": tone}, {"tone": "calm"}, {})
    assert form.names() == ("b", "tone")
    assert form.value() == {"tone": "calm"}
    assert isinstance(form.editors()[1], ChoiceEditor)
    kept = form.editors()
    form.show_fields(["b", "tone"], {"tone": tone}, {"b": "x"}, {})
    assert form.editors() == kept
    assert form.value() == {"b": "x"}
    assert told == []
