"""The line at the window's foot: connection, balance, what was spent today, what runs."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QSizePolicy, QWidget
from typing_extensions import override

from novita_desktop.domain.account import Account, ConnectionState
from novita_desktop.ui import formatting, metrics
from novita_desktop.ui.session_state import SessionState
from novita_desktop.ui.theme import Theme
from novita_desktop.ui.widgets.elided_label import ElidedLabel
from novita_desktop.ui.widgets.form_labels import set_look

DOT = 8

_DOT_MEANINGS = {
    ConnectionState.NOT_CONNECTED: "text_disabled",
    ConnectionState.CHECKING: "info",
    ConnectionState.CONNECTED: "accent",
    ConnectionState.OFFLINE: "warn",
    ConnectionState.KEY_REFUSED: "danger",
}


class StatusDot(QWidget):
    """A dot in the colour of a meaning; the words beside it say the same."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._meaning = "text_disabled"
        self.setFixedSize(DOT, DOT)
        theme.changed.connect(self.update)

    def set_meaning(self, meaning: str) -> None:
        """Take the colour of another meaning."""
        self._meaning = meaning
        self.update()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._theme.color(self._meaning))
        painter.drawEllipse(self.rect())


class StatusBar(QWidget):
    """Shows the session's state. Its texts have object names, so that their words are read."""

    connect_requested = Signal()
    leave_demo_requested = Signal()

    def __init__(self, state: SessionState, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "status-bar")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._state = state
        self._dot = StatusDot(theme, self)
        self._connection = ElidedLabel("", self)
        self._connection.setObjectName("connectionStatus")
        # As wide as its words, and less where the window lacks room.
        policy = QSizePolicy.Policy
        self._connection.setSizePolicy(policy.Maximum, policy.Preferred)
        self._balance = self._label("balance")
        self._spending = self._label("spending")
        self._queue = self._label("queueStatus")
        self._action = QPushButton(self)
        self._action.setProperty("kind", "link")
        self._action.setProperty("type", "small")
        self._action.clicked.connect(self._act)
        row = QHBoxLayout(self)
        row.setContentsMargins(metrics.SPACE_12, metrics.SPACE_4, metrics.SPACE_12, metrics.SPACE_4)
        row.setSpacing(metrics.SPACE_16)
        first = QHBoxLayout()
        first.setSpacing(metrics.SPACE_8)
        for widget in (self._dot, self._connection, self._action):
            first.addWidget(widget)
        row.addLayout(first)
        row.addWidget(self._balance)
        row.addWidget(self._spending)
        row.addStretch(1)
        row.addWidget(self._queue)
        state.account_changed.connect(self._show_account)
        state.spending_changed.connect(self._show_spending)
        state.settings_changed.connect(self._show_spending)
        state.catalogue_changed.connect(self._show_spending)
        state.queue_changed.connect(self._show_queue)
        self._show_account()
        self._show_spending()
        self._show_queue()

    def _label(self, name: str) -> QLabel:
        label = QLabel(self)
        label.setObjectName(name)
        label.setTextFormat(Qt.TextFormat.PlainText)
        return label

    def _act(self) -> None:
        if self._state.account.is_demo:
            self.leave_demo_requested.emit()
        else:
            self.connect_requested.emit()

    def _show_account(self) -> None:
        account = self._state.account
        self._dot.set_meaning("info" if account.is_demo else _DOT_MEANINGS[account.state])
        self._connection.setText(self._connection_words(account))
        known = account.balance_units is not None
        self._balance.setText(
            self.tr("Balance {money}").format(money=formatting.money(account.balance_units))
            if known
            else ""
        )
        self._balance.setVisible(known)
        self._action.setText(self._action_words(account))
        self._action.setVisible(bool(self._action.text()))

    def _connection_words(self, account: Account) -> str:
        if account.is_demo:
            return self.tr("Demo · sample answers, nothing leaves this computer")
        match account.state:
            case ConnectionState.NOT_CONNECTED:
                return self.tr("Not connected")
            case ConnectionState.CHECKING:
                return self.tr("Checking · {host}").format(host=account.host)
            case ConnectionState.CONNECTED:
                return self.tr("Connected · {host}").format(host=account.host)
            case ConnectionState.OFFLINE:
                return self.tr("Offline · {host}").format(host=account.host)
            case ConnectionState.KEY_REFUSED:
                return self.tr("Key refused · {host}").format(host=account.host)

    def _action_words(self, account: Account) -> str:
        if account.is_demo:
            return self.tr("Leave the demo")
        match account.state:
            case ConnectionState.NOT_CONNECTED:
                return self.tr("Connect…")
            case ConnectionState.KEY_REFUSED:
                return self.tr("Change key…")
            case _:
                return ""

    def _show_spending(self) -> None:
        spending, limit = self._state.spending, self._state.settings.daily_limit_units
        total = spending.today_units + spending.today_estimated_units
        amount = formatting.money(total, is_estimate=bool(spending.today_estimated_units))
        if limit:
            words = self.tr("Today {money} of {limit}").format(
                money=amount, limit=formatting.money(limit)
            )
        elif not total and self._has_no_prices():
            words = self.tr("Cost unknown")
        else:
            words = self.tr("Today {money}").format(money=amount)
        self._spending.setText(words)
        is_over = bool(limit) and total >= limit
        set_look(self._spending, "tone", "danger" if is_over else "muted")

    def _has_no_prices(self) -> bool:
        """Whether the host names no price at all: then nothing spent is not zero, but unknown."""
        models = self._state.catalogue.models
        return bool(models) and all(model.prices is None for model in models)

    def _show_queue(self) -> None:
        queue = self._state.queue
        words = self.tr("{running} running · {waiting} waiting").format(
            running=formatting.whole(queue.running), waiting=formatting.whole(queue.waiting)
        )
        if queue.slowed_models:
            slowed = self.tr("slowed: rate limit")
            words = f"{words} · {slowed}"
        self._queue.setText(words)
