"""A field grows for each variable."""

import pytest
from PySide6.QtWidgets import QLabel

from novita_desktop.domain.prompt_form import PromptForm
from novita_desktop.ui.widgets.variables_form import VariablesForm, names_in


@pytest.fixture
def form(qtbot):
    form = VariablesForm({"today": "Today's date"})
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
