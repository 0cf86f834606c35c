"""Settings: the proxy, and a test that really asks the host."""

from __future__ import annotations

import asyncio
import time

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QLabel, QPushButton
from typing_extensions import override

from novita_desktop.domain.errors import NovitaDesktopError
from novita_desktop.ui import formatting
from novita_desktop.ui.error_messages import describe
from novita_desktop.ui.page_context import PageContext
from novita_desktop.ui.pages.settings.section import Section
from novita_desktop.ui.pages.settings.setting_fields import ChoiceSetting, TextSetting
from novita_desktop.ui.widgets.form_labels import set_look, show_words


class NetworkSection(Section):
    """Edits the proxy and tries the connection."""

    def __init__(self, context: PageContext) -> None:
        super().__init__(context, QCoreApplication.translate("Settings", "Network"))
        self._address = TextSetting("proxy_url")
        self.add_fields(ChoiceSetting("proxy_mode"), self._address)
        self._test = QPushButton(self.tr("Test"))
        self._test.setAccessibleDescription(self.tr("Asks the host for its list of models"))
        self._test.clicked.connect(self._start_test)
        self._result = QLabel()
        self._result.hide()
        self._result.setObjectName("networkTest")
        self._result.setWordWrap(True)
        self._result.setTextFormat(Qt.TextFormat.PlainText)
        self._testing: asyncio.Future[None] | None = None
        self.add_row(self._test)
        self.column.addWidget(self._result)

    @override
    def show_settings(self) -> None:
        """Show the settings; the address only where it is used."""
        super().show_settings()
        self._address.setVisible(self.context.state.settings.proxy_mode == "manual")

    def _start_test(self) -> None:
        if self._testing is None:
            self._test.setEnabled(False)
            self._testing = self.context.tasks.start(self._try())

    async def _try(self) -> None:
        self._say(self.tr("Asking {host}…").format(host=self.context.state.account.host), "info")
        began = time.monotonic()
        try:
            catalogue = await self.context.bridge.call(self.context.workspace.catalogue.refresh())
        except NovitaDesktopError as error:
            text = describe(error)
            self._say("\n".join(filter(None, (text.sentence, text.details))), "danger")
        else:
            took = formatting.duration(round((time.monotonic() - began) * 1_000))
            words = self.tr("It works: the host answered in {time} with {models}.")
            models = formatting.counted(
                len(catalogue.models), self.tr("1 model"), self.tr("{n} models")
            )
            self._say(words.format(time=took, models=models), "accent")
        finally:
            self._testing = None
            self._test.setEnabled(True)

    def _say(self, words: str, tone: str) -> None:
        show_words(self._result, words)
        set_look(self._result, "tone", tone)
