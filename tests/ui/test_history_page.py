"""The History page: runs as they happen, paging, one in full, Retry by mouse, key and button."""

import asyncio
import json
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest
import shiboken6
from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QFileDialog,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QTableView,
    QToolButton,
)

from benchmarks._stored_runs import fill
from novita_desktop.domain.costs import UNITS_PER_USD
from novita_desktop.domain.prompt_form import PromptForm
from novita_desktop.domain.requests import Parameters
from novita_desktop.domain.runs import RunStatus
from novita_desktop.ui import formatting
from novita_desktop.ui.pages.history import HistoryPage
from novita_desktop.ui.tables.history_words import STAR, Column
from novita_desktop.ui.widgets.answer_view import AnswerView
from novita_desktop.ui.widgets.empty_state import EmptyState
from tests.services.stage import OTHER_MODEL, request
from tests.ui.history_stage import history_pages
from tests.ui.page_stage import page_stage


@pytest.fixture
def open_page(stage):
    with history_pages(stage) as open_page:
        yield open_page


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
    qtbot.waitUntil(lambda: "Retry" in buttons(page))
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
    qtbot.waitUntil(lambda: answer(page) is not None)
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
        assert rows(page) == 1_000
        assert count(page) == f"{formatting.whole(1_000)} runs"
        view = table(page)
        view.verticalScrollBar().setValue(view.verticalScrollBar().maximum())
        qtbot.waitUntil(lambda: run_in(page, 999) is not None)
        assert run_in(page, 999).id == 1
        view.verticalScrollBar().setValue(3_000)
        qtbot.waitUntil(lambda: run_in(page, view.rowAt(5)) is not None)
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


def field(page):
    (found,) = [e for e in page.findChildren(QLineEdit) if e.accessibleName() == "Search history"]
    return found


def messages(page):
    return [run_in(page, row).message_head for row in range(rows(page))]


@pytest.fixture
def searched(open_page, stage, host):
    """Give a page with three finished runs and one that failed."""
    for words in ("A squeaking hinge", "Snow boots", "The hinge again"):
        stage.run(request(words))
    host.script(["upstream"])
    stage.run(request("It fails", OTHER_MODEL))
    return open_page()


def test_a_search_goes_on_while_it_is_typed_from_the_third_letter(searched, qtbot):
    page = searched
    qtbot.keyClick(page, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: field(page).hasFocus())
    qtbot.keyClicks(field(page), "hi")
    qtbot.wait(200)
    assert rows(page) == 4
    qtbot.keyClicks(field(page), "n")
    qtbot.waitUntil(lambda: messages(page) == ["The hinge again", "A squeaking hinge"])
    qtbot.waitUntil(lambda: count(page) == "2 found")
    qtbot.waitUntil(lambda: message(page) == "The hinge again")
    field(page).clear()
    qtbot.waitUntil(lambda: rows(page) == 4)
    qtbot.waitUntil(lambda: count(page) == "4 runs")


def test_enter_searches_for_a_short_word(searched, qtbot):
    qtbot.keyClicks(field(searched), "it")
    qtbot.keyClick(field(searched), Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: "It fails" in messages(searched) and rows(searched) < 4)


def test_a_search_without_result_says_so_and_is_cleared(searched, qtbot):
    field(searched).setText("nowhere")
    qtbot.waitUntil(lambda: "Nothing matches" in texts(searched))
    qtbot.waitUntil(lambda: count(searched) == "0 found")
    button(searched, "Clear").click()
    qtbot.waitUntil(lambda: rows(searched) == 4)
    assert field(searched).text() == ""
    assert table(searched).isVisible()


def test_what_is_not_understood_is_named(searched, qtbot):
    field(searched).setText("hinge cost:much ")
    qtbot.waitUntil(lambda: count(searched) == "2 found · “cost:much” is not understood")


def test_chips_write_filters_into_the_search(searched, stage, qtbot):
    page = searched
    (chip,) = [b for b in page.findChildren(QPushButton) if b.text() == "Status: any"]
    chip.menu().aboutToShow.emit()
    (failed,) = [a for a in chip.menu().actions() if a.text() == "Failed"]
    failed.trigger()
    assert field(page).text() == "status:failed"
    assert chip.text() == "Status: Failed"
    qtbot.waitUntil(lambda: messages(page) == ["It fails"])
    field(page).setText("status:failed hinge")
    qtbot.waitUntil(lambda: rows(page) == 0)
    field(page).setText("")
    stage.settle()
    qtbot.waitUntil(lambda: rows(page) == 4)
    (chip,) = [b for b in page.findChildren(QPushButton) if b.text() == "Model: any"]
    chip.menu().aboutToShow.emit()
    (other,) = [a for a in chip.menu().actions() if a.text() == "Deepseek V3.2"]
    other.trigger()
    qtbot.waitUntil(lambda: messages(page) == ["It fails"])


