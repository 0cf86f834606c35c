"""The History page: runs as they happen, paging, one in full, Retry by mouse, key and button."""

import asyncio
from concurrent.futures import ThreadPoolExecutor

import pytest
import shiboken6
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPlainTextEdit, QPushButton, QTableView

from benchmarks._stored_runs import fill
from novita_desktop.demo import DemoThread
from novita_desktop.domain.costs import UNITS_PER_USD
from novita_desktop.domain.prompt_form import PromptForm
from novita_desktop.domain.requests import Parameters
from novita_desktop.domain.runs import RunStatus
from novita_desktop.ui import formatting
from novita_desktop.ui.pages.history import HistoryPage
from novita_desktop.ui.tables.history_table import Column
from novita_desktop.ui.widgets.answer_view import AnswerView
from novita_desktop.ui.widgets.empty_state import EmptyState
from tests.services.stage import OTHER_MODEL, request
from tests.ui.page_stage import Tools, page_stage


@pytest.fixture
def host():
    with DemoThread(speed=0) as running:
        yield running


@pytest.fixture
def tools(qtbot, wait, theme, host):
    return Tools(qtbot, wait, theme, host)


@pytest.fixture
def stage(tools, tmp_path):
    with page_stage(tools, tmp_path) as built:
        yield built


@pytest.fixture
def open_page(stage):
    """Open pages, and delete them once nothing of theirs runs; qtbot would do it before."""
    pages = []

    def open_page():
        page = HistoryPage(stage.context)
        pages.append(page)
        page.resize(1252, 840)
        page.show()
        stage.settle()
        return page

    yield open_page
    stage.settle()
    for page in pages:
        shiboken6.delete(page)


def table(page):
    found = [view for view in page.findChildren(QTableView) if view.accessibleName() == "Runs"]
    assert len(found) == 1
    return found[0]


def button(page, words):
    found = [b for b in page.findChildren(QPushButton) if b.text() == words and b.isVisible()]
    assert len(found) == 1
    return found[0]


def buttons(page):
    return [b.text() for b in page.findChildren(QPushButton) if b.isVisible()]


def count(page):
    return page.findChild(QLabel, "historyCount").text()


def text(page, row, column):
    return table(page).model().index(row, column).data()


def rows(page):
    return table(page).model().rowCount()


def run_in(page, row):
    return table(page).model().run_at(row)


def texts(page):
    return [label.text() for label in page.findChildren(QLabel) if label.isVisible()]


def answer(page):
    return page.findChild(AnswerView)


def message(page):
    edits = page.findChildren(QPlainTextEdit)
    return next(e for e in edits if e.accessibleName() == "Message").toPlainText()


def notice(page):
    found = page.findChild(QLabel, "notice")
    return found.text() if found is not None and found.isVisible() else ""


def test_an_empty_history_says_what_belongs_here(open_page, qtbot):
    page = open_page()
    assert page.findChild(EmptyState).isVisible()
    assert count(page) == "0 runs"
    with qtbot.waitSignal(page.prompt_requested):
        button(page, "Write a prompt").click()


def test_a_run_appears_and_lives_in_its_row(open_page, stage, qtbot, host):
    page = open_page()
    host.script(["gate"])
    stage.start(request("Hold on"))
    qtbot.waitUntil(lambda: rows(page) == 1)
    assert not page.findChild(EmptyState).isVisible()
    qtbot.waitUntil(lambda: text(page, 0, Column.STATUS) == "Running")
    assert text(page, 0, Column.MESSAGE) == "Hold on"
    assert text(page, 0, Column.COST) == ""
    assert not button(page, "Retry").isEnabled()
    host.release("gate")
    qtbot.waitUntil(lambda: text(page, 0, Column.STATUS) == "Done")
    assert text(page, 0, Column.TOKENS) != formatting.DASH
    assert text(page, 0, Column.COST).strip(formatting.DASH)
    assert count(page) == "1 run"
    qtbot.waitUntil(lambda: button(page, "Retry").isEnabled())


def test_a_live_runs_answer_grows_in_the_panel(open_page, stage, qtbot, host):
    page = open_page()
    host.script(["gate; gate_after=4; text=one two three four five six seven"])
    stage.start(request("Count"))
    qtbot.waitUntil(lambda: 0 < len(answer(page).markdown()) < 20)
    host.release("gate")
    qtbot.waitUntil(lambda: answer(page).markdown().endswith("seven"))
    qtbot.waitUntil(lambda: "Receipt" in texts(page))


