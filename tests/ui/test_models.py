"""The Models page: search, filters, prices for a use, favourites, refresh, one model in full."""

import dataclasses

import pytest
import shiboken6
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QLineEdit, QPushButton, QSpinBox, QTableView, QToolButton

from novita_desktop.demo import DemoThread
from novita_desktop.domain.catalogue import Catalogue
from novita_desktop.services.events import CatalogueChanged
from novita_desktop.ui import formatting
from novita_desktop.ui.pages.models import ModelsPage
from novita_desktop.ui.tables.models_table import Column
from novita_desktop.ui.widgets.empty_state import EmptyState
from tests.services.stage import MODEL, OTHER_MODEL
from tests.ui.page_stage import page_stage


@pytest.fixture(scope="module")
def host():
    with DemoThread(speed=0) as running:
        yield running


@pytest.fixture
def page(stage):
    """Open the page, and delete it once nothing of it runs; qtbot would do it before."""
    page = ModelsPage(stage.context)
    page.resize(1252, 840)
    page.show()
    yield page
    stage.settle()
    shiboken6.delete(page)


def named(page, kind, name):
    found = [each for each in page.findChildren(kind) if each.accessibleName() == name]
    assert len(found) == 1
    return found[0]


def button(page, words):
    found = [each for each in page.findChildren(QPushButton) if each.text() == words]
    assert len(found) == 1
    return found[0]


def table(page):
    return named(page, QTableView, "Models list")


def search(page):
    return named(page, QLineEdit, "Search models")


def shown_ids(page):
    model = table(page).model()
    return [model.model_at(row).id for row in range(model.rowCount())]


def fact(page):
    return page.findChild(QLabel, "pageFact").text()


def notice(page):
    found = page.findChild(QLabel, "notice")
    return found.text() if found is not None and found.isVisible() else ""


def cell(page, row, column):
    return table(page).visualRect(table(page).model().index(row, column)).center()


def click(qtbot, page, row, column):
    viewport = table(page).viewport()
    qtbot.mouseClick(viewport, Qt.MouseButton.LeftButton, pos=cell(page, row, column))


def choose(page, model_id):
    view = table(page)
    view.choose_row(view.model().row_of(model_id))


def texts(page):
    return [label.text() for label in page.findChildren(QLabel) if label.isVisible()]


def favourites(stage):
    return stage.context.workspace.settings.current.favourite_models


def test_every_runnable_chat_model_is_listed(page, stage):
    catalogue = stage.context.state.catalogue
    assert set(shown_ids(page)) == {model.id for model in catalogue.chat_models()}
    start = f"{len(catalogue.chat_models())} of {len(catalogue.models)} · "
    assert fact(page).startswith(start)


def test_typing_leaves_what_matches(page, qtbot):
    qtbot.keyClicks(search(page), "deepseek v3.2")
    assert OTHER_MODEL in shown_ids(page)
    assert all("deepseek" in model_id for model_id in shown_ids(page))
    assert fact(page).startswith(f"{len(shown_ids(page))} of ")


