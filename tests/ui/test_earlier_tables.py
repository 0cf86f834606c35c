"""Tables that were opened before are listed by name and time, and chosen."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QMenu, QWidget

from novita_desktop.demo import DemoThread
from novita_desktop.domain.batches import Batch, TableOrigin
from novita_desktop.ui.pages.batch.earlier_tables import EarlierTables
from tests.ui.page_stage import KEY, Tools, page_stage


@pytest.fixture
def stage(qtbot, wait, theme, tmp_path):
    with (
        DemoThread(key=KEY, speed=0) as host,
        page_stage(Tools(qtbot, wait, theme, host), tmp_path / "data") as stage,
    ):
        yield stage


@pytest.fixture
def tables(stage, qtbot):
    page = QWidget()
    qtbot.addWidget(page)
    page.show()
    return EarlierTables(stage.context, page)


def test_a_table_is_chosen_by_its_name(tables):
    told = []
    tables.chosen.connect(told.append)
    batches = [Batch(n, name, 0, TableOrigin(name), ()) for n, name in ((9, "a & b"), (4, "old"))]
    actions = tables.menu_of(batches).actions()
    assert [action.text().partition(" · ")[0] for action in actions] == ["a && b", "old"]
    actions[1].trigger()
    assert told == [4]


def test_the_list_comes_from_what_is_kept(tables, stage, qtbot):
    stage.call(stage.context.workspace.batches.paste("a\tb\n1\t2\n", "Pasted"))
    tables.button.click()
    stage.settle()
    menu = tables.parent().findChild(QMenu)
    qtbot.waitUntil(menu.isVisible)
    assert menu.actions()[0].text().startswith("Pasted · ")
    menu.close()


def test_without_any_it_says_so(tables):
    (action,) = tables.menu_of([]).actions()
    assert not action.isEnabled()
