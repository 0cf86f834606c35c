"""Runs one benchmark by name, or `all`; what follows the name is passed to it."""

from __future__ import annotations

import importlib
import os
import pkgutil
import platform
import sys
from pathlib import Path
from typing import Final

_FOLDER: Final = Path(__file__).parent


def names() -> list[str]:
    """Return the names of the benchmarks: the modules here with a `main`."""
    found = (module.name for module in pkgutil.iter_modules([str(_FOLDER)]))
    return sorted(
        name
        for name in found
        if not name.startswith("_")
        and hasattr(importlib.import_module(f"benchmarks.{name}"), "main")
    )


def machine() -> str:
    """Return what the figures depend on: processor, system, Python, and how busy it all is."""
    processor = platform.processor() or platform.machine()
    details = Path("/proc/cpuinfo")
    if details.exists():
        lines = details.read_text(encoding="utf-8").splitlines()
        processor = next(
            (line.partition(":")[2].strip() for line in lines if line.startswith("model name")),
            processor,
        )
    described = (
        f"{processor}, {os.cpu_count()} cores, {platform.system()} {platform.release()}, "
        f"Python {platform.python_version()}"
    )
    if hasattr(os, "getloadavg"):
        described += f", load {os.getloadavg()[0]:.1f}"
    return described


def main(arguments: list[str]) -> int:
    """Run what `arguments` name and return the exit code."""
    known = names()
    if not arguments or arguments[0] not in (*known, "all"):
        print(f"usage: python -m benchmarks NAME [OPTIONS], NAME one of: {' '.join(known)} all")
        return 2
    wanted = known if arguments[0] == "all" else arguments[:1]
    print(f"machine: {machine()}")
    for name in wanted:
        print(f"\n== {name}")
        importlib.import_module(f"benchmarks.{name}").main(arguments[1:])
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