def test_a_finished_run_is_shown_in_full(open_page, stage, qtbot):
    parameters = Parameters(temperature=1.5, max_tokens=512)
    stage.run(request("Write a line", OTHER_MODEL, parameters=parameters))
    page = open_page()
    qtbot.waitUntil(lambda: message(page) == "Write a line")
    qtbot.waitUntil(lambda: {"Done", "Temperature", "1.5", "Max tokens"} <= set(texts(page)))
    assert "Deepseek V3.2" in texts(page)
    detail = stage.call(stage.context.workspace.history.detail(run_in(page, 0).id))
    assert answer(page).markdown() == detail.text != ""


def test_every_attempt_of_a_failed_run_is_listed(open_page, stage, qtbot, host):
    host.script(["rate-limited; times=1; retry_after=0", *["server-error"] * 9])
    stage.run(request("Try"))
    page = open_page()
    qtbot.waitUntil(lambda: texts(page).count("500") == 4)
    shown = texts(page)
    assert shown.count("429") == 1
    assert sum(words.startswith("then waited") for words in shown) == 4
    assert "The host has a problem of its own" in shown


def test_the_shown_run_follows_the_keyboard(open_page, stage, qtbot):
    for words in ("First", "Second", "Third"):
        stage.run(request(words))
    page = open_page()
    qtbot.waitUntil(lambda: message(page) == "Third")
    for _ in range(2):
        qtbot.keyClick(table(page), Qt.Key.Key_Down)
    qtbot.waitUntil(lambda: message(page) == "First")
    qtbot.keyClick(table(page), Qt.Key.Key_Home)
    qtbot.waitUntil(lambda: message(page) == "Third")


def store_runs(folder, runs):
    """Store finished runs on a thread of its own: this one has a loop already."""
    with ThreadPoolExecutor(1) as pool:
        pool.submit(lambda: asyncio.run(fill(folder / "novita.db", runs))).result()


def press_button(page, qtbot):
    button(page, "Retry").click()


def press_key(page, qtbot):
    qtbot.keyClicks(table(page), "r")


def press_in_row(page, qtbot):
    place = table(page).visualRect(table(page).model().index(0, Column.RETRY)).center()
    qtbot.mouseClick(table(page).viewport(), Qt.MouseButton.LeftButton, pos=place)


@pytest.mark.parametrize("press", [press_button, press_key, press_in_row])
def test_retry_makes_a_linked_run_that_is_shown_and_lives(open_page, stage, qtbot, host, press):
    old = stage.run(request("Again"))
    page = open_page()
    qtbot.waitUntil(lambda: message(page) == "Again")
    host.script(["gate"])
    press(page, qtbot)
    qtbot.waitUntil(lambda: rows(page) == 2)
    assert run_in(page, 0).retry_of == old.id
    qtbot.waitUntil(lambda: table(page).chosen_row() == 0)
    qtbot.waitUntil(lambda: button(page, f"Retry of run {old.id}").isVisible())
    host.release("gate")
    qtbot.waitUntil(lambda: run_in(page, 0).status is RunStatus.SUCCEEDED)
    old_body = stage.call(stage.context.workspace.history.detail(old.id)).request_body
    new_body = stage.call(stage.context.workspace.history.detail(run_in(page, 0).id)).request_body
    assert new_body == old_body
    button(page, f"Retry of run {old.id}").click()
    assert run_in(page, table(page).chosen_row()).id == old.id


def test_a_run_that_goes_on_is_not_retried_by_a_key(open_page, stage, qtbot, host):
    page = open_page()
    host.script(["gate"])
    stage.start(request("Hold"))
    qtbot.waitUntil(lambda: rows(page) == 1)
    press_key(page, qtbot)
    press_in_row(page, qtbot)
    stage.settle()
    assert rows(page) == 1
    host.release("gate")
    qtbot.waitUntil(lambda: run_in(page, 0).status.is_over)


def test_retry_without_a_connection_offers_to_connect(open_page, stage, qtbot):
    stage.run(request("Hello"))
    page = open_page()
    stage.call(stage.context.workspace.account.forget())
    press_key(page, qtbot)
    qtbot.waitUntil(lambda: "Not connected" in notice(page))
    with qtbot.waitSignal(page.connect_requested):
        button(page, "Connect").click()
    assert rows(page) == 1


