"""The list of the History page: groups open to their runs, columns stay, far rows can be chosen."""

import asyncio
import json
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest
import shiboken6
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QLabel, QPushButton, QTableView

from benchmarks._stored_runs import fill
from novita_desktop.domain.runs import GroupKind, GroupSummary, RunGroup, RunStatus
from novita_desktop.ui.pages.history import HistoryPage
from novita_desktop.ui.pages.history.run_list import RunList
from novita_desktop.ui.tables.history_words import Column
from novita_desktop.ui.widgets.search_field import SearchField
from tests.services.stage import request
from tests.ui.history_stage import history_pages
from tests.ui.page_stage import page_stage


@pytest.fixture
def open_page(stage):
    with history_pages(stage) as open_page:
        yield open_page


def run_together(stage, count):
    """Run so many requests in one group, one after the other."""
    runs = stage.context.workspace.runs
    group = RunGroup(GroupKind.BATCH, "Reviews")
    for number in range(count):
        started = stage.call(runs.submit(request(f"Review {number}"), group))
        group = replace(group, id=started.group_id)
    return group


def view_of(page):
    return page.findChild(RunList).view


def table_of(page):
    return page.findChild(RunList).table


def button(page, words):
    found = [b for b in page.findChildren(QPushButton) if b.text() == words and b.isVisible()]
    assert len(found) == 1
    return found[0]


def all_are_over(page):
    entry = table_of(page).entry_at(0)
    return isinstance(entry, GroupSummary) and entry.status.is_over


@pytest.mark.parametrize("is_by_key", [True, False])
def test_a_group_opens_to_its_runs_and_closes_again(open_page, stage, qtbot, is_by_key):
    stage.run(request("Alone"))
    page = open_page()
    run_together(stage, 3)
    qtbot.waitUntil(lambda: table_of(page).rowCount() == 2)
    qtbot.waitUntil(lambda: all_are_over(page))
    view_of(page).choose_row(0)
    assert table_of(page).words_at(0)[Column.PRESET] == "Reviews"
    if is_by_key:
        qtbot.keyClick(view_of(page), Qt.Key.Key_Return)
    else:
        button(page, "Show its runs").click()
    qtbot.waitUntil(lambda: table_of(page).rowCount() == 3)
    heads = [table_of(page).words_at(row)[Column.MESSAGE] for row in range(3)]
    assert heads == ["Review 2", "Review 1", "Review 0"]
    page.findChild(SearchField).clear()
    qtbot.waitUntil(lambda: table_of(page).rowCount() == 2)


def test_retry_of_a_group_asks_about_those_that_failed(open_page, stage, qtbot, host):
    page = open_page()
    host.script(["bad-parameter"])
    run_together(stage, 2)
    qtbot.waitUntil(lambda: all_are_over(page))
    assert table_of(page).entry_at(0).count_of(RunStatus.FAILED) == 1
    view_of(page).choose_row(0)
    qtbot.keyClicks(view_of(page), "r")
    qtbot.waitUntil(lambda: _question(page) is not None)
    assert "One failed run of this list is sent again. It costs " in _question(page)
    page.window().findChild(QDialog).reject()


def _question(page):
    """Return what the open question says."""
    for dialog in page.window().findChildren(QDialog):
        return " ".join(label.text() for label in dialog.findChildren(QLabel))
    return None


@pytest.mark.parametrize("is_by_key", [True, False])
def test_deleting_a_group_deletes_its_runs(open_page, stage, qtbot, is_by_key):
    page = open_page()
    run_together(stage, 3)
    qtbot.waitUntil(lambda: all_are_over(page))
    view_of(page).choose_row(0)
    if is_by_key:
        qtbot.keyClick(view_of(page), Qt.Key.Key_Delete)
    else:
        qtbot.waitUntil(lambda: button(page, "Delete").isEnabled())
        button(page, "Delete").click()
    qtbot.waitUntil(lambda: table_of(page).rowCount() == 0)
    assert stage.call(stage.context.workspace.history.count()) == 0
    stage.context.toast._run_action()
    qtbot.waitUntil(lambda: table_of(page).rowCount() == 1)


def test_columns_are_remembered(open_page):
    page = open_page()
    view = view_of(page)
    view.hide_column(Column.TOKENS, is_hidden=True)
    view.horizontalHeader().moveSection(0, 2)
    view.horizontalHeader().resizeSection(Column.MODEL, 222)
    state = page.view_state()
    other = open_page()
    other.restore_view_state(state)
    assert view_of(other).hidden_columns() == {Column.TOKENS}
    assert view_of(other).horizontalHeader().visualIndex(Column.TIME) == 2
    assert view_of(other).columnWidth(Column.MODEL) == 222
    assert json.loads(other.view_state()) == json.loads(state)


def test_what_the_first_version_kept_is_understood(open_page):
    page = open_page()
    page.restore_view_state('{"width": 400, "is_shown": false}')
    assert json.loads(json.loads(page.view_state())["panel"])["is_shown"] is False


def test_rows_that_were_never_read_can_be_chosen(tools, tmp_path, qtbot):
    with ThreadPoolExecutor(1) as pool:
        pool.submit(lambda: asyncio.run(fill(tmp_path / "novita.db", 900))).result()
    with page_stage(tools, tmp_path) as stage:
        page = HistoryPage(stage.context)
        page.resize(1252, 840)
        page.show()
        stage.settle()
        runs = page.findChild(RunList)
        runs.view.choose_row(10)
        qtbot.keyClick(runs.view, Qt.Key.Key_End, Qt.KeyboardModifier.ShiftModifier)
        assert runs.chosen_count() == 890
        qtbot.waitUntil(lambda: page._shown.run_id == 1)
        ids = tools.wait(runs.chosen_run_ids(), timeout=20_000)
        assert ids == list(range(890, 0, -1))
        qtbot.waitUntil(lambda: table_of(page).entry_at(899) is not None)
        stage.settle()
        shiboken6.delete(page)


def test_while_there_is_no_run_the_side_panel_is_left_out(open_page, stage, qtbot):
    page = open_page()
    assert not page._shown.isVisible()
    assert not page._split.fold.isEnabled()
    stage.run(request("Hello"))
    qtbot.waitUntil(page._shown.isVisible)
    assert page._split.fold.isEnabled()
    assert page.findChild(QTableView).isVisible()
