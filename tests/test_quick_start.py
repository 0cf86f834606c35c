"""What keeps the start short, seen in a fresh process."""

from __future__ import annotations

import json
import os
import subprocess
import sys

PROBE = """
import gc, inspect, json, sys
from novita_desktop import quick_start

read = []
getsource = inspect.getsource

def noted(module):
    read.append(getattr(module, "__name__", ""))
    return getsource(module)

inspect.getsource = noted
quick_start.prepare()
during = gc.isenabled()
missing = [name for name in quick_start.LOADED_BEFORE_QT if name not in sys.modules]
import novita_desktop.ui.theme
import novita_desktop.ui.notices
frozen = gc.get_freeze_count()
quick_start.finish()
ours = [name for name in read if name.startswith("novita_desktop")]
print(json.dumps([during, missing, ours, frozen, gc.isenabled(), gc.get_freeze_count() > 10_000]))
"""


def test_garbage_and_sources_are_left_alone_until_the_start_is_over():
    ended = subprocess.run(
        [sys.executable, "-c", PROBE],
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
        capture_output=True,
        text=True,
        check=True,
        timeout=50,
    )
    during, missing, read, frozen_before, after, is_frozen = json.loads(ended.stdout)
    assert (during, after) == (False, True)
    assert missing == []
    assert read == []
    assert (frozen_before, is_frozen) == (0, True)
