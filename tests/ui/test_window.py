"""The window: its pages, keys, errors, and what it remembers."""

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QDialog, QLineEdit, QPushButton

from novita_desktop.demo import DemoThread
from novita_desktop.domain.account import ConnectionState, KeyPlace
from novita_desktop.services.events import AccountChanged
from novita_desktop.ui.actions import ActionId
from novita_desktop.ui.main_window.window_memory import from_text
from novita_desktop.ui.pages.models import ModelsPage
from novita_desktop.ui.widgets.message_editor import MessageEditor
from tests.ui.shell_stage import labelled
from tests.ui.window_stage import window_stage


def publish(stage, event):
    """Tell of `event` where the services do: in the engine."""

    async def tell():
        stage.context.workspace.events.publish(event)

    stage.call(tell())


@pytest.fixture(scope="module")
def host():
    with DemoThread(speed=0) as running:
        yield running


@pytest.fixture
def both(tools, tmp_path):
    with window_stage(tools, tmp_path) as both:
        yield both


@pytest.fixture
def window(both):
    return both[0]


def shown(window):
    (checked,) = [
        button.accessibleName()
        for button in window.findChildren(QPushButton)
        if button.property("kind") == "rail" and button.isChecked()
    ]
    return checked


def test_the_rail_shows_every_page(window):
    for name in ("History", "Models", "Settings", "Prompt"):
        labelled(window, QPushButton, name).click()
        assert shown(window) == name


def test_typing_can_begin_at_once(window, qtbot):
    message = labelled(window, MessageEditor, "Message")
    qtbot.waitUntil(lambda: bool(message.value()))
    qtbot.waitUntil(message.hasFocus)


@pytest.mark.parametrize(
    ("key", "page"),
    [
        (Qt.Key.Key_1, "Prompt"),
        (Qt.Key.Key_2, "Compare"),
        (Qt.Key.Key_3, "Batch"),
        (Qt.Key.Key_4, "History"),
        (Qt.Key.Key_5, "Models"),
        (Qt.Key.Key_Comma, "Settings"),
    ],
)
def test_keys_go_to_pages(window, qtbot, key, page):
    qtbot.keyClick(window, key, Qt.KeyboardModifier.ControlModifier)
    assert shown(window) == page


def test_keys_change_the_size_of_text(window, qtbot):
    def press(key):
        qtbot.keyClick(window, key, Qt.KeyboardModifier.ControlModifier)

    press(Qt.Key.Key_Plus)
    qtbot.waitUntil(lambda: window.state.settings.text_percent == 110)
    press(Qt.Key.Key_0)
    qtbot.waitUntil(lambda: window.state.settings.text_percent == 100)
    press(Qt.Key.Key_Minus)
    qtbot.waitUntil(lambda: window.state.settings.text_percent == 90)
    for _ in range(5):  # as a key held down does: quicker than each change is told
        press(Qt.Key.Key_Plus)
    qtbot.waitUntil(lambda: window.state.settings.text_percent == 140)


@pytest.mark.parametrize(
    ("action", "title"),
    [
        (ActionId.SHORTCUTS, "Keyboard shortcuts"),
        (ActionId.ABOUT, "About Novita Desktop"),
        (ActionId.COMMAND_PALETTE, "Command palette"),
        (ActionId.CHOOSE_MODEL, "Choose a model"),
    ],
)
def test_actions_open_their_dialogs(window, qtbot, action, title):
    window.actions_by_id[action].trigger()

    def opened():
        return [
            d for d in window.findChildren(QDialog) if d.isVisible() and d.windowTitle() == title
        ]

    qtbot.waitUntil(lambda: len(opened()) == 1)
    opened()[0].reject()


def test_it_is_narrow_below_its_width(window):
    window.resize(960, 640)
    assert labelled(window, QPushButton, "History").text() == ""
    window.resize(1440, 900)
    assert labelled(window, QPushButton, "History").text().strip() == "History"


def test_escape_stops_only_what_runs(window):
    assert not window.actions_by_id[ActionId.STOP].isEnabled()


def test_the_title_says_that_it_is_the_demo(both, qtbot):
    window, stage = both
    # Qt puts the program's name behind it.
    assert window.windowTitle() == "Demo"
    account = replace(stage.context.state.account, is_demo=False)
    publish(stage, AccountChanged(account))
    stage.context.bridge.deliver()
    assert window.windowTitle() == "Novita Desktop"
    assert window.actions_by_id[ActionId.TRY_DEMO].isEnabled()
    assert not window.actions_by_id[ActionId.LEAVE_DEMO].isEnabled()


def test_closing_waits_until_all_is_kept(window, qtbot):
    with qtbot.waitSignal(window.close_requested):
        window.close()
    assert window.isVisible()


def test_it_remembers_its_page_and_place(tools, tmp_path):
    with window_stage(tools, tmp_path) as (window, stage):
        window.resize(1200, 700)
        window.show_page("models")
        workspace = stage.context.workspace
    memory = from_text(workspace.settings.current.window_state)
    assert memory.page == "models"
    with window_stage(tools, tmp_path) as (window, _):
        assert shown(window) == "Models"
        # The screen of the offscreen platform is less wide than any window.
        assert window.height() == 700


def test_the_first_paint_is_told_once(tools, tmp_path, qtbot):
    with window_stage(tools, tmp_path) as (window, _):
        told = []
        window.first_painted.connect(lambda: told.append(1))
        window.update()
        window.repaint()
        qtbot.waitUntil(lambda: len(told) <= 1)


def test_coming_to_the_front_undoes_minimising(window):
    window.showMinimized()
    window.come_to_front()
    assert not window.isMinimized()


def test_a_model_chosen_on_its_page_is_used_in_prompt(both, qtbot):
    window, stage = both
    window.show_page("models")
    model = next(m for m in stage.context.state.catalogue.chat_models())

    window.findChild(ModelsPage).use_requested.emit(model.id)
    assert shown(window) == "Prompt"
    assert labelled(window, QAbstractButton, "Model").accessibleDescription() == model.id


def test_without_a_key_run_asks_for_one(tools, tmp_path, qtbot):
    with window_stage(tools, tmp_path, key=None) as (window, stage):
        account = replace(
            stage.context.state.account,
            state=ConnectionState.NOT_CONNECTED,
            key_place=KeyPlace.NONE,
            is_demo=False,
        )
        publish(stage, AccountChanged(account))
        stage.context.bridge.deliver()
        window.actions_by_id[ActionId.RUN].trigger()
        assert labelled(window, QLineEdit, "Novita API key").isVisible()
