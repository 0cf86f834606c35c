"""Settings: the host, the key in use and where it is kept, and the demo."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtWidgets import QLabel, QPushButton
from typing_extensions import override

from novita_desktop.domain.account import Account, ConnectionState, KeyPlace
from novita_desktop.ui import formatting, metrics
from novita_desktop.ui.dialogs.question import Question
from novita_desktop.ui.page_context import PageContext
from novita_desktop.ui.pages.settings.section import Section
from novita_desktop.ui.pages.settings.setting_fields import NumberSetting, TextSetting
from novita_desktop.ui.tasks import answer_of
from novita_desktop.ui.widgets.form_labels import show_words


class ConnectionSection(Section):
    """Shows the connection and lets the person change its key and host."""

    connect_requested = Signal()
    demo_requested = Signal()
    leave_demo_requested = Signal()

    def __init__(self, context: PageContext) -> None:
        super().__init__(context, QCoreApplication.translate("Settings", "Connection"))
        self._state = self._text("settingsConnection")
        self._key = self._text("settingsKey")
        self._key.setProperty("tone", "muted")
        self._change_key = QPushButton()
        self._change_key.clicked.connect(self.connect_requested)
        self._forget = QPushButton(self.tr("Forget key"))
        self._forget.setProperty("kind", "danger")
        self._forget.clicked.connect(lambda: self.context.tasks.start(self._ask_to_forget()))
        self._demo = QPushButton()
        self._demo.clicked.connect(self._switch)
        self.add_row(self._change_key, self._forget, self._demo)
        self._base_url = TextSetting("base_url")
        self._other_address = QLabel(self)
        self._other_address.setObjectName("settingsOtherAddress")
        self._other_address.setProperty("notice", "info")
        self._other_address.setWordWrap(True)
        self._other_address.setMargin(metrics.SPACE_8)
        self._other_address.setTextFormat(Qt.TextFormat.PlainText)
        self._other_address.hide()
        self.add_fields(self._base_url)
        self.column.addWidget(self._other_address)
        self.add_fields(NumberSetting("requests_per_minute", step=10))
        context.state.account_changed.connect(self._show_account)
        self._show_account()

    @override
    def show_settings(self) -> None:
        """Show the settings, and whether another address than theirs is in force."""
        super().show_settings()
        self._show_other_address()

    def _text(self, name: str) -> QLabel:
        label = QLabel()
        label.setObjectName(name)
        label.setWordWrap(True)
        label.setTextFormat(Qt.TextFormat.PlainText)
        self.column.addWidget(label)
        return label

    def _switch(self) -> None:
        if self.context.state.account.is_demo:
            self.leave_demo_requested.emit()
        else:
            self.demo_requested.emit()

    def _show_account(self) -> None:
        account = self.context.state.account
        self._state.setText(self._state_words(account))
        self._key.setText(self._key_words(account))
        has_key = account.key_place is not KeyPlace.NONE
        self._change_key.setText(self.tr("Change key…") if has_key else self.tr("Connect…"))
        self._change_key.setVisible(not account.is_demo)
        self._base_url.setVisible(not account.is_demo)
        self._show_other_address()
        self._forget.setVisible(
            account.key_place in {KeyPlace.KEYCHAIN, KeyPlace.SESSION} and not account.is_demo
        )
        self._demo.setText(
            self.tr("Leave the demo") if account.is_demo else self.tr("Try the demo")
        )

    def _show_other_address(self) -> None:
        """Say which address is in force where it is not the settings', and why."""
        account = self.context.state.account
        is_other = account.base_url != self.context.state.settings.base_url.rstrip("/")
        words = self.tr(
            "In force now: {address}, given at the start (--base-url or NOVITA_BASE_URL)."
            " The address above counts at a start without it, or as soon as you change it."
        )
        show_words(
            self._other_address,
            words.format(address=account.base_url) if is_other and not account.is_demo else "",
        )

    def _state_words(self, account: Account) -> str:
        if account.is_demo:
            return self.tr("This is the demo: sample answers from inside this program.")
        words = {
            ConnectionState.NOT_CONNECTED: self.tr("Not connected to {host}."),
            ConnectionState.CHECKING: self.tr("Checking the connection to {host}…"),
            ConnectionState.CONNECTED: self.tr("Connected to {host}."),
            ConnectionState.OFFLINE: self.tr("{host} cannot be reached at present."),
            ConnectionState.KEY_REFUSED: self.tr("{host} does not accept the key."),
        }[account.state].format(host=account.host)
        if account.balance_units is None:
            return words
        money = formatting.money(account.balance_units)
        balance = self.tr("Balance {money}.").format(money=money)
        return f"{words} {balance}"

    def _key_words(self, account: Account) -> str:
        words = {
            KeyPlace.NONE: self.tr("There is no key."),
            KeyPlace.KEYCHAIN: self.tr("Key …{hint}, kept in this computer's keychain."),
            KeyPlace.SESSION: self.tr("Key …{hint}, for this session only; it is in no file."),
            KeyPlace.ENVIRONMENT: self.tr("Key …{hint}, from NOVITA_API_KEY; it is not kept."),
            KeyPlace.DEMO: self.tr("The demo needs no key. Your own data is in another folder."),
        }
        return words[account.key_place].format(hint=account.key_hint)

    async def _ask_to_forget(self) -> None:
        question = Question(
            self.tr("Forget the key?"),
            self.tr(
                "The key is removed from this computer's keychain. It stays valid at the host, and"
                " you can paste it again."
            ),
            self.tr("Forget key"),
            self.window(),
        )
        if await answer_of(question):
            await self.call(self.context.workspace.account.forget())
