"""Runs the program: `python -m novita_desktop`."""

from __future__ import annotations

import sys

from novita_desktop.command_line import main

if __name__ == "__main__":
    sys.exit(main())
