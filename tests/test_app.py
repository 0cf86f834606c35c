"""The start of the whole program: what is loaded by the first paint, and what after it."""

from __future__ import annotations

import os
import subprocess
import sys

# Not ssl: asyncio itself imports it. Its slow part, the context, is made by httpx and truststore.
SLOW = ("aiohttp", "httpx", "jsonschema", "keyring", "liquid", "pygments", "truststore")

PROBE = """
import sys
from pathlib import Path
from novita_desktop import app
from novita_desktop.engine import Engine
from novita_desktop.open_folder import StartOptions
from novita_desktop.ui.main_window import MainWindow

early = []
warm_up = Engine.warm_up

def at_first_paint(engine):
    early.extend(name for name in {slow} if name in sys.modules)
    return warm_up(engine)

class ClosesWhenWarm(MainWindow):
    def open_at(self, page):
        super().open_at(page)
        self.startTimer(20)

    def timerEvent(self, event):
        if "httpx" in sys.modules and "jsonschema" in sys.modules:
            self.close()

Engine.warm_up = at_first_paint
app.MainWindow = ClosesWhenWarm
code = app.run(StartOptions(data_folder=Path(sys.argv[1])))
print(early, code)
"""


def test_nothing_slow_is_loaded_before_the_first_paint(tmp_path):
    ended = subprocess.run(
        [sys.executable, "-c", PROBE.format(slow=SLOW), str(tmp_path)],
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
    assert ended.stdout == "[] 0\n"
