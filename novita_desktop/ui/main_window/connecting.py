"""Connecting from the window: the sheet, the check on the engine, and what waits for the key."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from novita_desktop.domain.account import Account, checked_base_url
from novita_desktop.domain.errors import AddressRefused
from novita_desktop.services.workspace import Workspace
from novita_desktop.ui.page_context import PageContext

if TYPE_CHECKING:  # the sheet is loaded when it is first wanted
    from novita_desktop.ui.dialogs.connect_sheet import ConnectSheet


class Connecting(QObject):
    """Asks for the key over a part of the window, then does what waited for it."""

    demo_requested = Signal()
    connected = Signal(str)

    def __init__(self, context: PageContext, covered: QWidget) -> None:
        super().__init__(covered)
        self._context = context
        self._covered = covered
        self._sheet: ConnectSheet | None = None
        self._waiting: Callable[[], object] | None = None

    @property
    def is_open(self) -> bool:
        """Whether the sheet covers the page."""
        return self._sheet is not None and not self._sheet.isHidden()

    def set_context(self, context: PageContext) -> None:
        """Connect another workspace from now on."""
        self._context = context

    def ask(self, then: Callable[[], object] | None = None) -> None:
        """Open the sheet; `then` is done once there is a key."""
        if self._sheet is None:
            self._sheet = self._built_sheet()
        self._sheet.open_for(self._context.state.account)
        self._waiting = then

    def demo_is_open(self) -> None:
        """Do what waited for a key: the demo needs none."""
        waiting, self._waiting = self._waiting, None
        if self._sheet is not None:
            self._sheet.close_sheet()
        if waiting is not None:
            waiting()

    def _built_sheet(self) -> ConnectSheet:
        from novita_desktop.ui.dialogs.connect_sheet import (  # noqa: PLC0415  # when wanted
            ConnectSheet,
            ConnectWork,
        )

        context = self._context
        work = ConnectWork(connect=self._connect, forget=self._forget)
        sheet = ConnectSheet(context.theme, context.icons, context.tasks, work, self._covered)
        sheet.connected.connect(self._go_on)
        sheet.demo_requested.connect(self.demo_requested)
        sheet.closed.connect(self._drop_what_waits)
        return sheet

    async def _connect(self, base_url: str, pasted_key: str, is_session_only: bool) -> Account:  # noqa: FBT001  # see ConnectWork
        workspace = self._context.workspace
        work = _connected(workspace, base_url, pasted_key, is_session_only=is_session_only)
        try:
            return await self._context.bridge.call(work)
        finally:
            # What waits for the key looks at the account's state, which comes as an event.
            self._context.bridge.deliver()

    async def _forget(self) -> Account:
        return await self._context.bridge.call(self._context.workspace.account.forget())

    def _go_on(self, remark: str) -> None:
        waiting, self._waiting = self._waiting, None
        self.connected.emit(remark)
        if waiting is not None:
            waiting()

    def _drop_what_waits(self) -> None:
        self._waiting = None


async def _connected(
    workspace: Workspace, base_url: str, pasted_key: str, *, is_session_only: bool
) -> Account:
    """Go to the host if it is another one, then check and keep its key. On the engine's loop.

    Raises what the settings and the account raise, and AddressRefused when requests go to another
    host all the same: an address on the command line wins over the settings.
    """
    address = checked_base_url(base_url)
    if address != workspace.account.account.base_url:
        await workspace.settings.change(base_url=address)
        # A key must reach no other host.
        if address != workspace.account.account.base_url:
            raise AddressRefused(address)
    return await workspace.account.connect(pasted_key, session_only=is_session_only)
