"""The sheet that shows presets before they are added."""

from __future__ import annotations

import asyncio

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPushButton, QWidget

from novita_desktop.domain.errors import DiskFull
from novita_desktop.domain.foreign_presets import Omission, OmissionReason
from novita_desktop.services.preset_exchange import ImportOffer
from novita_desktop.ui.dialogs.import_presets import ImportPresets, ImportWork
from novita_desktop.ui.icons import Icons
from novita_desktop.ui.tasks import Tasks
from tests.ui.offer_samples import offer, there_already
from tests.ui.shell_stage import labelled, text_of


class Shelf:
    """Takes presets as the services would, as a test says."""

    def __init__(self):
        self.added = []
        self.gate = None
        self.trouble = None

    async def add(self, presets):
        if self.gate is not None:
            await self.gate.wait()
        if self.trouble is not None:
            raise self.trouble
        self.added.append([preset.name for preset in presets])


@pytest.fixture
def shelf():
    return Shelf()


@pytest.fixture
def sheet(qtbot, theme, loop, wait, shelf):
    page = QWidget()
    qtbot.addWidget(page)
    page.resize(1_100, 760)
    page.show()
    tasks = Tasks(lambda error: pytest.fail(repr(error)))
    work = ImportWork(shelf.add, lambda i: i, lambda _: True)
    sheet = ImportPresets(theme, Icons(theme), tasks, work, page)
    sheet.tasks_kept, sheet.page_kept = tasks, page
    yield sheet
    wait(tasks.close())


def button(sheet, name):
    return labelled(sheet, QPushButton, name)


def press(sheet, wait, name):
    button(sheet, name).click()
    wait(sheet.tasks_kept.settled())


def words(sheet):
    return "\n".join(each.text() for each in sheet.findChildren(QLabel) if each.isVisible())


def test_new_presets_are_added(sheet, shelf, wait):
    sheet.open_with(ImportOffer("a.novita.json", (offer("A"), offer("B"))))
    assert "a.novita.json" in words(sheet)
    assert text_of(sheet, "importCount") == "2 of 2 ticked"
    assert not button(sheet, "Add as copy").isVisible()
    press(sheet, wait, "Add")
    assert shelf.added == [["A", "B"]]
    assert sheet.isHidden()


def test_what_is_there_is_added_as_a_copy_and_never_silently(sheet, shelf, wait):
    sheet.open_with(ImportOffer("a.novita.json", (offer("A"), there_already("B"))))
    assert not button(sheet, "Add").isVisible()
    assert "yours stay" in text_of(sheet, "importCount")
    press(sheet, wait, "Add as copy")
    assert shelf.added == [["A", "B"]]


def test_what_one_has_already_is_not_ticked(sheet):
    sheet.open_with(ImportOffer("a.novita.json", (there_already(is_same=True),)))
    assert text_of(sheet, "importCount") == "0 of 1 ticked"
    assert button(sheet, "Add").isVisible()
    assert not button(sheet, "Add").isEnabled()


def test_cancel_and_escape_add_nothing(sheet, shelf, qtbot):
    for leave in (
        lambda: button(sheet, "Cancel").click(),
        lambda: qtbot.keyClick(sheet.list, Qt.Key.Key_Escape),
    ):
        sheet.open_with(ImportOffer("a.novita.json", (offer("A"),)))
        leave()
        assert sheet.isHidden()
    assert shelf.added == []


def test_ticks_decide_what_is_added(sheet, shelf, wait):
    sheet.open_with(ImportOffer("a.novita.json", (offer("A"), offer("B"), offer("C"))))
    button(sheet, "Tick none").click()
    assert not button(sheet, "Add").isEnabled()
    button(sheet, "Tick all").click()
    sheet.list.findItems("B", Qt.MatchFlag.MatchExactly | Qt.MatchFlag.MatchRecursive, 0)[
        0
    ].setCheckState(0, Qt.CheckState.Unchecked)
    press(sheet, wait, "Add")
    assert shelf.added == [["A", "C"]]


def test_the_programs_own_presets_are_not_forced_on_anybody(sheet):
    sheet.open_with(ImportOffer("", tuple(offer(str(n)) for n in range(12))))
    assert "Starter presets" in words(sheet)
    assert text_of(sheet, "importCount") == "0 of 12 ticked"
    assert sheet.search.isVisible()
    sheet.search.setText("what 11")
    button(sheet, "Tick all").click()
    assert text_of(sheet, "importCount") == "1 of 12 ticked"


def test_what_was_left_out_is_told_of(sheet):
    omissions = tuple(Omission(OmissionReason.PROGRAM, f"exec:{n}\u202e") for n in range(7))
    sheet.open_with(ImportOffer("p.yaml", (), omissions))
    shown = words(sheet)
    assert "exec:0" in shown
    assert "and 2 more" in shown
    assert "\u202e" not in shown
    assert not sheet.list.isVisible()
    assert not button(sheet, "Add").isEnabled()
    sheet.open_with(ImportOffer("p.yaml", (offer(),)))
    assert "Left out" not in words(sheet)


def test_a_full_disk_is_told_of_in_the_sheet(sheet, shelf, wait):
    shelf.trouble = DiskFull("no room")
    sheet.open_with(ImportOffer("a.novita.json", (offer("A"),)))
    press(sheet, wait, "Add")
    assert not sheet.isHidden()
    assert "disk is full" in words(sheet).lower()
    shelf.trouble = None
    press(sheet, wait, "Add")
    assert shelf.added == [["A"]]


def test_pressed_twice_it_adds_once_and_does_not_close_meanwhile(sheet, shelf, wait):
    shelf.gate = asyncio.Event()
    sheet.open_with(ImportOffer("a.novita.json", (offer("A"),)))
    add = button(sheet, "Add")
    add.click()
    assert not add.isEnabled()
    add.click()
    sheet.close_sheet()
    assert not sheet.isHidden()
    shelf.gate.set()
    wait(sheet.tasks_kept.settled())
    assert shelf.added == [["A"]]
    assert sheet.isHidden()


def test_the_card_fits_small_windows(sheet, qtbot):
    sheet.page_kept.resize(700, 480)
    sheet.open_with(ImportOffer("a.novita.json", (offer("A"),)))
    qtbot.waitUntil(lambda: sheet.rect().contains(sheet.card.geometry()))  # once it slid in
