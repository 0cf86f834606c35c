"""The window's mirror of the session."""

import pytest

from novita_desktop.domain.account import Account, ConnectionState
from novita_desktop.domain.catalogue import Catalogue, CatalogueChanges, Model
from novita_desktop.domain.presets import Preset
from novita_desktop.domain.prompt_form import PromptForm
from novita_desktop.domain.settings import Settings
from novita_desktop.engine import Engine
from novita_desktop.services.events import (
    AccountChanged,
    CatalogueChanged,
    Events,
    PresetsChanged,
    QueueChanged,
    SettingsChanged,
    SpendingChanged,
)
from novita_desktop.ui.bridge import Bridge
from novita_desktop.ui.session_state import SessionState


@pytest.fixture
def events():
    return Events()


@pytest.fixture
def bridge(qapp, events):
    bridge = Bridge(Engine(lambda error: None), events)
    yield bridge
    bridge.close()


@pytest.fixture
def state(bridge):
    model = Model("a/b", "The B")
    state = SessionState(
        bridge, account=Account(), catalogue=Catalogue("u", (model,)), settings=Settings()
    )
    state.bridge_kept = bridge
    return state


@pytest.mark.parametrize(
    ("event", "signal", "fact"),
    [
        (AccountChanged(Account("v")), "account_changed", lambda s: s.account.base_url == "v"),
        (
            SettingsChanged(Settings(), Settings(theme="dark")),
            "settings_changed",
            lambda s: s.settings.theme == "dark",
        ),
        (SpendingChanged(3, 4), "spending_changed", lambda s: s.spending.today_units == 3),
        (
            PresetsChanged((Preset(3, "Greet", PromptForm()),)),
            "presets_changed",
            lambda s: [p.name for p in filter(None, map(s.preset, (3, 4)))] == ["Greet"],
        ),
        (QueueChanged(2, 1), "queue_changed", lambda s: s.queue.running == 2),
        (
            CatalogueChanged(Catalogue("u", (Model("c", "C"),)), CatalogueChanges(added=("c",))),
            "catalogue_changed",
            lambda s: s.model_name("c") == "C" and s.catalogue_changes.added,
        ),
    ],
)
def test_each_event_is_mirrored_and_told(state, events, event, signal, fact):
    told = []
    getattr(state, signal).connect(lambda: told.append(fact(state)))
    assert not fact(state)
    events.publish(event)
    state.bridge_kept.deliver()
    assert [bool(each) for each in told] == [True]


def test_an_unknown_model_is_called_by_its_id(state):
    assert state.model_name("a/b") == "The B"
    assert state.model_name("x/y") == "x/y"
    assert state.model("x/y") is None


@pytest.mark.parametrize(
    ("connection", "is_connected"),
    [
        (ConnectionState.NOT_CONNECTED, False),
        (ConnectionState.KEY_REFUSED, False),
        (ConnectionState.CONNECTED, True),
        (ConnectionState.OFFLINE, True),
    ],
)
def test_runs_need_a_key_that_was_not_refused(bridge, connection, is_connected):
    state = SessionState(
        bridge, account=Account(state=connection), catalogue=Catalogue("u", ()), settings=Settings()
    )
    assert state.is_connected is is_connected


def test_another_workspace_replaces_everything(state, events, bridge, qtbot):
    events.publish(QueueChanged(2, 1))
    bridge.deliver()
    told = []
    for name in ("account", "catalogue", "settings", "spending", "queue"):
        getattr(state, f"{name}_changed").connect(lambda name=name: told.append(name))
    state.take(Account("w"), Catalogue("w", ()), Settings(theme="light"))
    assert sorted(told) == ["account", "catalogue", "queue", "settings", "spending"]
    assert (state.account.base_url, state.settings.theme, state.queue.running) == ("w", "light", 0)
    assert state.model("a/b") is None


def test_presets_are_unknown_until_they_are_told(state):
    assert state.presets is None
    assert state.preset(3) is None
    state._take_presets(PresetsChanged(()))
    assert state.presets == ()
    state.take(Account(), Catalogue("u", ()), Settings())
    assert state.presets is None
