"""Blind: no name is to be seen, heard or copied anywhere before the verdict."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QGuiApplication
from PySide6.QtWidgets import QAbstractButton, QLabel, QTextEdit, QWidget

from novita_desktop.demo import DemoThread
from novita_desktop.domain.comparisons import Verdict
from novita_desktop.domain.self_naming import COVER
from tests.ui.compare_stage import MODELS, compare_stage
from tests.ui.history_stage import history_pages
from tests.ui.page_stage import Tools

WORDS = ("llama", "deepseek", "qwen", "glm", "zai-org", "meta-llama", "instruct")


@pytest.fixture
def host():
    with DemoThread(speed=0) as running:
        yield running


@pytest.fixture
def tools(qtbot, wait, theme, host):
    return Tools(qtbot, wait, theme, host)


HIDDEN = "Hidden until you judge"


def cells(table) -> list[str]:
    """Return what is drawn in the rows, and all that their cells tell in any role."""
    drawn = [text for row in range(table.rowCount()) for text in table.words_at(row)]
    places = [
        table.index(row, column)
        for row in range(table.rowCount())
        for column in range(table.columnCount())
    ]
    told = [str(table.data(place, role)) for place in places for role in TOLD]
    return drawn + [text for text in told if text not in drawn]


TOLD = (
    Qt.ItemDataRole.DisplayRole,
    Qt.ItemDataRole.ToolTipRole,
    Qt.ItemDataRole.AccessibleTextRole,
    Qt.ItemDataRole.AccessibleDescriptionRole,
)


def accessible_texts(thing) -> list[str]:
    """Return every name, description and value below `thing`, as assistive technology reads."""
    found = [thing.text(kind) for kind in QAccessible.Text if kind != QAccessible.Text.UserText]
    text = thing.textInterface()
    if text is not None:
        found.append(text.text(0, text.characterCount()))
    for place in range(thing.childCount()):
        child = thing.child(place)
        if child is not None and child.isValid() and not child.state().invisible:
            found += accessible_texts(child)
    return found


def seen(page) -> list[str]:
    """Return every text that can be seen, pointed at or heard on the page."""
    found = [page.window().windowTitle()]
    for widget in page.findChildren(QWidget):
        if not widget.isVisibleTo(page):
            continue
        found += [
            widget.toolTip(),
            widget.accessibleName(),
            widget.accessibleDescription(),
            widget.statusTip(),
            widget.whatsThis(),
            widget.objectName(),
        ]
        if isinstance(widget, QLabel | QAbstractButton):
            found.append(widget.text())
        if isinstance(widget, QTextEdit):
            found.append(widget.toPlainText())
    return found + accessible_texts(QAccessible.queryAccessibleInterface(page))


def leaks(page) -> list[str]:
    return [text for text in seen(page) for word in WORDS if word in text.lower()]


@pytest.fixture
def stage(tools, tmp_path):
    with compare_stage(tools, tmp_path) as stage:
        yield stage


def test_the_search_finds_names_where_they_may_be_seen(stage):
    stage.fill(*MODELS)
    stage.run_to_end()
    assert {word for word in WORDS if any(word in text.lower() for text in seen(stage.page))} == {
        *WORDS
    }


def test_no_name_is_anywhere_until_the_verdict(stage, host):
    host.script([f"text=I am {name}, trained by {maker}." for name, maker in NAMES])
    stage.fill(*MODELS)
    stage.page._blind.click()
    shown_while_running = []
    stage.page.board.state_changed.connect(lambda: shown_while_running.extend(leaks(stage.page)))
    before = stage.page._view.comparison
    stage.page.button.run.click()
    stage.until(lambda: stage.page._view.comparison is not before)
    stage.until_over()
    assert shown_while_running == []
    assert leaks(stage.page) == []
    assert sum(COVER in text for text in seen(stage.page)) >= 4
    stage.columns[0]._copy.click()
    assert not any(word in QGuiApplication.clipboard().text().lower() for word in WORDS)
    assert [c.shown_name for c in stage.columns] == [f"Answer {n}" for n in (1, 2, 3, 4)]
    stage.press(stage.columns[1], "Best")
    stage.until(stage.judged)
    stage.until(lambda: all(c.answer.view.is_settled for c in stage.columns))
    judgement = stage.page._view.round.judgement
    assert (judgement.verdict, judgement.was_blind) == (Verdict.BEST, True)
    names = [stage.stage.context.state.model_name(model) for model in MODELS]
    assert sorted(c.shown_name for c in stage.columns) == sorted(names)
    texts = " ".join(seen(stage.page)).lower()
    assert all(word in texts for word in WORDS)


NAMES = (
    ("Llama 3.1 8B Instruct", "Meta AI"),
    ("DeepSeek-V3.2", "DeepSeek"),
    ("Qwen3", "Alibaba"),
    ("GLM-4.6", "Zhipu"),
)


def test_a_failure_does_not_give_the_model_away(stage, host):
    host.script(["no-json-schema", "text=Hello", "text=Hello"])
    stage.fill(*MODELS[:3])
    stage.page._blind.click()
    stage.run_to_end()
    assert [stage.status(c) for c in stage.columns].count("Failed") == 1
    assert leaks(stage.page) == []
    failed = next(c for c in stage.columns if stage.status(c) == "Failed")
    assert failed.findChild(QLabel, "errorTitle").text() == "This answer failed"


def test_the_order_and_the_names_stay_hidden_after_a_restart(tools, tmp_path):
    with compare_stage(tools, tmp_path) as stage:
        stage.fill(*MODELS)
        stage.page._blind.click()
        stage.run_to_end()
        order = [c.key for c in stage.columns]
    with compare_stage(tools, tmp_path) as stage:
        stage.until(lambda: stage.columns and all(c.facts for c in stage.columns))
        stage.until(lambda: all(c.answer.view.is_settled for c in stage.columns))
        assert [c.key for c in stage.columns] == order
        assert leaks(stage.page) == []
        assert stage.page._blind.isChecked()


def test_columns_cannot_be_told_by_changing_them(stage):
    stage.fill(*MODELS[:2])
    stage.page._blind.click()
    stage.run_to_end()
    assert not stage.page._add.isEnabled()
    assert all(not c._menu_button.isVisibleTo(stage.page) for c in stage.columns)
    stage.page.use_model(MODELS[2])
    assert stage.page.notice.text().startswith("The names are hidden")
    stage.page.choose_model()
    assert len(stage.columns) == 2


def test_names_can_be_shown_without_a_verdict(stage):
    stage.fill(*MODELS[:2])
    stage.page._blind.click()
    stage.run_to_end()
    stage.press(stage.page, "Show names")
    stage.until(lambda: not stage.page._view.hides_names)
    assert not stage.page._blind.isChecked()
    assert leaks(stage.page)


def test_the_history_names_nothing_until_the_verdict(stage):
    stage.fill(*MODELS)
    stage.page._blind.click()
    stage.run_to_end()
    with history_pages(stage.stage) as open_page:
        history = open_page()
        runs, shown = history._list, history._shown
        stage.until(lambda: shown._is_built and shown.group is not None)
        assert leaks(history) == []
        assert HIDDEN in " ".join(runs.table.words_at(0))
        history._open(shown.group)
        stage.until(lambda: runs.table.rowCount() == len(MODELS))
        stage.until(lambda: shown.detail is not None)
        assert cells(runs.table).count(HIDDEN) == len(MODELS)
        assert not any(word in text.lower() for text in cells(runs.table) for word in WORDS)
        assert leaks(history) == []
        assert any(text == HIDDEN for text in seen(history))
        assert not any(runs.table.can_retry(row) for row in range(len(MODELS)))
        assert not shown.panel.sections.isVisibleTo(history)
        stage.press(stage.columns[1], "Best")
        stage.until(stage.judged)
        history.activated()
        stage.until(lambda: not runs.table.has_hidden())
        stage.until(lambda: shown.detail is not None and not shown.detail.summary.is_hidden)
        names = {stage.stage.context.state.model_name(model) for model in MODELS}
        assert names <= set(cells(runs.table))
        assert HIDDEN not in " ".join(seen(history))
