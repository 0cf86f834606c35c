"""What Settings say about the connection and its key."""

import dataclasses

import pytest
import shiboken6
from PySide6.QtWidgets import QDialog, QPushButton

from novita_desktop.demo import DemoThread
from novita_desktop.domain.account import Account, ConnectionState, KeyPlace
from novita_desktop.services.events import AccountChanged
from novita_desktop.ui.pages.settings.connection_section import ConnectionSection
from tests.ui.page_stage import Tools, page_stage
from tests.ui.shell_stage import labelled, text_of

ACCOUNT = Account("https://api.novita.ai/openai/v1", ConnectionState.CONNECTED, key_hint="4f2a")


@pytest.fixture
def stage(qtbot, wait, theme, tmp_path):
    with (
        DemoThread(speed=0) as host,
        page_stage(Tools(qtbot, wait, theme, host), tmp_path) as built,
    ):
        yield built


@pytest.fixture
def section(stage):
    section = ConnectionSection(stage.context)
    section.show()
    yield section
    stage.settle()
    shiboken6.delete(section)


def show(stage, **facts):
    account = dataclasses.replace(ACCOUNT, **facts)

    async def publish():
        stage.context.workspace.events.publish(AccountChanged(account))

    stage.call(publish())  # in the engine, where others listen too
    stage.context.bridge.deliver()


def test_an_address_given_at_the_start_is_named_beside_that_of_the_settings(section, stage):
    show(stage, base_url="http://127.0.0.1:8080/v1")
    assert "In force now: http://127.0.0.1:8080/v1," in text_of(section, "settingsOtherAddress")
    show(stage, base_url=stage.context.state.settings.base_url)
    assert text_of(section, "settingsOtherAddress") == ""
    show(stage, base_url="http://127.0.0.1:8080/v1", is_demo=True)
    assert text_of(section, "settingsOtherAddress") == ""


@pytest.mark.parametrize(
    ("place", "words", "can_forget"),
    [
        (KeyPlace.KEYCHAIN, "Key …4f2a, kept in this computer's keychain.", True),
        (KeyPlace.SESSION, "Key …4f2a, for this session only; it is in no file.", True),
        (KeyPlace.ENVIRONMENT, "Key …4f2a, from NOVITA_API_KEY; it is not kept.", False),
        (KeyPlace.NONE, "There is no key.", False),
    ],
)
def test_where_the_key_is(section, stage, place, words, can_forget):
    show(stage, key_place=place)
    assert text_of(section, "settingsKey") == words
    assert labelled(section, QPushButton, "Forget key").isVisible() is can_forget


@pytest.mark.parametrize("state", list(ConnectionState))
def test_every_state_is_said_with_its_host(section, stage, state):
    show(stage, state=state)
    assert "api.novita.ai" in text_of(section, "settingsConnection")


def test_forgetting_asks_first(section, stage, qtbot):
    show(stage, key_place=KeyPlace.SESSION)
    labelled(section, QPushButton, "Forget key").click()
    qtbot.waitUntil(lambda: section.window().findChildren(QDialog) != [])
    (question,) = section.window().findChildren(QDialog)
    question.reject()
    stage.settle()
    assert stage.context.workspace.account.account.key_place is KeyPlace.DEMO
    labelled(section, QPushButton, "Forget key").click()
    qtbot.waitUntil(lambda: section.window().findChildren(QDialog) != [])
    section.window().findChildren(QDialog)[-1].accept()
    stage.settle()
    assert stage.context.workspace.account.account.key_place is KeyPlace.NONE
