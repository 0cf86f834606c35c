"""The schema of the answer, as a grid or as JSON."""

import json

import pytest
from PySide6.QtWidgets import QCheckBox, QLineEdit

from novita_desktop.domain.schema_fields import DescribedTable, SchemaField, schema_of
from novita_desktop.ui.widgets.message_editor import MessageEditor
from novita_desktop.ui.widgets.schema_editor import SchemaEditor

SIMPLE = schema_of(DescribedTable((SchemaField("city"),)))
RICH = '{"type": "object", "properties": {"n": {"type": "integer", "minimum": 1}}}'


@pytest.fixture
def editor(qtbot):
    editor = SchemaEditor(lambda error: f"{error.field} {error.problem}")
    qtbot.addWidget(editor)
    return editor


def as_json(editor):
    return next(b for b in editor.findChildren(QCheckBox) if "JSON schema" in b.text())


def test_a_simple_schema_is_a_grid_and_a_rich_one_json(editor):
    editor.set_value(SIMPLE)
    assert not as_json(editor).isChecked()
    assert json.loads(editor.value()) == json.loads(SIMPLE)
    editor.set_value(RICH)
    assert as_json(editor).isChecked()
    assert editor.value() == RICH


def test_describing_a_field_tells_the_schema(editor):
    told = []
    editor.changed.connect(lambda name, schema: told.append((name, schema)))
    line = next(w for w in editor.findChildren(QLineEdit) if w.accessibleName() == "Field 1: name")
    line.setText("city")
    assert [name for name, _ in told] == ["response_schema"]
    assert json.loads(told[0][1]) == json.loads(SIMPLE)


def test_the_grid_can_be_edited_as_json_and_back(editor):
    editor.set_value(SIMPLE)
    as_json(editor).click()
    text = next(
        w for w in editor.findChildren(MessageEditor) if w.accessibleName() == "JSON schema"
    )
    assert json.loads(text.value()) == json.loads(SIMPLE)
    text.set_value(RICH)
    as_json(editor).click()
    assert as_json(editor).isChecked()
    assert "more than the grid" in editor._problem.text()
    assert editor.value() == RICH