def test_a_new_run_joins_a_search_only_if_it_matches(searched, stage, qtbot):
    field(searched).setText("hinge")
    qtbot.waitUntil(lambda: rows(searched) == 2)
    stage.run(request("Nothing of the kind"))
    stage.run(request("One more hinge"))
    qtbot.waitUntil(lambda: messages(searched)[0] == "One more hinge")
    qtbot.waitUntil(lambda: count(searched) == "3 found")
    assert rows(searched) == 3


def test_the_day_stands_above_the_list(searched):
    assert searched.findChild(QLabel, "historyDay").text() == "Today"


def star(page):
    (found,) = [b for b in page.findChildren(QToolButton) if b.accessibleName() == "Star"]
    return found


def note(page):
    (found,) = [e for e in page.findChildren(QLineEdit) if e.accessibleName() == "Note"]
    return found


def test_a_star_and_a_note_are_kept_and_found(searched, stage, qtbot):
    page = searched
    table(page).choose_row(2)
    qtbot.waitUntil(lambda: message(page) == "Snow boots")
    star(page).click()
    qtbot.waitUntil(lambda: text(page, 2, Column.MESSAGE) == f"{STAR} Snow boots")
    note(page).setFocus()
    qtbot.keyClicks(note(page), "For the brochure")
    qtbot.keyClick(note(page), Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: run_in(page, 2).note == "For the brochure")
    field(page).setText("is:starred brochure")
    qtbot.waitUntil(lambda: messages(page) == ["Snow boots"])
    qtbot.waitUntil(lambda: note(page).text() == "For the brochure")
    star(page).click()
    qtbot.waitUntil(lambda: not run_in(page, 0).is_starred)


def test_a_note_is_kept_when_another_run_is_shown(searched, stage, qtbot):
    page = searched
    note(page).setText("Do not lose me")
    table(page).choose_row(1)
    qtbot.waitUntil(lambda: run_in(page, 0).note == "Do not lose me")
    qtbot.waitUntil(lambda: note(page).text() == "")


def toast(stage):
    return stage.context.toast.text()