def test_above_the_daily_limit_a_retry_asks_once_more(open_page, stage, qtbot):
    stage.run(request("Hello"))
    stage.call(stage.context.workspace.settings.change(daily_limit_units=1))
    page = open_page()
    press_button(page, qtbot)
    qtbot.waitUntil(lambda: "limit" in notice(page))
    assert rows(page) == 1
    button(page, "Run anyway").click()
    qtbot.waitUntil(lambda: rows(page) == 2)
    qtbot.waitUntil(lambda: run_in(page, 0).status is RunStatus.SUCCEEDED)
    assert notice(page) == ""


def test_edit_gives_the_form_as_it_was(open_page, stage, qtbot):
    parameters = Parameters(temperature=0.7, top_p=0.9, max_tokens=99, seed=5)
    asked = request("Keep {{ braces }}", OTHER_MODEL, parameters=parameters)
    run = stage.run(asked)
    page = open_page()
    with qtbot.waitSignal(page.edit_requested) as told:
        button(page, "Edit and run").click()
    form = told.args[0]
    assert isinstance(form, PromptForm)
    assert form == stage.call(stage.context.workspace.history.form_of(run.id))
    assert form.model == OTHER_MODEL
    inputs = {"temperature": "0.7", "top_p": "0.9", "max_tokens": "99", "seed": "5"}
    assert dict(form.inputs) == inputs


def test_a_run_opens_in_prompt_by_button_and_enter(open_page, stage, qtbot):
    run = stage.run(request("Hello"))
    page = open_page()
    opened = []
    page.open_requested.connect(opened.append)
    button(page, "Open in Prompt").click()
    qtbot.keyClick(table(page), Qt.Key.Key_Return)
    assert opened == [run.id, run.id]


def test_what_the_host_refused_can_be_left_out(open_page, stage, qtbot, host):
    host.script(["max-tokens"])
    stage.run(request("Hello", parameters=Parameters(max_tokens=4_096)))
    page = open_page()
    qtbot.waitUntil(lambda: "Run with the suggested value" in buttons(page))
    button(page, "Run with the suggested value").click()
    qtbot.waitUntil(lambda: rows(page) == 2)
    qtbot.waitUntil(lambda: run_in(page, 0).status.is_over)


def test_new_runs_do_not_move_what_is_read(tools, tmp_path, qtbot):
    store_runs(tmp_path, 1_000)
    with page_stage(tools, tmp_path) as stage:
        page = HistoryPage(stage.context)
        page.resize(1252, 840)
        page.show()
        stage.settle()
        assert rows(page) == 200
        assert count(page) == f"{formatting.whole(1_000)} runs"
        view = table(page)
        while rows(page) < 1_000:
            view.verticalScrollBar().setValue(view.verticalScrollBar().maximum())
            stage.settle()
        ids = [run_in(page, row).id for row in range(1_000)]
        assert ids == sorted(set(ids), reverse=True)
        view.verticalScrollBar().setValue(3_000)
        read = run_in(page, view.rowAt(5)).id
        stage.run(request("New"))
        qtbot.waitUntil(lambda: rows(page) == 1_001)
        assert run_in(page, view.rowAt(5)).id == read
        assert count(page) == f"{formatting.whole(1_001)} runs"
        view.verticalScrollBar().setValue(0)
        stage.run(request("Newer"))
        qtbot.waitUntil(lambda: rows(page) == 1_002)
        assert view.rowAt(5) == 0
        stage.settle()
        shiboken6.delete(page)


def test_another_workspace_is_shown_instead(open_page, stage, tools, tmp_path, qtbot):
    stage.run(request("Here"))
    page = open_page()
    with page_stage(tools, tmp_path / "other") as other:
        other.run(request("There"))
        other.run(request("There too"))
        page.set_context(other.context)
        qtbot.waitUntil(lambda: rows(page) == 2)
        qtbot.waitUntil(lambda: message(page) == "There too")
        stage.run(request("Here again"))
        press_button(page, qtbot)
        qtbot.waitUntil(lambda: rows(page) == 3)
        qtbot.waitUntil(lambda: run_in(page, 0).status.is_over)
        qtbot.waitUntil(lambda: count(page) == "3 runs")
        page.set_context(stage.context)
        other.settle()
        stage.settle()
    qtbot.waitUntil(lambda: count(page) == "2 runs")


def test_costs_are_marked_when_they_are_estimates(open_page, stage, qtbot, host):
    host.script(["no-usage"])
    stage.run(request("Hello"))
    page = open_page()
    assert text(page, 0, Column.COST).startswith(formatting.ABOUT)
    assert text(page, 0, Column.TOKENS).startswith(formatting.ABOUT)
    assert run_in(page, 0).cost.units < UNITS_PER_USD
