"""A crash leaves no image of the memory, and with it the key, behind."""

from __future__ import annotations

import subprocess
import sys

import pytest

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="there is no such limit")

PROGRAM = """
import resource, sys
before = resource.getrlimit(resource.RLIMIT_CORE)
from novita_desktop.storage.memory_images import forbid_memory_images
forbid_memory_images()
print(*resource.getrlimit(resource.RLIMIT_CORE), before[1])
"""


def test_no_image_is_kept():
    ended = subprocess.run([sys.executable, "-c", PROGRAM], check=True, capture_output=True)
    soft, hard, hard_before = ended.stdout.split()
    assert soft == b"0"
    assert hard == hard_before
