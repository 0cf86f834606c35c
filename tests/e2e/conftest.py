"""Fixtures of the tests that drive the real program: one virtual desktop for all of them."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Protocol

import pytest

from tests.e2e.driver import Program
from tests.e2e.screen import Screen

PICTURES = Path(__file__).parents[2] / "build" / "e2e"


class StartProgram(Protocol):
    """Starts the program with its options and returns it, ready for use."""

    def __call__(
        self,
        *options: str,
        environment: dict[str, str] | None = None,
        command: list[str] | None = None,
    ) -> Program: ...


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark every test in this folder, so that `-m e2e` finds it."""
    here = Path(__file__).parent
    for item in items:
        if here in item.path.parents:
            item.add_marker(pytest.mark.e2e)
            item.add_marker(pytest.mark.timeout(180))


@pytest.fixture(scope="session")
def desktop() -> Iterator[Screen]:
    """The virtual desktop; a missing tool is an error, never a skipped test."""
    screen = Screen()
    yield screen
    screen.close()


@pytest.fixture
def screen(desktop: Screen) -> Screen:
    """The virtual desktop with an empty keychain."""
    desktop.empty_keychain()
    return desktop


@pytest.fixture
def start_program(
    screen: Screen, tmp_path: Path, request: pytest.FixtureRequest
) -> Iterator[StartProgram]:
    """Start Novita Desktop (or `command`) with a data folder of the test's own.

    When the test fails, `build/e2e/` gets a picture of the screen.
    """
    data = tmp_path / "data"
    with ExitStack() as ends:

        def start(
            *options: str,
            environment: dict[str, str] | None = None,
            command: list[str] | None = None,
        ) -> Program:
            base = command or [sys.executable, "-m", "novita_desktop", "--data-dir", str(data)]
            program = Program(screen, [*base, *options], environment=environment)
            return ends.enter_context(program)

        failed_before = request.session.testsfailed
        yield start
        if request.session.testsfailed > failed_before:
            name = re.sub(r"\W+", "-", request.node.name).strip("-")
            screen.screenshot(PICTURES / f"{name}.png")
