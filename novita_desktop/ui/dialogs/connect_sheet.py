"""The sheet that asks for the key: paste, Connect, and the message that waits is sent."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine
from typing import Any

from PySide6.QtCore import Qt, QUrl, Signal
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import (
    QCheckBox,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from novita_desktop.domain.account import KEY_PAGE_URL, NOVITA_BASE_URL, Account, tidy_key
from novita_desktop.domain.errors import KeychainTrouble, NovitaDesktopError
from novita_desktop.domain.records import record
from novita_desktop.ui import metrics
from novita_desktop.ui.dialogs.sheet import Sheet
from novita_desktop.ui.error_messages import describe
from novita_desktop.ui.icons import Icons
from novita_desktop.ui.tasks import Tasks
from novita_desktop.ui.theme import Theme
from novita_desktop.ui.widgets.buttons import icon_button, primary_button
from novita_desktop.ui.widgets.fold import Fold
from novita_desktop.ui.widgets.form_labels import (
    help_label,
    link_button,
    set_look,
    show_words,
    title_label,
)

NO_KEYCHAIN = "missing"
"""The problem of a `KeychainTrouble` on a computer that has no keychain at all."""


@record(frozen=True, slots=True)
class ConnectWork:
    """What the sheet asks for; each is awaited on the window's loop.

    `connect` takes the base URL, the pasted key, and whether it is for this session only; it
    raises what `AccountService.connect` and `SettingsService.change` raise. `forget` gives a key
    up again.
    """

    connect: Callable[[str, str, bool], Coroutine[Any, Any, Account]]
    forget: Callable[[], Coroutine[Any, Any, Account]]


class ConnectSheet(Sheet):
    """Asks for the key over the page that needs it.

    `connected` comes once the key is in use, with what there is to say about how it is kept.
    """

    connected = Signal(str)
    demo_requested = Signal()

    def __init__(
        self, theme: Theme, icons: Icons, tasks: Tasks, work: ConnectWork, parent: QWidget
    ) -> None:
        super().__init__(theme, parent)
        self._icons = icons
        self._tasks = tasks
        self._work = work
        self._checking: asyncio.Future[None] | None = None
        self._is_session_offered = False
        self.key = QLineEdit()
        self.key.setEchoMode(QLineEdit.EchoMode.Password)
        self.key.setPlaceholderText("sk_…")
        self.key.setAccessibleName(self.tr("Novita API key"))
        self.key.returnPressed.connect(self._start)
        self.connect_button = primary_button(self.tr("Connect"))
        self.connect_button.clicked.connect(self._start)
        self.status = QLabel()
        self.status.setObjectName("connectStatus")
        self.status.setWordWrap(True)
        self.status.setTextFormat(Qt.TextFormat.PlainText)
        self.demo_button = QPushButton(self.tr("Try the demo"))
        self.demo_button.clicked.connect(self.demo_requested)
        self.session_only = QCheckBox(self.tr("Use for this session only"))
        self.session_only.setToolTip(self.tr("The key is then kept nowhere"))
        self.session_button = QPushButton(self.tr("Use for this session only"))
        self.session_button.clicked.connect(self._accept_session)
        self.base_url = QLineEdit(NOVITA_BASE_URL)
        self.base_url.setAccessibleName(self.tr("Base URL"))
        self.base_url.returnPressed.connect(self._start)
        self._build()

    def open_for(self, account: Account) -> None:
        """Open, asking for the key of the account's host."""
        self.base_url.setText(account.base_url)
        self._advanced.set_open(is_open=account.base_url != NOVITA_BASE_URL)
        self._intro.setText(
            self.tr(
                "Your text stays where it is. The key is kept in this computer's keychain and"
                " is sent only to {host}."
            ).format(host=account.host)
        )
        self._say("", "muted")
        self._offer_session(is_offered=False)
        self.open_over(self.key)

    @override
    def close_sheet(self) -> None:
        """Close; a check that runs is given up, and so is a key that nobody agreed to use."""
        if self._checking is not None:
            self._checking.cancel()
        if self._is_session_offered:
            self._is_session_offered = False
            self._tasks.start(self._give_up())
        self.key.setText("")  # unlike clear(), keeps nothing for Undo
        self._hide_key()
        super().close_sheet()

    def _build(self) -> None:
        column = QVBoxLayout(self.card)
        column.setContentsMargins(*(metrics.SPACE_24,) * 4)
        column.setSpacing(metrics.SPACE_12)
        column.addLayout(self._title_row())
        self._intro = QLabel()
        self._intro.setProperty("tone", "muted")
        self._intro.setWordWrap(True)
        column.addWidget(self._intro)
        column.addLayout(self._key_rows())
        column.addWidget(self.status)
        column.addWidget(self.session_only, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(self.session_button, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(self._advanced_fold())
        line = QWidget()
        line.setProperty("role", "separator")
        line.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        line.setFixedHeight(1)
        column.addWidget(line)
        column.addLayout(self._demo_row())

    def _title_row(self) -> QHBoxLayout:
        title = QLabel(self.tr("Run any open model, without code"))
        title.setProperty("type", "title")
        close = icon_button(self._icons, "x", self.tr("Close (Esc)"))
        close.clicked.connect(self.close_sheet)
        row = QHBoxLayout()
        row.addWidget(title, 1)
        row.addWidget(close)
        return row

    def _key_rows(self) -> QVBoxLayout:
        link = link_button(self.tr("Get a key on novita.ai"))
        link.setToolTip(KEY_PAGE_URL)
        link.clicked.connect(self._open_key_page)
        label_row = QHBoxLayout()
        label_row.addWidget(title_label(self.tr("Novita API key"), self.key), 1)
        label_row.addWidget(link)
        self._eye = icon_button(self._icons, "eye", self.tr("Show the key"))
        self._eye.setCheckable(True)
        self._eye.toggled.connect(self._show_key)
        field_row = QHBoxLayout()
        field_row.setSpacing(metrics.SPACE_8)
        field_row.addWidget(self.key, 1)
        field_row.addWidget(self._eye)
        field_row.addWidget(self.connect_button)
        rows = QVBoxLayout()
        rows.setSpacing(metrics.SPACE_4)
        rows.addLayout(label_row)
        rows.addLayout(field_row)
        return rows

    def _advanced_fold(self) -> Fold:
        self._advanced = Fold(self._icons, self.tr("Another host"))
        body = self._advanced.body_layout
        body.setSpacing(metrics.SPACE_4)
        body.addWidget(title_label(self.tr("Base URL"), self.base_url))
        body.addWidget(self.base_url)
        words = help_label(
            self.tr("Any host with an OpenAI-compatible API. Its key is kept apart from Novita's.")
        )
        words.setWordWrap(True)
        body.addWidget(words)
        return self._advanced

    def _demo_row(self) -> QHBoxLayout:
        title = QLabel(self.tr("No key yet?"))
        words = QLabel(
            self.tr(
                "Look around with the built-in demo: the real list of models and sample answers."
                " Nothing leaves this computer."
            )
        )
        words.setProperty("tone", "muted")
        words.setWordWrap(True)
        texts = QVBoxLayout()
        texts.setSpacing(0)
        texts.addWidget(title)
        texts.addWidget(words)
        row = QHBoxLayout()
        row.setSpacing(metrics.SPACE_16)
        row.addLayout(texts, 1)
        row.addWidget(self.demo_button)
        return row

    def _start(self) -> None:
        if self._checking is None and not self.isHidden():
            self._checking = self._tasks.start(self._connect())

    async def _connect(self) -> None:
        if not tidy_key(self.key.text()):
            self._checking = None
            self._say(self.tr("Paste your key into the field first."), "danger")
            return
        self._set_busy(is_busy=True)
        self._offer_session(is_offered=False)
        self._say(self.tr("Checking the key…"), "info")
        try:
            await self._work.connect(
                self.base_url.text(), self.key.text(), self.session_only.isChecked()
            )
        except KeychainTrouble as trouble:
            self._tell_of_keychain(trouble)
        except NovitaDesktopError as error:
            self._say(describe(error).sentence, "danger")
            self.key.selectAll()
        else:
            self._finish()
        finally:
            self._checking = None
            self._set_busy(is_busy=False)

    def _tell_of_keychain(self, trouble: KeychainTrouble) -> None:
        """Go on where there is no keychain at all; where there is one, let the person decide."""
        words = describe(trouble).sentence
        if trouble.problem == NO_KEYCHAIN:
            self._finish(words)
            return
        self._say(words, "warn")
        self._offer_session(is_offered=True)
        self.session_button.setFocus(Qt.FocusReason.OtherFocusReason)

    def _offer_session(self, *, is_offered: bool) -> None:
        self._is_session_offered = is_offered
        self.session_button.setVisible(is_offered)
        self.session_only.setVisible(not is_offered)

    def _accept_session(self) -> None:
        self._is_session_offered = False
        self._finish()

    def _finish(self, remark: str = "") -> None:
        self._checking = None
        self.connected.emit(remark)
        self.close_sheet()

    def _open_key_page(self) -> None:
        if not QDesktopServices.openUrl(QUrl(KEY_PAGE_URL)):
            words = self.tr("No browser could be opened. Keys are made at {address}")
            self._say(words.format(address=KEY_PAGE_URL), "muted")

    async def _give_up(self) -> None:
        await self._work.forget()

    def _set_busy(self, *, is_busy: bool) -> None:
        for widget in (self.key, self.base_url):
            widget.setReadOnly(is_busy)
        self.connect_button.setEnabled(not is_busy)

    def _say(self, words: str, tone: str) -> None:
        show_words(self.status, words)
        set_look(self.status, "tone", tone)

    def _hide_key(self) -> None:
        self._eye.setChecked(False)

    def _show_key(self, is_shown: bool) -> None:  # noqa: FBT001  # the signal passes it
        modes = QLineEdit.EchoMode
        self.key.setEchoMode(modes.Normal if is_shown else modes.Password)
        self._icons.show_on(self._eye, "eye-off" if is_shown else "eye")
        words = self.tr("Hide the key") if is_shown else self.tr("Show the key")
        self._eye.setToolTip(words)
        self._eye.setAccessibleName(words)
