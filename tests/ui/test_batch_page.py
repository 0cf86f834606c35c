"""The Batch page: a table is opened, its inputs are found, rows run, results come and go out."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QComboBox, QFileDialog, QLabel, QPushButton

from novita_desktop.demo import DemoThread
from novita_desktop.domain.presets import NewPreset
from novita_desktop.domain.prompt_form import PromptForm
from novita_desktop.ui.dialogs.row_cells import RowCells
from novita_desktop.ui.pages.batch import BatchPage
from tests.services.stage import MODEL
from tests.ui.page_stage import KEY, Tools, page_stage

FORM = PromptForm(MODEL, message="Sum up: {{ review }}")
REVIEWS = "id,review\n" + "".join(f"{n},review number {n}\n" for n in range(1, 31))


@pytest.fixture
def host():
    with DemoThread(key=KEY, speed=0, ttft_ms=0) as host:
        yield host


@pytest.fixture
def stage(qtbot, wait, theme, host, tmp_path):
    with page_stage(Tools(qtbot, wait, theme, host), tmp_path / "data") as stage:
        stage.call(stage.context.workspace.presets.add([NewPreset("Sum up", FORM)]))
        stage.context.bridge.deliver()
        yield stage


@pytest.fixture
def page(stage, qtbot):
    made = BatchPage(stage.context)
    qtbot.addWidget(made)
    made.resize(1_252, 840)
    made.show()
    stage.settle()
    return made


def button(page, words) -> QPushButton:
    return next(
        b for b in page.findChildren(QPushButton) if words in {b.text(), b.accessibleName()}
    )


def status(page) -> str:
    return page.findChild(QLabel, "batchStatus").text()


def opened(page, stage, folder: Path, text=REVIEWS, name="reviews.csv"):
    path = folder / name
    path.write_text(text, encoding="utf-8")
    page.open_file(path)
    stage.settle()
    row = page.sources.preset.findText("Sum up")
    page.sources.preset.setCurrentIndex(row)
    stage.settle()


def until_status(page, stage, words):
    stage.tools.qtbot.waitUntil(lambda: words in status(page), timeout=20_000)
    stage.settle()  # the rows that changed are being read


def test_an_empty_page_says_what_belongs_here(page, stage):
    assert not button(page, "Start batch").isVisible()
    assert not button(page, "Export results").isVisible()
    assert not page.bar.isVisible()
    assert any("Run a preset over a table" in label.text() for label in page.findChildren(QLabel))


def test_a_table_is_opened_run_and_shown(page, stage, qtbot, tmp_path):
    opened(page, stage, tmp_path)
    assert page.title == "reviews.csv"
    assert status(page).startswith("0 of 30 done")
    source = page.sources._fields["variable:review"].combo
    assert source.currentText() == "Column: review"
    assert page.sources.price.text().startswith("30 rows: about $")
    button(page, "Start batch").click()
    until_status(page, stage, "30 of 30 done")
    qtbot.waitUntil(lambda: button(page, "Copy results").isVisible())
    assert not button(page, "Start batch").isVisible()
    model = page.view.model()
    qtbot.waitUntil(lambda: model.index(0, 3).data() == "Done", timeout=20_000)
    titles = [model.headerData(n, Qt.Orientation.Horizontal) for n in range(model.columnCount())]
    assert titles == ["#", "id", "review", "Status", "Answer", "Tries", "Cost"]
    assert model.index(0, 2).data() == "review number 1"
    assert model.index(0, 4).data()
    assert model.index(0, 6).data().startswith("$")
    opened_runs = []
    page.open_requested.connect(opened_runs.append)
    page.view.row_activated.emit(0)
    assert opened_runs == [page.table.result_at(0).row.run_id]


def test_three_are_tried_and_the_others_follow(page, stage, qtbot, tmp_path):
    opened(page, stage, tmp_path)
    button(page, "Try 3").click()
    until_status(page, stage, "3 of 30 done")
    qtbot.waitUntil(lambda: button(page, "Resume").isVisible(), timeout=20_000)
    assert "Resume sends the other rows" in status(page)
    button(page, "Resume").click()
    until_status(page, stage, "30 of 30 done")


def test_rows_without_a_value_are_named_before_and_listed_after(page, stage, qtbot, tmp_path):
    opened(page, stage, tmp_path, "id,review\n1,good\n2,\n3,fine\n")
    assert page.sources.problem.text().startswith("Row 2: ")
    button(page, "Start batch").click()
    until_status(page, stage, "2 of 3 done")
    until_status(page, stage, "1 skipped")
    page.bar.shown.setCurrentIndex(page.bar.shown.findText("Skipped"))
    qtbot.waitUntil(lambda: page.table.result_at(0) is not None, timeout=20_000)
    assert page.table.rowCount() == 1
    assert page.table.texts_at(0)[0] == "2"
    assert "review" in page.table.texts_at(0)[4]


def test_cells_are_pasted_and_answers_are_copied(page, stage, qtbot):
    QGuiApplication.clipboard().setText("review\tid\ngood\t1\nbad\t2\n")
    button(page, "Paste table").click()
    stage.settle()
    assert page.title == "Pasted table"
    page.sources.preset.setCurrentIndex(page.sources.preset.findText("Sum up"))
    stage.settle()
    button(page, "Start batch").click()
    until_status(page, stage, "2 of 2 done")
    button(page, "Copy results").click()
    stage.settle()
    assert QGuiApplication.clipboard().text()
    assert "paste them beside" in stage.context.toast.text()


def test_nothing_to_paste_is_said(page, stage):
    QGuiApplication.clipboard().setText(" ")
    button(page, "Paste table").click()
    stage.settle()
    assert "Copy cells" in stage.context.toast.text()


def test_results_are_exported(page, stage, qtbot, tmp_path):
    opened(page, stage, tmp_path)
    button(page, "Export results").click()
    qtbot.waitUntil(lambda: bool(page.findChildren(QFileDialog)))
    dialog = page.findChildren(QFileDialog)[0]
    assert Path(dialog.selectedFiles()[0]).name == "reviews-results.csv"
    target = tmp_path / "out.csv"
    dialog.selectedFiles = lambda: [str(target)]
    dialog.done(1)
    stage.settle()
    assert len(target.read_text("utf-8-sig").splitlines()) == 31
    assert "30 rows" in stage.context.toast.text()


def test_another_column_or_a_text_for_all_rows_can_be_chosen(page, stage, tmp_path):
    opened(page, stage, tmp_path)
    field = page.sources._fields["variable:review"]
    field.combo.setCurrentIndex(field.combo.findText("Column: id"))
    system = page.sources._fields["system"]
    system.combo.setCurrentIndex(system.combo.count() - 1)
    assert system.text.isVisible()
    system.text.setText("Be brief")
    stage.settle()
    (batch,) = stage.call(stage.context.workspace.batches.recent(1))
    assert {target: source.text for target, source in batch.sources.items()} == {
        "variable:review": "id",
        "system": "Be brief",
    }
    assert batch.form.preset.name == "Sum up"


def test_a_batch_is_there_again_and_failed_rows_are_retried(page, stage, qtbot, tmp_path):
    text = f"model,review\n{MODEL},good\nnobody/nothing,bad\n"
    opened(page, stage, tmp_path, text)
    button(page, "Start batch").click()
    until_status(page, stage, "1 failed")
    qtbot.waitUntil(lambda: button(page, "Retry failed").isVisible(), timeout=20_000)
    again = BatchPage(stage.context)
    qtbot.addWidget(again)
    again.resize(1_252, 840)
    again.show()
    stage.settle()
    until_status(again, stage, "1 of 2 done")
    model = again.sources._fields["model"].combo
    assert isinstance(model, QComboBox)
    model.setCurrentIndex(0)
    stage.settle()
    button(again, "Retry failed").click()
    until_status(again, stage, "2 of 2 done")


def test_a_file_that_is_no_table_says_why(page, stage, tmp_path):
    path = tmp_path / "empty.csv"
    path.write_text("", encoding="utf-8")
    page.open_file(path)
    stage.settle()
    assert stage.errors
    assert not page.bar.isVisible()


def test_a_table_of_which_no_row_can_be_sent_is_not_started(page, stage, tmp_path):
    path = tmp_path / "reviews.csv"
    path.write_text(REVIEWS, encoding="utf-8")
    page.open_file(path)
    stage.settle()
    assert page.sources.preset.currentText() == "The prompt on the Prompt page"
    assert page.sources.problem.text().startswith("Row 1: ")
    assert not button(page, "Start batch").isEnabled()
    assert not button(page, "Try 3").isEnabled()
    page.sources.preset.setCurrentIndex(page.sources.preset.findText("Sum up"))
    stage.settle()
    assert button(page, "Start batch").isEnabled()


def test_what_is_chosen_while_a_table_is_shown_stays(page, stage, qtbot, tmp_path):
    path = tmp_path / "reviews.csv"
    path.write_text(REVIEWS, encoding="utf-8")
    page.open_file(path)
    qtbot.waitUntil(lambda: page.title == "reviews.csv", timeout=20_000)
    page.sources.preset.setCurrentIndex(page.sources.preset.findText("Sum up"))
    stage.settle()
    assert page.sources.form().message == FORM.message
    assert "variable:review" in page.sources.sources()


def test_a_row_is_changed_and_sent_again(page, stage, qtbot, tmp_path):
    opened(page, stage, tmp_path, "id,review\n1,good\n2,\n")
    button(page, "Start batch").click()
    until_status(page, stage, "1 of 2 done · 1 skipped")
    qtbot.waitUntil(lambda: page.table.result_at(1) is not None, timeout=20_000)
    row = page.table.result_at(1).row
    page._rows.change(page._batch, row)
    qtbot.waitUntil(lambda: page.findChild(RowCells) is not None)
    dialog = page.findChild(RowCells)
    dialog.fields[1].setPlainText("bad")
    dialog.accept()
    stage.settle()
    qtbot.waitUntil(lambda: button(page, "Resume").isVisible(), timeout=20_000)
    button(page, "Resume").click()
    until_status(page, stage, "2 of 2 done")
    sent = [str(chat.body) for chat in stage.tools.host.chats]
    assert ["Sum up: bad" in body for body in sent] == [False, True]


def test_a_table_that_was_left_is_found_again(page, stage, tmp_path):
    opened(page, stage, tmp_path, name="first.csv")
    opened(page, stage, tmp_path, "id,review\n1,other\n", "second.csv")
    assert page.title == "second.csv"
    first = stage.call(stage.context.workspace.batches.recent(5))[-1]
    page._earlier.chosen.emit(first.id)
    stage.settle()
    assert page.title == "first.csv"
    assert status(page).startswith("0 of 30 done")
    assert page.sources.preset.currentText() == "Sum up"
