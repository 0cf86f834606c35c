"""Reads the command line and the environment; what needs no window is done here."""

from __future__ import annotations

import argparse
import os
import sys
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NoReturn

from typing_extensions import override

import novita_desktop
from novita_desktop.domain.account import checked_base_url
from novita_desktop.domain.errors import AddressRefused

PAGE_NAMES = ("prompt", "compare", "batch", "history", "models", "settings")
USAGE_EXIT = 2

KEY_VARIABLE = "NOVITA_API_KEY"
ADDRESS_VARIABLE = "NOVITA_BASE_URL"
FOLDER_VARIABLE = "NOVITA_DESKTOP_DATA_DIR"


class _Parser(argparse.ArgumentParser):
    """Says what is wrong in one sentence, instead of repeating the whole usage."""

    @override
    def error(self, message: str) -> NoReturn:
        self.exit(USAGE_EXIT, f"{self.prog}: {message}. See {self.prog} --help.\n")


def parser() -> argparse.ArgumentParser:
    """Return the command line's grammar."""
    grammar = _Parser(
        prog="novita-desktop",
        description="Run the open models that Novita AI hosts, without writing code.",
        epilog=f"The key comes from the keychain, or from {KEY_VARIABLE} for one session; it is"
        " never an argument, because other programs can read those.",
        allow_abbrev=False,
    )
    grammar.add_argument(
        "files",
        type=Path,
        nargs="*",
        metavar="FILE",
        help="presets to import (*.novita.json, llm templates, promptfoo prompts): the window"
        " shows what is in them first",
    )
    grammar.add_argument(
        "--data-dir",
        type=Path,
        metavar="DIR",
        help=f"where all data is kept (also {FOLDER_VARIABLE})",
    )
    grammar.add_argument(
        "--base-url",
        type=_address,
        metavar="URL",
        help=f"another host for this session (also {ADDRESS_VARIABLE})",
    )
    grammar.add_argument(
        "--demo", action="store_true", help="use the built-in demo host: no network, no key"
    )
    grammar.add_argument("--page", choices=PAGE_NAMES, help="the page to show first")
    grammar.add_argument(
        "--version", action="version", version=f"novita-desktop {novita_desktop.__version__}"
    )
    return grammar


def with_environment(
    arguments: Sequence[str], environment: Mapping[str, str]
) -> argparse.Namespace:
    """Return what was asked for; arguments win over the environment.

    Ends the program with a sentence and the code 2 for an argument or a variable that is wrong.
    """
    grammar = parser()
    # Files may stand before, between and after options.
    asked = grammar.parse_intermixed_args(arguments)
    if asked.data_dir is None and (folder := environment.get(FOLDER_VARIABLE)):
        asked.data_dir = Path(folder)
    if asked.base_url is None and (address := environment.get(ADDRESS_VARIABLE)):
        try:
            asked.base_url = _address(address)
        except argparse.ArgumentTypeError as error:
            grammar.error(f"{ADDRESS_VARIABLE}: {error}")
    asked.key = environment.get(KEY_VARIABLE, "").strip() or None
    return asked


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the program and return its exit code."""
    started = time.monotonic()
    asked = with_environment(sys.argv[1:] if arguments is None else arguments, os.environ)
    # A browser that a link opens inherits the environment, and has no business with the key.
    os.environ.pop(KEY_VARIABLE, None)
    # Imported only now: asking for the version loads no window.
    from novita_desktop import quick_start  # noqa: PLC0415

    quick_start.prepare()
    from novita_desktop import app  # noqa: PLC0415
    from novita_desktop.open_folder import StartOptions  # noqa: PLC0415
    from novita_desktop.storage.memory_images import forbid_memory_images  # noqa: PLC0415

    forbid_memory_images()
    return app.run(
        StartOptions(
            data_folder=asked.data_dir,
            base_url=asked.base_url,
            is_demo=asked.demo,
            page=asked.page or "",
            files=tuple(path.absolute() for path in asked.files),
            key=asked.key,
            started=started,
        )
    )


def _address(text: str) -> str:
    try:
        return checked_base_url(text)
    except AddressRefused:
        raise argparse.ArgumentTypeError(
            f"'{text}' cannot be used: it must begin with https://, or http:// for this computer"
        ) from None
