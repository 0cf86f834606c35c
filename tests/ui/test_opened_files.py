"""Files that the system asks to open, before and after there is a window."""

from __future__ import annotations

import json
import subprocess
import sys

SCRIPT = """
import json
from PySide6.QtCore import QUrl
from PySide6.QtGui import QFileOpenEvent
from PySide6.QtWidgets import QApplication
from novita_desktop.ui.opened_files import FileOpeningApplication

qt = FileOpeningApplication(["test", "-platform", "offscreen"])

def ask_to_open(address):
    QApplication.sendEvent(qt, QFileOpenEvent(address))

for number in range(500):
    ask_to_open(QUrl.fromLocalFile(f"/{number}.json"))
ask_to_open(QUrl("https://example.com/a.novita.json"))
taken = []
qt.give_files_to(lambda files: taken.append([path.name for path in files]))
ask_to_open(QUrl.fromLocalFile("/later.yaml"))
ask_to_open(QUrl("https://example.com/a.novita.json"))
print(json.dumps(taken))
"""


def test_files_wait_for_the_window_and_later_ones_do_not() -> None:
    """In a process of its own: there is one application in each."""
    said = subprocess.run(
        [sys.executable, "-c", SCRIPT], check=True, capture_output=True, text=True, timeout=60
    ).stdout
    first, *later = json.loads(said)
    assert first == [f"{number}.json" for number in range(100)]
    assert later == [["later.yaml"]]
