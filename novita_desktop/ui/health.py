"""How the program is: its memory, the size of its data, its licences. Asked off the window's thread."""

from __future__ import annotations

import re
import sys
from importlib.metadata import PackageMetadata, PackageNotFoundError, metadata, requires
from pathlib import Path

PACKAGE = "novita-desktop"
READ_IN_FULL = {"httpx-aiohttp": "BSD-3-Clause"}
"""Packages that state their licence as a whole text, without its name."""


def memory_bytes(platform: str = sys.platform) -> int | None:
    """Return the memory that the process holds, None where the system does not say it simply."""
    if platform == "linux":
        status = Path("/proc/self/status").read_text("ascii")
        found = re.search(r"^VmRSS:\s*(\d+) kB$", status, re.MULTILINE)
        return int(found[1]) * 1_024 if found else None
    if platform == "darwin" and sys.platform != "win32":
        from resource import RUSAGE_SELF, getrusage  # noqa: PLC0415  # Windows has no such module

        return getrusage(RUSAGE_SELF).ru_maxrss
    return None


def folder_bytes(folder: Path) -> int:
    """Return the size of all files in `folder`; files that vanish meanwhile count nothing."""
    total = 0
    for path in folder.rglob("*"):
        try:
            total += path.stat().st_size if path.is_file() else 0
        except OSError:
            continue
    return total


def licences() -> list[tuple[str, str]]:
    """Return the packages that the program stands on, each with its licence, by name."""
    try:
        needed = requires(PACKAGE) or []
    except PackageNotFoundError:
        return []
    names = {found[0] for each in needed if (found := re.match(r"[\w.-]+", each))}
    result = []
    for name in sorted(names, key=str.casefold):
        try:
            about = metadata(name)
        except PackageNotFoundError:
            continue
        own_name = str(about["Name"])
        result.append((own_name, READ_IN_FULL.get(own_name) or _licence_of(about)))
    return result


def _licence_of(about: PackageMetadata) -> str:
    stated = next(iter(about.get_all("License-Expression") or ()), "")
    classified = [
        str(each).rsplit("::", 1)[-1].strip()
        for each in about.get_all("Classifier") or ()
        if str(each).startswith("License ::")
    ]
    named = ", ".join(name for name in classified if name != "OSI Approved")
    written = str(next(iter(about.get_all("License") or ()), ""))
    return str(stated) or named or written.split("\n", 1)[0]
