"""Tables in and out of the Batch page; what is chosen in dialogs is tested with the page."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QFileDialog, QWidget

from novita_desktop.demo import DemoThread
from novita_desktop.ui.pages.batch.batch_files import BatchFiles
from tests.ui.page_stage import KEY, Tools, page_stage


@pytest.fixture
def stage(qtbot, wait, theme, tmp_path):
    with (
        DemoThread(key=KEY, speed=0) as host,
        page_stage(Tools(qtbot, wait, theme, host), tmp_path / "data") as stage,
    ):
        yield stage


@pytest.fixture
def files(stage, qtbot):
    page = QWidget()
    qtbot.addWidget(page)
    made = BatchFiles(stage.context, page)
    made.told, made.read = [], []
    made.opened.connect(made.told.append)
    made.reading.connect(made.read.append)
    return made


def test_a_file_is_chosen_and_read_once(files, stage, qtbot, tmp_path):
    path = tmp_path / "a.csv"
    path.write_text("name,age\nAnn,3\n", encoding="utf-8")
    files.ask()
    qtbot.waitUntil(lambda: bool(files.parent().findChildren(QFileDialog)))
    dialog = files.parent().findChildren(QFileDialog)[0]
    dialog.selectedFiles = lambda: [str(path)]
    dialog.done(1)
    qtbot.waitUntil(lambda: bool(files.told), timeout=20_000)
    files.open_file(path)
    files.open_file(path)
    stage.settle()
    assert [batch.columns for batch in files.told] == [("name", "age")] * 2
    assert files.read == ["a.csv", "", "a.csv", ""]


def test_a_file_that_cannot_be_read_ends_the_reading(files, stage, tmp_path):
    files.open_file(tmp_path / "gone.csv")
    stage.settle()
    assert files.read == ["gone.csv", ""]
    assert files.told == []
    assert stage.errors
