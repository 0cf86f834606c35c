"""The window's mirrors: each event changes one of them, and tells so."""

from __future__ import annotations

from dataclasses import replace

import pytest

from novita_desktop.domain.account import Account, ConnectionState
from novita_desktop.domain.catalogue import Catalogue, CatalogueChanges, Model
from novita_desktop.domain.settings import Settings
from novita_desktop.engine import Engine
from novita_desktop.services.events import (
    AccountChanged,
    CatalogueChanged,
    Events,
    QueueChanged,
    SettingsChanged,
    SpendingChanged,
)
from novita_desktop.ui.bridge import Bridge
from novita_desktop.ui.session_state import SessionState

OLD = Catalogue("https://a", (Model("a/one", "One"),))
NEW = Catalogue("https://a", (Model("a/two", "Two"),))


@pytest.fixture
def events():
    return Events()


@pytest.fixture
def state(qapp, events):
    bridge = Bridge(Engine(lambda error: None), events)
    yield SessionState(bridge, account=Account(), catalogue=OLD, settings=Settings())
    bridge.close()


@pytest.mark.parametrize(
    ("event", "signal", "mirror"),
    [
        (AccountChanged(Account(key_hint="…4f2a")), "account_changed", "account"),
        (CatalogueChanged(NEW), "catalogue_changed", "catalogue"),
        (
            SettingsChanged(Settings(), replace(Settings(), theme="dark")),
            "settings_changed",
            "settings",
        ),
        (SpendingChanged(5, 7), "spending_changed", "spending"),
        (QueueChanged(1, 2), "queue_changed", "queue"),
    ],
)
def test_an_event_changes_its_mirror_and_tells(qtbot, events, state, event, signal, mirror):
    before = getattr(state, mirror)
    with qtbot.waitSignal(getattr(state, signal)):
        events.publish(event)
    assert getattr(state, mirror) != before


def test_models_are_found_in_the_newest_catalogue(qtbot, events, state):
    assert state.model_name("a/one") == "One"
    with qtbot.waitSignal(state.catalogue_changed):
        events.publish(CatalogueChanged(NEW, CatalogueChanges(added=("a/two",))))
    assert state.model("a/one") is None
    assert (state.model_name("a/one"), state.model_name("a/two")) == ("a/one", "Two")
    assert state.catalogue_changes.added == ("a/two",)


@pytest.mark.parametrize(
    ("connection", "is_connected"),
    [
        (ConnectionState.NOT_CONNECTED, False),
        (ConnectionState.KEY_REFUSED, False),
        (ConnectionState.CHECKING, True),
        (ConnectionState.OFFLINE, True),
        (ConnectionState.CONNECTED, True),
    ],
)
def test_a_refused_key_is_no_connection(state, connection, is_connected):
    state.take(Account(state=connection), OLD, Settings())
    assert state.is_connected is is_connected


def test_another_workspace_leaves_nothing_of_the_old(qtbot, events, state):
    with qtbot.waitSignal(state.spending_changed):
        events.publish(SpendingChanged(5, 7))
    with qtbot.waitSignals([state.account_changed, state.catalogue_changed]):
        state.take(Account(is_demo=True), NEW, Settings())
    assert state.account.is_demo
    assert state.spending == SpendingChanged(0, 0)
    assert state.catalogue_changes.is_empty
