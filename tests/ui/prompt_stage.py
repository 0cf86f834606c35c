"""A Prompt page on a real workspace and a demo host, with what tests ask of it."""

from __future__ import annotations

from contextlib import contextmanager
from types import MappingProxyType

import shiboken6
from PySide6.QtWidgets import QComboBox, QLabel, QLineEdit, QPushButton, QWidget

from novita_desktop.demo import DemoThread
from novita_desktop.domain.requests import RetryPolicy
from novita_desktop.engine import Engine
from novita_desktop.services.events import Events
from novita_desktop.services.retry import RetryRules
from novita_desktop.services.workspace import Pace, Workspace, WorkspaceOptions
from novita_desktop.storage.secrets import SessionSecrets
from novita_desktop.ui.bridge import Bridge
from novita_desktop.ui.icons import Icons
from novita_desktop.ui.notices import Toast
from novita_desktop.ui.page_context import PageContext
from novita_desktop.ui.pages.prompt import PromptPage
from novita_desktop.ui.session_state import SessionState
from novita_desktop.ui.tasks import Tasks

MODEL = "meta-llama/llama-3.1-8b-instruct"
KEY = "sk_demo"

WAITS = MappingProxyType(
    {
        RetryPolicy.DEFAULT: (0.3, 0.3, 0.3, 0.3),
        RetryPolicy.PATIENT: (0.3, 0.3, 0.3, 0.3),
        RetryPolicy.NONE: (),
    }
)


class PromptStage:
    """An open page and the means behind it."""

    def __init__(self, qtbot, wait, theme, folder, host, *, key=KEY):
        self.qtbot, self.wait, self.theme, self.host = qtbot, wait, theme, host
        self.folder, self.key = folder, key
        self.bugs = []
        self.shown_errors = []

    def open(self):
        """Open the workspace and show the page."""
        self.engine = Engine(self.bugs.append)
        self.engine.start()
        self.events = Events()
        options = WorkspaceOptions(self.folder, base_url=self.host.base_url, key=self.key)
        rules = RetryRules(WAITS, lambda: 0.5)
        work = Workspace.open(
            options, self.events, pace=Pace(rules=rules), keychain=SessionSecrets()
        )
        self.workspace = self.engine.submit(work).result(10)
        self.engine.submit(self.workspace.go_online()).result(10)
        self.bridge = Bridge(self.engine, self.events)
        self.tasks = Tasks(self.shown_errors.append)
        self.window = QWidget()
        self.window.resize(1200, 800)
        self.context = self.context_of(self.workspace, self.bridge)
        self.page = PromptPage(self.context, self.window)
        self.page.resize(1200, 800)
        self.window.show()
        self.until(self.page.form.message.value)

    def context_of(self, workspace, bridge):
        state = SessionState(
            bridge,
            account=workspace.account.account,
            catalogue=workspace.catalogue.current,
            settings=workspace.settings.current,
            presets=workspace.presets.current,
        )
        return PageContext(
            workspace=workspace,
            bridge=bridge,
            state=state,
            tasks=self.tasks,
            theme=self.theme,
            icons=Icons(self.theme),
            toast=Toast(self.window),
            data_folder=self.folder,
        )

    def close(self):
        """Close page and workspace in the order that the program does."""
        self.wait(self.page.leave())
        self.wait(self.tasks.close())
        self.window.close()
        self.bridge.close()
        shiboken6.delete(self.window)
        self.engine.submit(self.workspace.close()).result(10)
        self.engine.stop()
        assert self.bugs == []

    def until(self, fact, timeout=8000):
        self.qtbot.waitUntil(lambda: bool(fact()), timeout=timeout)

    def label(self, name):
        label = self.page.findChild(QLabel, name)
        return "" if label is None else label.text()  # some come with the first run

    def status(self):
        return self.label("runStatus")

    def answer(self):
        return self.page.panel.parts.answer.plain_text()

    def named(self, kind, name):
        found = [w for w in self.page.findChildren(kind) if w.accessibleName() == name]
        return found[0]

    def button(self, words):
        found = [b for b in self.page.findChildren(QPushButton) if b.text() == words]
        return next((b for b in found if b.isVisible()), None)

    def line(self, name):
        return self.named(QLineEdit, name)

    def combo(self, name):
        return self.named(QComboBox, name)

    def write(self, message, model=MODEL):
        self.page.use_model(model)
        self.page.form.message.set_value("")
        self.page.form.message.insertPlainText(message)

    def run(self, message="Hello there", model=MODEL):
        """Type a message and press Run."""
        self.write(message, model)
        self.page.button.run.click()

    def run_to_end(self, message="Hello there", model=MODEL):
        """Run and wait for the end."""
        self.run(message, model)
        self.until(lambda: self.page.button.is_running)
        self.until(lambda: not self.page.button.is_running)


@contextmanager
def prompt_stage(qtbot, wait, theme, folder, *, key=KEY, speed=0.0, ttft_ms=0.0):
    """Give an open stage; its host answers as fast as it can."""
    thread = DemoThread(key=KEY, speed=speed, ttft_ms=ttft_ms)
    host = thread.start().result()
    stage = PromptStage(qtbot, wait, theme, folder, host, key=key)
    stage.open()
    try:
        yield stage
    finally:
        stage.close()
        thread.stop()
