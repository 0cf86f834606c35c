"""Pages reach one another through the window."""

import pytest
from PySide6.QtWidgets import QFileDialog, QPushButton

from novita_desktop.demo import DemoThread
from novita_desktop.domain.presets import NewPreset
from novita_desktop.domain.prompt_form import PromptForm
from novita_desktop.ui.actions import ActionId
from novita_desktop.ui.dialogs.import_presets import ImportPresets
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


def test_what_is_private_in_prompt_is_private_in_compare(window, qtbot):
    prompt = window.findChild(PromptPage)
    prompt.private.click()
    prompt.form.set_value(PromptForm(MODEL, message="A secret"))
    prompt.compare_requested.emit(prompt.form.value())
    page = window.findChild(ComparePage)
    qtbot.waitUntil(lambda: page._is_restored)
    assert page.plan().is_private
    assert page.plan().form.message == "A secret"
    assert page._drafts.is_saved
    page.private.click()
    assert not prompt.private.isChecked()
    prompt.private.click()
    assert page.private.isChecked()


def test_a_run_of_the_history_is_compared_on_several_models(window, qtbot):
    window.show_page("prompt")
    prompt = window.findChild(PromptPage)
    prompt.show_form(PromptForm(MODEL, message="Once more"))
    prompt.run()
    window.show_page("history")
    history = window.findChild(HistoryPage)
    qtbot.waitUntil(lambda: history._shown.detail is not None, timeout=10_000)
    more = next(b for b in history.findChildren(QPushButton) if b.text() == "More")
    compare = next(a for a in more.menu().actions() if a.text() == "Compare models…")
    compare.trigger()
    qtbot.waitUntil(lambda: shown(window) == "compare", timeout=10_000)
    page = window.findChild(ComparePage)
    qtbot.waitUntil(lambda: page.form.value().message == "Once more")
    assert page.plan().columns[0].model == MODEL


def test_a_model_becomes_a_column_also_before_compare_was_ever_open(window, qtbot):
    added = "deepseek/deepseek-v3.2"
    window.show_page("models")
    window.findChild(ModelsPage).compare_requested.emit(added)
    assert shown(window) == "compare"
    page = window.findChild(ComparePage)
    qtbot.waitUntil(lambda: page._is_restored, timeout=10_000)
    assert page.plan().columns[-1].model == added


def test_run_and_stop_and_models_mean_the_page_that_is_shown(window, qtbot):
    window.show_page("compare")
    page = window.findChild(ComparePage)
    qtbot.waitUntil(lambda: page._is_restored)
    count = len(page.plan().columns)
    window._links.use_model_here("deepseek/deepseek-v3.2")
    assert len(page.plan().columns) == count + 1
    assert window._links.runner() is page
    window.show_page("history")
    assert window._links.runner() is window.findChild(PromptPage)


def test_a_run_of_a_comparison_opens_with_all_of_it(window, qtbot):
    page = compared(window, qtbot)
    run_id = next(iter(page.board)).run_id
    kept = page._view.comparison.id
    page.show_form(PromptForm(MODEL, message="Something else"))
    window.show_page("history")
    window.findChild(HistoryPage).open_requested.emit(run_id)
    qtbot.waitUntil(lambda: shown(window) == "compare", timeout=10_000)
    qtbot.waitUntil(lambda: page._view.comparison is not None, timeout=10_000)
    assert page._view.comparison.id == kept
    assert page.form.value().message == "Hello"


def test_a_renamed_comparison_has_its_new_name_in_the_history(window, qtbot):
    page = compared(window, qtbot)
    window.show_page("history")
    table = window.findChild(HistoryPage)._list.table
    comparison = page._view.comparison
    qtbot.waitUntil(lambda: table.row_of_group(comparison.id) >= 0, timeout=10_000)
    window.show_page("compare")
    work = page.context.workspace.comparisons.rename(comparison.id, "Greetings")
    window.tasks.start(_told(window.bridge.call(work), page.renamed))
    qtbot.waitUntil(
        lambda: "Greetings" in table.words_at(table.row_of_group(comparison.id)), timeout=10_000
    )


@pytest.mark.parametrize("way", ["panel", "action"])
def test_the_starter_presets_are_shown_and_added(window, qtbot, way):
    if way == "panel":
        window.findChild(PromptPage).library.library_requested.emit()
    else:
        window.actions_by_id[ActionId.STARTER_PRESETS].trigger()
    qtbot.waitUntil(lambda: sheet_of(window) is not None, timeout=20_000)
    sheet = sheet_of(window)
    sheet.list.tick_all(is_ticked=True)
    window.show_page("history")
    sheet.add_button.click()
    qtbot.waitUntil(lambda: len(window.state.presets or ()) >= 20, timeout=20_000)
    qtbot.waitUntil(lambda: shown(window) == "prompt")


@pytest.mark.parametrize("way", ["panel", "action"])
def test_files_of_presets_are_asked_for(window, qtbot, way):
    library = window.findChild(PromptPage).library
    asks = {
        "panel": (library.import_requested.emit, lambda: library.export_requested.emit([1])),
        "action": (
            window.actions_by_id[ActionId.IMPORT_PRESETS].trigger,
            window.actions_by_id[ActionId.EXPORT_PRESETS].trigger,
        ),
    }[way]
    made = window.bridge.call(
        window.context.workspace.presets.add([NewPreset("Greet", PromptForm(MODEL))])
    )
    window.tasks.start(_waited(made))
    qtbot.waitUntil(lambda: bool(window.state.presets), timeout=20_000)
    for ask, mode in zip(
        asks, (QFileDialog.AcceptMode.AcceptOpen, QFileDialog.AcceptMode.AcceptSave), strict=True
    ):
        ask()
        qtbot.waitUntil(lambda: dialog_of(window) is not None)
        assert dialog_of(window).acceptMode() == mode
        dialog_of(window).done(0)
        qtbot.waitUntil(lambda: dialog_of(window) is None)


def compared(window, qtbot):
    """Return the Compare page when a comparison on it is over."""
    window.show_page("compare")
    page = window.findChild(ComparePage)
    qtbot.waitUntil(lambda: page._is_restored)
    page.show_form(PromptForm(MODEL, message="Hello"))
    page.use_model(MODEL)
    page.run()
    qtbot.waitUntil(lambda: page._view.comparison is not None, timeout=10_000)
    qtbot.waitUntil(lambda: not page.board.is_live, timeout=10_000)
    return page


async def _waited(work):
    await work


async def _told(work, signal):
    signal.emit(await work)


def sheet_of(window):
    sheets = window.findChildren(ImportPresets)
    return next((each for each in sheets if not each.isHidden()), None)


def dialog_of(window):
    dialogs = window.findChildren(QFileDialog)
    return next((each for each in dialogs if each.isVisible()), None)