def test_ctrl_f_and_typing_on_the_table_reach_the_search(page, qtbot):
    page.activateWindow()
    table(page).setFocus()
    qtbot.keyClick(table(page), Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    assert search(page).hasFocus()
    table(page).setFocus()
    qtbot.keyClicks(table(page), "l")
    assert search(page).text() == "l"
    assert search(page).hasFocus()


def test_down_leads_from_the_search_into_the_table(page, qtbot):
    page.activateWindow()
    search(page).setFocus()
    qtbot.keyClick(search(page), Qt.Key.Key_Down)
    assert table(page).hasFocus()
    assert table(page).chosen_row() == 0


def test_chips_narrow_the_list_and_are_cleared_when_nothing_matches(page, qtbot):
    before = shown_ids(page)
    for words in ("Images", "Reasoning", "≤ $0.50 / 1M"):
        button(page, words).click()
    assert 0 < len(shown_ids(page)) < len(before)
    button(page, "Favourites").click()
    assert shown_ids(page) == []
    assert page.findChild(EmptyState).isVisible()
    button(page, "Clear filters").click()
    assert shown_ids(page) == before
    assert not page.findChild(EmptyState).isVisible()


def test_retired_models_are_shown_when_asked_for(page, stage):
    retired = {m.id for m in stage.context.state.catalogue.models if m.is_retired}
    assert retired
    button(page, "Retired").click()
    assert retired <= set(shown_ids(page))
    choose(page, next(iter(retired)))
    assert not button(page, "Use in Prompt").isEnabled()


def test_the_chosen_model_stays_chosen_while_the_list_changes(page, qtbot):
    choose(page, OTHER_MODEL)
    qtbot.keyClicks(search(page), "llama")
    assert table(page).chosen_row() == 0
    search(page).clear()
    row = table(page).chosen_row()
    assert table(page).model().model_at(row).id == OTHER_MODEL


def test_a_click_on_the_star_is_kept_in_the_settings(page, stage, qtbot):
    model_id = shown_ids(page)[0]
    click(qtbot, page, 0, Column.STAR)
    qtbot.waitUntil(lambda: favourites(stage) == (model_id,))
    model = table(page).model()
    qtbot.waitUntil(lambda: model.index(0, Column.STAR).data() == "Favourite")
    click(qtbot, page, 0, Column.STAR)
    qtbot.waitUntil(lambda: favourites(stage) == ())


def test_space_toggles_the_star_and_fast_toggles_are_all_kept(page, stage, qtbot):
    for row in (0, 1, 2):
        table(page).choose_row(row)
        qtbot.keyClick(table(page), Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: favourites(stage) == tuple(shown_ids(page)[:3]))


def test_enter_double_click_and_the_button_use_a_model(page, qtbot):
    used = []
    page.use_requested.connect(used.append)
    choose(page, MODEL)
    qtbot.keyClick(table(page), Qt.Key.Key_Return)
    button(page, "Use in Prompt").click()
    place = cell(page, table(page).chosen_row(), Column.MODEL)
    qtbot.mouseDClick(table(page).viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert used == [MODEL] * 3


def test_the_keyboard_moves_by_row(page, qtbot):
    view = table(page)
    view.choose_row(0)
    qtbot.keyClick(view, Qt.Key.Key_Right)
    qtbot.keyClick(view, Qt.Key.Key_Down)
    assert view.chosen_row() == 1
    qtbot.keyClick(view, Qt.Key.Key_End)
    assert view.chosen_row() == view.model().rowCount() - 1
    qtbot.keyClick(view, Qt.Key.Key_Home)
    assert view.chosen_row() == 0


def test_another_use_prices_every_row(page, qtbot):
    choose(page, OTHER_MODEL)
    row = table(page).model().row_of(OTHER_MODEL)
    model = table(page).model().model_at(row)
    named(page, QSpinBox, "Runs").setValue(1_000_000)
    named(page, QSpinBox, "Tokens in").setValue(1)
    named(page, QSpinBox, "Tokens out").setValue(0)
    header = table(page).model()

    def title():
        return header.headerData(Column.COST, Qt.Orientation.Horizontal)

    qtbot.waitUntil(lambda: title() == f"{formatting.whole(1_000_000)} runs")
    units = model.prices.bands[0].input * 1_000_000
    assert header.index(row, Column.COST).data() == formatting.money(units)


def test_one_model_is_shown_in_full(page, qtbot):
    choose(page, OTHER_MODEL)
    facts = {"In", "Out", "Context", "Max output", "Endpoints", "Takes"}
    qtbot.waitUntil(lambda: {"Deepseek V3.2", OTHER_MODEL, *facts} <= set(texts(page)))


def test_an_unknown_price_is_said_plainly(page, stage):
    state = stage.context.state
    odd = dataclasses.replace(state.model(MODEL), id="a/b", name="A B", prices=None)
    state._take_catalogue(CatalogueChanged(Catalogue("https://x", (odd,))))
    assert any("Price unknown" in text for text in texts(page))
    assert table(page).model().index(0, Column.COST).data() == "unknown"


def test_each_price_band_is_listed(page, stage, qtbot):
    tiered = next(
        m for m in stage.context.state.catalogue.chat_models() if m.prices and m.prices.is_tiered
    )
    choose(page, tiered.id)
    qtbot.waitUntil(lambda: "Short prompts" in texts(page))
    assert sum(text.startswith("From ") for text in texts(page)) == len(tiered.prices.bands) - 1


def test_a_refresh_tells_what_changed(page, stage, qtbot):
    state = stage.context.state
    gone = dataclasses.replace(state.model(MODEL), id="old/gone", name="Gone Model")
    repriced = dataclasses.replace(state.model(OTHER_MODEL), prices=None)
    service = stage.context.workspace.catalogue
    rest = tuple(m for m in state.catalogue.models if m.id not in {MODEL, OTHER_MODEL})
    models = (gone, repriced, *rest)
    service._take(dataclasses.replace(state.catalogue, models=models, fetched_at=1))
    button(page, "Refresh").click()
    qtbot.waitUntil(lambda: "What changed" in notice(page))
    assert "New: " in notice(page)
    assert "Llama 3.1 8B Instruct" in notice(page)
    assert "Gone: old/gone." in notice(page)
    assert "Deepseek V3.2" in notice(page).partition("New prices:")[2]
    assert "updated just now" in fact(page)


def test_a_failed_refresh_keeps_the_list_and_says_why(page, stage, qtbot):
    before = shown_ids(page)
    stage.context.workspace.catalogue._connection.use_address("http://127.0.0.1:9/v1")
    refresh = button(page, "Refresh")
    refresh.click()
    assert not refresh.isEnabled()
    qtbot.waitUntil(lambda: "could not be refreshed" in notice(page))
    assert shown_ids(page) == before
    assert refresh.isEnabled()
    assert refresh.text() == "Refresh"


def test_without_any_catalogue_the_page_offers_to_fetch_it(page, stage, qtbot):
    stage.context.state._take_catalogue(CatalogueChanged(Catalogue("https://x", ())))
    assert page.findChild(EmptyState).isVisible()
    button(page, "Fetch the list").click()
    qtbot.waitUntil(lambda: len(shown_ids(page)) > 50)


def test_the_details_can_be_folded_away(page):
    assert button(page, "Use in Prompt").isVisible()
    named(page, QToolButton, "Show details").click()
    assert not button(page, "Use in Prompt").isVisible()


def test_another_workspace_is_followed(page, stage, qtbot, tmp_path):
    with page_stage(stage.tools, tmp_path / "other") as other:
        page.set_context(other.context)
        click(qtbot, page, 0, Column.STAR)
        qtbot.waitUntil(lambda: len(favourites(other)) == 1)
        assert favourites(stage) == ()
        page.set_context(stage.context)
