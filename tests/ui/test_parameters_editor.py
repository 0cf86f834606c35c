"""The sampling parameters of the form."""

import json

import pytest
from PySide6.QtWidgets import QLabel, QLineEdit, QWidget

from novita_desktop.domain.catalogue import Model
from novita_desktop.domain.errors import InputError
from novita_desktop.domain.requests import RetryPolicy
from novita_desktop.domain.schema_fields import DescribedTable, SchemaField, schema_of
from novita_desktop.ui import formatting
from novita_desktop.ui.icons import Icons
from novita_desktop.ui.theme import Theme
from novita_desktop.ui.widgets.parameters_editor import ParametersEditor
from novita_desktop.ui.widgets.run_rules_editor import RunRules

SCHEMA = schema_of(DescribedTable((SchemaField("city"),)))
INPUTS = {
    "temperature": "0.7",
    "top_p": "{{ p }}",
    "max_tokens": "1024",
    "response_format": "json_schema",
    "response_schema": SCHEMA,
    "seed": "7",
}
PLAIN = Model("a/b", "A B", context_size=32_000, max_output_tokens=8_192)


@pytest.fixture
def editor(qtbot, qapp):
    icons = Icons(Theme(qapp))
    editor = ParametersEditor(icons, lambda error: f"{error.field} {error.problem}")
    qtbot.addWidget(editor)
    return editor


def test_inputs_and_rules_round_trip_in_silence(editor):
    told = []
    editor.changed.connect(lambda: told.append(1))
    rules = RunRules(RetryPolicy.NONE)
    editor.set_value(INPUTS, rules)
    found = editor.value()
    assert json.loads(found.pop("response_schema")) == json.loads(SCHEMA)
    assert found == {k: v for k, v in INPUTS.items() if k != "response_schema"}
    assert (editor.rules(), told) == (rules, [])


def test_what_differs_from_the_defaults_is_counted_and_reset(editor):
    editor.set_value({"temperature": "0.7", "seed": "1"}, RunRules())
    chips = [w.text() for w in editor.findChildren(QLabel) if w.property("chip")]
    assert chips == ["2 changed"]
    told = []
    editor.changed.connect(lambda: told.append(1))
    editor.reset()
    assert (editor.value(), editor.changed_count(), told) == ({}, 0, [1])


def test_an_edit_is_told_once(editor):
    told = []
    editor.changed.connect(lambda: told.append(editor.value()))
    line = next(w for w in editor.findChildren(QLineEdit) if w.accessibleName() == "Max tokens")
    line.setText("100")
    assert told == [{"max_tokens": "100"}]


def test_the_model_says_what_is_suggested_and_possible(editor):
    editor.set_model(PLAIN)
    line = next(w for w in editor.findChildren(QLineEdit) if w.accessibleName() == "Max tokens")
    assert line.placeholderText() == formatting.whole(4096)
    line.setText("9000")
    texts = [label.text() for label in editor.findChildren(QLabel)]
    assert "max_tokens out_of_range" in texts
    assert f"up to {formatting.whole(8192)}" in texts
    assert "This model does not offer JSON answers." in texts


def test_a_problem_is_shown_at_its_field_even_under_more(editor, qtbot):
    window = QWidget()
    qtbot.addWidget(window)
    assert editor.show_problem(InputError("seed", "not_a_number"))
    assert editor.more.is_open()
    assert "seed not_a_number" in [label.text() for label in editor.findChildren(QLabel)]
    assert not editor.show_problem(InputError("message", "missing"))
