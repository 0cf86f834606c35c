"""A file's table is shown as it is read; a person maps its columns and says what was guessed wrong."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QDialogButtonBox, QWidget

from novita_desktop.domain.table_files import InputsFileRefused, TableOptions, read_table
from novita_desktop.ui.dialogs.input_file import InputFile, InputRoom
from novita_desktop.ui.tasks import Tasks

NAMES = ("product", "review")


@pytest.fixture
def opened(qtbot, theme, wait):
    tasks = Tasks(lambda error: None)
    parent = QWidget()
    qtbot.addWidget(parent)

    def open_text(text, encoding="utf-8", left=200):
        data = text.encode(encoding)

        async def read(options: TableOptions):
            return read_table(data, NAMES, options, most=200)

        table = read_table(data, NAMES, most=200)
        return InputFile(table, NAMES, InputRoom(200, left), read, tasks, parent)

    yield open_text
    wait(tasks.close())


def ok(dialog):
    return dialog._buttons.button(QDialogButtonBox.StandardButton.Ok)


def choose(combo, text):
    combo.setCurrentIndex(combo.findText(text))
    combo.activated.emit(combo.currentIndex())


def test_columns_are_mapped_by_name_and_by_hand(opened):
    dialog = opened("id,Review,Product name,note\n1,good,Door,x\n2,wet,Boat,y\n")
    assert dialog.has_head.isChecked()
    assert [combo.currentText() for combo in dialog.columns.values()] == ["Product name", "Review"]
    assert dialog.value()[1] == {"product": "Boat", "review": "wet"}
    assert dialog.preview.item(0, 0).text() == "Door"
    assert ok(dialog).text() == "Add 2 inputs"
    choose(dialog.columns["review"], "note")
    assert dialog.value()[0] == {"product": "Door", "review": "x"}
    for combo in dialog.columns.values():
        choose(combo, "None: left empty")
    assert not ok(dialog).isEnabled()


def test_what_was_guessed_wrong_is_said(opened, qtbot):
    dialog = opened("T\u00fcr;gut\nBoot;na\u00df\n", "cp1250")
    assert dialog.delimiter.currentText() == "Semicolon"
    assert dialog.encoding.currentText() == "Western European (Windows-1252)"
    choose(dialog.encoding, "Central European (Windows-1250)")
    if dialog.has_head.isChecked():
        dialog.has_head.click()
    qtbot.waitUntil(lambda: len(dialog.value()) == 2)
    assert dialog.value() == (
        {"product": "T\u00fcr", "review": "gut"},
        {"product": "Boot", "review": "na\u00df"},
    )
    choose(dialog.delimiter, "Comma")
    qtbot.waitUntil(lambda: dialog.value()[0].get("product") == "T\u00fcr;gut")


def test_a_file_that_went_bad_is_told_and_stays_as_it_was(opened, qtbot):
    dialog = opened("product;review\nDoor;good\n")

    async def fail(options):
        raise InputsFileRefused("unreadable", file_name="a.csv")

    dialog._read = fail
    choose(dialog.encoding, "UTF-8")
    qtbot.waitUntil(lambda: "a.csv" in dialog._problem.text())


def test_limits_and_broken_rows_are_said(opened):
    rows = "".join(f"thing {n},r\n" for n in range(30))
    dialog = opened(f"product,review\n{rows}a,b,c\n", left=10)
    assert len(dialog.value()) == 10
    assert dialog._count.text() == (
        "30 rows. The first 10 are taken: a comparison has at most 200 inputs."
        " Left out because they are broken: 1."
    )
    assert dialog.broken.item(0).text().startswith("Line 32 has 3 cells")
    assert not dialog.broken.isHidden()


def test_a_whole_file_says_nothing_of_breaks(opened):
    dialog = opened("product,review\nDoor,good\n")
    assert dialog._count.text() == "1 row."
    assert dialog.broken.isHidden()
    assert ok(dialog).text() == "Add 1 input"
