"""Inputs are taken from a comparison, and a table with one row stands for the form itself."""

from __future__ import annotations

import pytest

from novita_desktop.demo import DemoThread
from novita_desktop.domain.comparisons import Comparison, Round
from novita_desktop.domain.prompt_form import PromptForm
from novita_desktop.domain.variable_fields import FieldKind, VariableField
from novita_desktop.ui.dialogs.comparison_inputs import ComparisonInputs
from tests.ui.compare_stage import MODELS, compare_stage
from tests.ui.page_stage import Tools


@pytest.fixture
def stage(qtbot, wait, theme, tmp_path):
    with DemoThread(speed=0) as host, compare_stage(Tools(qtbot, wait, theme, host), tmp_path) as s:
        yield s


def test_one_row_is_the_form_itself(stage):
    stage.fill(*MODELS[:2], message="Hi {{ name }}")
    stage.until(stage.page.form.variables.names)
    stage.page._inputs.ask()
    stage.until(lambda: stage.page.findChild(ComparisonInputs))
    dialog = stage.page.findChild(ComparisonInputs)
    dialog.table.item(0, 0).setText("Ann")
    told = []
    stage.page._inputs.changed.connect(lambda: told.append(True))
    dialog.accept()
    stage.until(lambda: told)
    assert stage.page.plan().inputs == ()


def test_images_are_no_inputs_of_a_table(stage):
    stage.fill(*MODELS[:2], message="Name {{ photo }}")
    stage.until(stage.page.form.variables.names)
    stage.page.form.variables.set_field("photo", VariableField(FieldKind.IMAGE))
    stage.page._inputs.ask()
    stage.until(lambda: "Images cannot stand in the table" in stage.page.notice.text())
    assert stage.page.findChild(ComparisonInputs) is None
    stage.page.form.message.insertPlainText(" of {{ name }}")
    stage.until(lambda: len(stage.page.form.variables.names()) == 2)
    stage.page._inputs.ask()
    stage.until(lambda: stage.page.findChild(ComparisonInputs))
    dialog = stage.page.findChild(ComparisonInputs)
    assert dialog.table.horizontalHeaderItem(0).text() == "name"
    assert dialog.table.columnCount() == 1
    dialog.reject()


def test_a_comparisons_inputs_are_taken(stage):
    rounds = (Round(1, (), {"a": "1"}), Round(2, (), {"a": "2"}))
    stage.page._inputs.take_from(Comparison(1, "", 0, PromptForm(), (), rounds=rounds))
    assert stage.page._inputs.value == ({"a": "1"}, {"a": "2"})
    stage.page._inputs.take_from(Comparison(1, "", 0, PromptForm(), (), rounds=(Round(1, ()),)))
    assert stage.page._inputs.value == ()
