"""The line at the window's foot."""

import dataclasses

import pytest
from PySide6.QtCore import QLocale
from PySide6.QtWidgets import QPushButton

from novita_desktop.domain.account import Account, ConnectionState
from novita_desktop.domain.catalogue import Catalogue, Model
from novita_desktop.domain.costs import UNITS_PER_USD, PriceBand, Prices
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
from novita_desktop.ui.status_bar import StatusBar
from tests.ui.shell_stage import text_of

BASE = "https://api.novita.ai/openai/v1"


@pytest.fixture
def tell(qapp):
    events = Events()
    bridge = Bridge(Engine(lambda error: None), events)

    def tell(event):
        events.publish(event)
        bridge.deliver()

    tell.bridge = bridge
    yield tell
    bridge.close()


@pytest.fixture
def bar(qtbot, theme, tell):
    before = QLocale()
    QLocale.setDefault(QLocale("en_US"))
    state = SessionState(
        tell.bridge, account=Account(BASE), catalogue=Catalogue(BASE, ()), settings=Settings()
    )
    bar = StatusBar(state, theme)
    bar.state_kept = state
    qtbot.addWidget(bar)
    bar.show()
    yield bar
    QLocale.setDefault(before)


@pytest.mark.parametrize(
    ("state", "words", "action"),
    [
        (ConnectionState.NOT_CONNECTED, "Not connected", "Connect…"),
        (ConnectionState.CHECKING, "Checking · api.novita.ai", ""),
        (ConnectionState.CONNECTED, "Connected · api.novita.ai", ""),
        (ConnectionState.OFFLINE, "Offline · api.novita.ai", ""),
        (ConnectionState.KEY_REFUSED, "Key refused · api.novita.ai", "Change key…"),
    ],
)
def test_the_connection_in_words(bar, tell, state, words, action):
    tell(AccountChanged(Account(BASE, ConnectionState.CHECKING, balance_units=5)))
    tell(AccountChanged(Account(BASE, state)))
    assert text_of(bar, "connectionStatus") == words
    button = bar.findChild(QPushButton)
    assert (button.text(), button.isVisible()) == (action, bool(action))


def test_the_balance_stands_only_where_it_is_known(bar, tell):
    account = Account(BASE, ConnectionState.CONNECTED, balance_units=UNITS_PER_USD * 1842 // 100)
    tell(AccountChanged(account))
    assert text_of(bar, "balance") == "Balance $18.42"
    tell(AccountChanged(dataclasses.replace(account, balance_units=None)))
    assert text_of(bar, "balance") == ""


def test_spending_and_its_limit(bar, tell):
    assert text_of(bar, "spending") == "Today $0.00"
    tell(CatalogueChanged(Catalogue(BASE, (Model("any", "Any"),))))
    assert text_of(bar, "spending") == "Cost unknown"
    priced = Model("any", "Any", prices=Prices((PriceBand(0, 1, 1),)))
    tell(CatalogueChanged(Catalogue(BASE, (Model("other", "Other"), priced))))
    assert text_of(bar, "spending") == "Today $0.00"
    tell(SpendingChanged(UNITS_PER_USD, 0))
    assert text_of(bar, "spending") == "Today $1.00"
    tell(SpendingChanged(UNITS_PER_USD, UNITS_PER_USD))
    assert text_of(bar, "spending") == "Today ≈ $2.00"
    tell(SettingsChanged(Settings(), Settings(daily_limit_units=5 * UNITS_PER_USD)))
    assert text_of(bar, "spending") == "Today ≈ $2.00 of $5.00"


def test_what_runs_and_waits(bar, tell):
    tell(QueueChanged(2, 1))
    assert text_of(bar, "queueStatus") == "2 running · 1 waiting"
    tell(QueueChanged(2, 1, ("a/b",)))
    assert text_of(bar, "queueStatus").endswith("slowed: rate limit")


def test_its_button_connects_or_leaves_the_demo(bar, tell, qtbot):
    with qtbot.waitSignal(bar.connect_requested):
        bar.findChild(QPushButton).click()
    tell(AccountChanged(Account(BASE, ConnectionState.CONNECTED, is_demo=True)))
    assert text_of(bar, "connectionStatus").startswith("Demo")
    with qtbot.waitSignal(bar.leave_demo_requested):
        bar.findChild(QPushButton).click()


def test_state_texts_have_no_name_that_hides_them(bar):
    for name in ("connectionStatus", "balance", "spending", "queueStatus"):
        assert bar.findChild(object, name).accessibleName() == ""