def test_deleted_runs_leave_the_list_and_come_back(searched, stage, qtbot):
    page = searched
    spent = stage.call(stage.context.workspace.spending.today())
    table(page).setFocus()
    table(page).choose_row(1)
    qtbot.keyClick(table(page), Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    assert table(page).chosen_rows() == [1, 2]
    qtbot.keyClick(table(page), Qt.Key.Key_Delete)
    qtbot.waitUntil(lambda: messages(page) == ["It fails", "A squeaking hinge"])
    qtbot.waitUntil(lambda: count(page) == "2 runs")
    assert toast(stage).startswith("Deleted 2 runs")
    assert stage.call(stage.context.workspace.spending.today()) == spent
    stage.context.toast._run_action()
    qtbot.waitUntil(lambda: rows(page) == 4)
    qtbot.waitUntil(lambda: count(page) == "4 runs")
    assert messages(page)[1:3] == ["The hinge again", "Snow boots"]


def test_a_run_is_brought_back_from_the_bin(searched, stage, qtbot):
    page = searched
    qtbot.waitUntil(lambda: message(page) == "It fails")
    button(page, "Delete").click()
    qtbot.waitUntil(lambda: rows(page) == 3)
    qtbot.waitUntil(lambda: message(page) == "The hinge again")
    field(page).setText("is:deleted")
    qtbot.waitUntil(lambda: messages(page) == ["It fails"])
    qtbot.waitUntil(lambda: "Restore" in buttons(page))
    button(page, "Restore").click()
    qtbot.waitUntil(lambda: rows(page) == 0)
    field(page).clear()
    qtbot.waitUntil(lambda: rows(page) == 4)


def exported(page, qtbot, path, title):
    """Choose `title` in the Export menu, give the file a name, and return what is written."""
    menu = button(page, "Export").menu()
    menu.aboutToShow.emit()
    (action,) = [action for action in menu.actions() if action.text() == title]
    action.trigger()
    qtbot.waitUntil(lambda: page.findChildren(QFileDialog) != [])
    (dialog,) = page.findChildren(QFileDialog)
    dialog.setDirectory(str(path.parent))
    dialog.findChild(QLineEdit, "fileNameEdit").setText(path.name)
    dialog.done(QDialog.DialogCode.Accepted)
    qtbot.waitUntil(path.exists)
    return path.read_text("utf-8-sig")


def test_one_chosen_or_all_found_runs_are_exported(searched, stage, tmp_path, qtbot):
    page = searched
    one = json.loads(exported(page, qtbot, tmp_path / "one.json", "Selected row as JSON…"))
    assert [run["status"] for run in one["runs"]] == ["failed"]
    stage.settle()
    assert toast(stage) == "Saved 1 run as one.json"
    table(page).selectAll()
    every = exported(page, qtbot, tmp_path / "four.csv", "4 selected rows as CSV…")
    assert every.count("\n") > 4
    stage.settle()
    field(page).setText("hinge")
    qtbot.waitUntil(lambda: rows(page) == 2)
    found = exported(page, qtbot, tmp_path / "found.md", "All runs of this list as Markdown…")
    assert "A squeaking hinge" in found
    assert "Snow boots" not in found


def test_all_failed_runs_of_a_list_are_retried_after_one_question(searched, stage, qtbot, host):
    page = searched
    host.script(["upstream"])
    stage.run(request("It fails too"))
    qtbot.waitUntil(lambda: rows(page) == 5)
    button(page, "Retry all failed in this list").click()
    qtbot.waitUntil(lambda: page.window().findChildren(QDialog) != [])
    (question,) = page.window().findChildren(QDialog)
    words = " ".join(label.text() for label in question.findChildren(QLabel))
    assert "2 failed runs" in words
    assert "$" in words
    question.findChild(QDialogButtonBox).accepted.emit()
    qtbot.waitUntil(lambda: rows(page) == 6)
    qtbot.waitUntil(lambda: text(page, 0, Column.MESSAGE).startswith("2 runs"))
    qtbot.waitUntil(lambda: text(page, 0, Column.STATUS) == "Done")
    table(page).choose_row(0)
    button(page, "Show its runs").click()
    qtbot.waitUntil(lambda: rows(page) == 2)
    again = [run_in(page, row) for row in (0, 1)]
    assert {run.retry_of for run in again} == {4, 5}
    assert {run.status for run in again} == {RunStatus.SUCCEEDED}
    assert again[0].group_id == again[1].group_id
    button(page, "Run together").click()
    qtbot.waitUntil(lambda: rows(page) == 6)


def test_without_failed_runs_there_is_no_question(searched, qtbot):
    field(searched).setText("hinge")
    qtbot.waitUntil(lambda: rows(searched) == 2)
    button(searched, "Retry all failed in this list").click()
    qtbot.waitUntil(lambda: notice(searched) == "No run in this list has failed.")


def test_a_retried_run_shows_its_family(searched, stage, qtbot):
    page = searched
    runs = stage.context.workspace.runs
    second = stage.call(runs.retry(4))
    stage.call(runs.retry(second.id))
    qtbot.waitUntil(lambda: rows(page) == 6)
    qtbot.waitUntil(lambda: run_in(page, 0).status.is_over)
    table(page).choose_row(0)
    qtbot.waitUntil(lambda: any(words.startswith("Retry 2 · ") for words in buttons(page)))
    (first,) = [b for b in page.findChildren(QPushButton) if b.text().startswith("First run · ")]
    assert first.isEnabled()
    first.click()
    qtbot.waitUntil(lambda: run_in(page, table(page).chosen_row()).id == 4)


def test_many_runs_are_deleted_and_brought_back_at_once(tools, tmp_path, qtbot):
    store_runs(tmp_path, 700)
    with page_stage(tools, tmp_path) as stage:
        page = HistoryPage(stage.context)
        page.resize(1252, 840)
        page.show()
        stage.settle()
        assert rows(page) == 700
        table(page).selectAll()
        table(page).setFocus()
        qtbot.keyClick(table(page), Qt.Key.Key_Delete)
        qtbot.waitUntil(lambda: "Runs appear here" in texts(page))
        qtbot.waitUntil(lambda: count(page) == "0 runs")
        stage.context.toast._run_action()
        qtbot.waitUntil(lambda: rows(page) == 700)
        qtbot.waitUntil(lambda: count(page) == "700 runs")
        stage.settle()
        shiboken6.delete(page)


def test_private_runs_are_not_listed(open_page, stage, qtbot):
    page = open_page()
    private = stage.run(replace(request("Hush"), is_private=True))
    assert private.is_private
    seen = stage.run(request("Seen"))
    qtbot.waitUntil(lambda: rows(page) == 1 and run_in(page, 0).id == seen.id)
    assert count(page) == "1 run"
