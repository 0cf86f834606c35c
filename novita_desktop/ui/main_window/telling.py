"""What the window tells of its own accord: errors, troubles, and what was done."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, QUrl, Signal

from novita_desktop.domain.account import KeyPlace
from novita_desktop.domain.errors import KeychainTrouble, NovitaDesktopError
from novita_desktop.services.events import TroubleReported
from novita_desktop.ui import formatting
from novita_desktop.ui.error_messages import BILLING_URL, describe
from novita_desktop.ui.error_words import ErrorAction
from novita_desktop.ui.main_window.page_book import PageBook
from novita_desktop.ui.notices import NoticeAction, NoticeKind, Toast, open_outside
from novita_desktop.ui.session_state import SessionState


class Telling(QObject):
    """Shows notices on the page in view, each with the one thing to do about it."""

    key_requested = Signal()
    settings_requested = Signal(str)

    def __init__(self, book: PageBook, toast: Toast, state: SessionState) -> None:
        super().__init__(book)
        self._book = book
        self._toast = toast
        self._state = state

    def show_error(self, error: NovitaDesktopError) -> None:
        """Tell of an error that came up in the window."""
        text = describe(error)
        remedy = self._remedies().get(text.action)
        action = NoticeAction(text.action_words, remedy) if remedy else None
        kind = NoticeKind.WARN if isinstance(error, KeychainTrouble) else NoticeKind.DANGER
        self._book.shown.notice.show_notice(kind, text.sentence, action)

    def tell_of_trouble(self, event: TroubleReported) -> None:
        """Tell of an error that nobody in the window waits for."""
        has_key = self._state.account.key_place is not KeyPlace.NONE
        if isinstance(event.error, KeychainTrouble) and not has_key:
            # Without a key nothing is lost yet; the connect sheet says it when it matters.
            return
        self.show_error(event.error)

    def tell_of_connection(self, remark: str) -> None:
        """Say that the key works; `remark` is what there is to say about how it is kept."""
        account = self._state.account
        if remark:
            self._book.shown.notice.show_notice(NoticeKind.WARN, remark)
        elif account.balance_units is None:
            self._toast.show_toast(self.tr("Connected to {host}").format(host=account.host))
        else:
            money = formatting.money(account.balance_units)
            self._toast.show_toast(self.tr("Connected · balance {money}").format(money=money))

    def tell_of_crash(self, report: Path) -> None:
        """Say that the program broke down last time, and where the report is."""
        folder = QUrl.fromLocalFile(str(report.parent))
        self._book.shown.notice.show_notice(
            NoticeKind.WARN,
            self.tr("The program ended unexpectedly last time. What you had written is here."),
            NoticeAction(self.tr("Show the report"), partial(open_outside, folder, self._toast)),
        )

    def tell_of_other_window(self) -> None:
        """Say that another window has the data folder that is wanted."""
        self._toast.show_toast(self.tr("It is open in another window."))

    def tell_of_restored_backup(self) -> None:
        """Say that the backup is in place; what was said of another try is over."""
        self._book.shown.notice.clear()
        self._toast.show_toast(self.tr("The backup is restored."))

    def _remedies(self) -> dict[str, Callable[[], None]]:
        """Return what can be done from anywhere about an error, by the error's action."""
        show = self.settings_requested.emit
        return {
            ErrorAction.CONNECT: self.key_requested.emit,
            ErrorAction.CHANGE_KEY: self.key_requested.emit,
            ErrorAction.OPEN_BILLING: partial(open_outside, QUrl(BILLING_URL), self._toast),
            ErrorAction.RAISE_LIMIT: partial(show, "budget"),
            ErrorAction.OPEN_NETWORK_SETTINGS: partial(show, "network"),
            ErrorAction.OPEN_CONNECTION_SETTINGS: partial(show, "connection"),
            ErrorAction.OPEN_DATA_SETTINGS: partial(show, "data"),
        }
