"""Pages reach one another through the window."""

import pytest

from novita_desktop.demo import DemoThread
from novita_desktop.domain.prompt_form import PromptForm
from novita_desktop.ui.pages.compare import ComparePage
from novita_desktop.ui.pages.history import HistoryPage
from novita_desktop.ui.pages.models import ModelsPage
from novita_desktop.ui.pages.prompt import PromptPage
from novita_desktop.ui.pages.settings import SettingsPage
from tests.services.stage import MODEL
from tests.ui.page_stage import Tools
from tests.ui.window_stage import window_stage


@pytest.fixture
def window(qtbot, wait, theme, tmp_path):
    with (
        DemoThread(speed=0) as host,
        window_stage(Tools(qtbot, wait, theme, host), tmp_path) as (window, _),
    ):
        yield window


def shown(window):
    return window._book.shown_name


def test_a_run_of_the_history_is_edited_in_prompt(window):
    window.show_page("history")
    window.findChild(HistoryPage).edit_requested.emit(PromptForm(MODEL, message="again"))
    assert shown(window) == "prompt"
    assert window.findChild(PromptPage).form.value().message == "again"


def test_the_empty_history_leads_to_prompt(window):
    window.show_page("history")
    window.findChild(HistoryPage).prompt_requested.emit()
    assert shown(window) == "prompt"


def test_a_model_is_used_in_prompt(window):
    window.show_page("models")
    window.findChild(ModelsPage).use_requested.emit(MODEL)
    assert shown(window) == "prompt"
    assert window.findChild(PromptPage).form.value().model == MODEL


@pytest.mark.parametrize("page", ["prompt", "history"])
def test_an_error_leads_to_the_setting_that_mends_it(window, page):
    window.show_page(page)
    asks = window.findChild(PromptPage if page == "prompt" else HistoryPage)
    asks.settings_requested.emit("data")
    assert shown(window) == "settings"


@pytest.mark.parametrize("page", ["prompt", "history", "settings"])
def test_pages_ask_for_a_key(window, page):
    window.show_page(page)
    kinds = {"prompt": PromptPage, "history": HistoryPage, "settings": SettingsPage}
    signal = window.findChild(kinds[page]).connect_requested
    signal.emit(False) if page == "prompt" else signal.emit()
    assert window._connecting.is_open


@pytest.mark.parametrize("signal", ["demo_requested", "leave_demo_requested", "restore_requested"])
def test_settings_ask_the_window_for_what_only_it_can_do(window, qtbot, signal):
    window.show_page("settings")
    asked = getattr(window.findChild(SettingsPage), signal)
    with qtbot.waitSignal(getattr(window, signal)):
        asked.emit("x") if signal == "restore_requested" else asked.emit()


def test_the_prompt_page_hands_its_form_to_compare(window, qtbot):
    window.show_page("prompt")
    window.findChild(PromptPage).compare_requested.emit(PromptForm(MODEL, message="both"))
    assert shown(window) == "compare"
    page = window.findChild(ComparePage)
    qtbot.waitUntil(lambda: page.form.value().message == "both")
    assert page.plan().columns[0].model == MODEL
    assert len(page.plan().columns) >= 2


def test_run_and_stop_and_models_mean_the_page_that_is_shown(window, qtbot):
    window.show_page("compare")
    page = window.findChild(ComparePage)
    qtbot.waitUntil(lambda: page._is_restored)
    count = len(page.plan().columns)
    window._use_model("deepseek/deepseek-v3.2")
    assert len(page.plan().columns) == count + 1
    assert window._links.runner() is page
    window.show_page("history")
    assert window._links.runner() is window.findChild(PromptPage)


def test_a_run_of_a_comparison_opens_with_all_of_it(window, qtbot):
    window.show_page("compare")
    page = window.findChild(ComparePage)
    qtbot.waitUntil(lambda: page._is_restored)
    page.show_form(PromptForm(MODEL, message="Hello"))
    page.use_model(MODEL)
    page.run()
    qtbot.waitUntil(lambda: page._view.comparison is not None, timeout=10_000)
    qtbot.waitUntil(lambda: not page.board.is_live, timeout=10_000)
    run_id = next(iter(page.board)).run_id
    kept = page._view.comparison.id
    page.show_form(PromptForm(MODEL, message="Something else"))
    window.show_page("history")
    window.findChild(HistoryPage).open_requested.emit(run_id)
    qtbot.waitUntil(lambda: shown(window) == "compare", timeout=10_000)
    qtbot.waitUntil(lambda: page._view.comparison is not None, timeout=10_000)
    assert page._view.comparison.id == kept
    assert page.form.value().message == "Hello"
