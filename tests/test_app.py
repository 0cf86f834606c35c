"""The start of the whole program: what is loaded by the first paint, and what after it."""

from __future__ import annotations

import json
import os
import subprocess
import sys

import pytest

from novita_desktop import app

# Not ssl: asyncio itself imports it. Its slow part, the context, is made by httpx and truststore.
SLOW = (
    *("aiohttp", "httpx", "jsonschema", "keyring", "liquid", "msgspec", "pygments", "truststore"),
    *("importlib.metadata", "PySide6.QtNetwork", "novita_desktop.api.client"),
    *("novita_desktop.services.exports", "novita_desktop.ui.start_failure"),
    *("novita_desktop.ui.dialogs.about", "novita_desktop.ui.dialogs.connect_sheet"),
    *("novita_desktop.ui.dialogs.model_palette", "novita_desktop.ui.widgets.answer_view"),
    *("novita_desktop.ui.pages.history", "novita_desktop.ui.pages.models"),
    "novita_desktop.ui.pages.settings",
)
TICK_MS = 5
LATEST_MS = 500
"""A generous bound: a start that warms up on the window's own thread is later than this."""

PROBE = """
import json, sys, time
from pathlib import Path
from novita_desktop import app
from novita_desktop.engine import Engine
from novita_desktop.open_folder import StartOptions
from novita_desktop.ui.main_window import MainWindow

early, ticks = [], []
warm_up = Engine.warm_up

def at_first_paint(engine, modules=()):
    early.extend(name for name in {slow} if name in sys.modules)
    ticks[:] = [time.monotonic()]
    return warm_up(engine, modules)

class ClosesWhenWarm(MainWindow):
    def open_at(self, page):
        super().open_at(page)
        self.startTimer({tick})

    def timerEvent(self, event):
        ticks.append(time.monotonic())
        if "httpx" in sys.modules and "keyring" in sys.modules:
            self.close()

Engine.warm_up = at_first_paint
app.MainWindow = ClosesWhenWarm
code = app.run(StartOptions(data_folder=Path(sys.argv[1])))
late = max(after - before for before, after in zip(ticks, ticks[1:])) * 1000
print(json.dumps([early, late, code]))
"""


@pytest.fixture(scope="module")
def start(tmp_path_factory):
    """Start the program once: what was loaded early, its latest tick in ms, its exit code."""
    folder = tmp_path_factory.mktemp("data")
    ended = subprocess.run(
        [sys.executable, "-c", PROBE.format(slow=SLOW, tick=TICK_MS), str(folder)],
        env={
            **os.environ,
            "QT_QPA_PLATFORM": "offscreen",
            "PYTHON_KEYRING_BACKEND": "keyring.backends.fail.Keyring",
        },
        capture_output=True,
        text=True,
        check=True,
        timeout=50,
    )
    return json.loads(ended.stdout)


def test_nothing_slow_is_loaded_before_the_first_paint(start):
    early, _, code = start
    assert (early, code) == ([], 0)


def test_the_window_answers_while_the_rest_is_loaded(start):
    _, latest_ms, _ = start
    assert latest_ms < LATEST_MS


def loaded_by(code: str) -> list[str]:
    """Return what `code` prints as JSON, run in a Python of its own."""
    command = [sys.executable, "-c", code]
    ended = subprocess.run(command, capture_output=True, text=True, check=True, timeout=50)
    return json.loads(ended.stdout)


def test_the_engines_thread_loads_nothing_of_qt():
    # Two threads that make classes of Qt's bindings at once end in a segmentation fault.
    code = """
import json, sys
from importlib import import_module
from novita_desktop import engine
# What app.WARMED_TOOLS names, without loading app, which is made of Qt.
for name in {tools} + engine.WARMED_MODULES:
    import_module(name)
print(json.dumps([name for name in sys.modules if name.startswith("PySide6")]))
"""
    assert loaded_by(code.format(tools=app.WARMED_TOOLS)) == []


def test_the_window_loads_its_parts_one_a_turn():
    code = """
import json, sys
from importlib import import_module
from novita_desktop import app
for name in app.WARMED_TOOLS:
    import_module(name)
together = []
for name in app.WARMED_PARTS:
    before = set(sys.modules)
    import_module(f"novita_desktop.ui.{name}")
    new = {each for each in sys.modules if each not in before and hasattr(sys.modules[each], "__file__")}
    new = {each for each in new if not sys.modules[each].__file__.endswith("__init__.py")}
    together += sorted(each for each in new if each.startswith("novita_desktop."))[1:]
print(json.dumps(together))
"""
    assert loaded_by(code) == []
