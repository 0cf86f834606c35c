"""Inputs come from a file and from the history into their table."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QPushButton

from novita_desktop.ui.dialogs.comparison_inputs import ComparisonInputs
from novita_desktop.ui.dialogs.input_file import InputFile
from novita_desktop.ui.dialogs.input_history import InputHistory
from novita_desktop.ui.pages.compare.input_sources import InputSources
from tests.ui.compare_stage import MODELS, compare_stage


@pytest.fixture
def stage(tools, tmp_path):
    with compare_stage(tools, tmp_path) as stage:
        stage.fill(*MODELS[:2], message="Hi {{ name }}")
        stage.until(stage.page.form.variables.names)
        yield stage


def opened(stage, kind, parent=None):
    stage.until(lambda: (parent or stage.page).findChild(kind))
    return (parent or stage.page).findChild(kind)


def table_of(stage):
    stage.page._more.inputs_requested.emit()
    return opened(stage, ComparisonInputs)


def press(dialog, words):
    next(b for b in dialog.findChildren(QPushButton) if b.text() == words).click()


def choose_file(stage, table, path):
    sources = table.findChild(InputSources)
    stage.page.context.tasks.start(sources.take_file(path))


def test_a_files_rows_become_inputs_and_run(stage, tmp_path, host):
    path = tmp_path / "people.csv"
    path.write_text("city,Name\nRome,Ann\nOslo,Ben\n", "utf-8")
    table = table_of(stage)
    choose_file(stage, table, path)
    opened(stage, InputFile, table).accept()
    stage.until(lambda: table.value() == ({"name": "Ann"}, {"name": "Ben"}))
    table.accept()
    stage.until(lambda: len(stage.page.plan().inputs) == 2)
    stage.run_to_end()
    stage.until(lambda: "4 of 4 answers" in stage.label("inputProgress"))
    assert len(host.chats) == 4


def test_a_file_is_asked_for(stage):
    table = table_of(stage)
    press(table, "Open a file…")
    files = opened(stage, QFileDialog, table)
    assert files.fileMode() is QFileDialog.FileMode.ExistingFile
    assert "*.csv" in files.nameFilters()[0]
    files.reject()
    table.reject()


def test_a_file_that_is_no_table_is_told_in_the_sheet(stage, tmp_path):
    path = tmp_path / "people.csv"
    path.write_bytes(b"PK\x03\x04 a spreadsheet")
    table = table_of(stage)
    choose_file(stage, table, path)
    stage.until(lambda: "own format" in table._problem.text())
    path.write_text("name\nAnn\n", "utf-8")
    choose_file(stage, table, path)
    opened(stage, InputFile, table).reject()
    stage.until(lambda: table._problem.text() == "")
    table.reject()


def test_past_runs_values_become_inputs(stage):
    table = table_of(stage)
    press(table, "From History…")
    stage.until(lambda: "No run in History" in table._problem.text())
    table.reject()
    for name in ("Ann", "Ben", "Ann"):
        stage.page.form.variables.set_value({"name": name})
        stage.run_to_end()
    table = table_of_new(stage)
    press(table, "From History…")
    past = opened(stage, InputHistory, table)
    assert [past.table.item(row, 1).text() for row in range(past.table.rowCount())] == [
        "Ann",
        "Ben",
    ]
    past.table.item(1, 0).setCheckState(Qt.CheckState.Checked)
    past.accept()
    stage.until(lambda: {"name": "Ben"} in table.value())
    table.reject()


def table_of_new(stage):
    """Return a table that is open, for an older one may not be deleted yet."""
    stage.page._more.inputs_requested.emit()

    def found():
        return next((d for d in stage.page.findChildren(ComparisonInputs) if d.isVisible()), None)

    stage.until(found)
    return found()
