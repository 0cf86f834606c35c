"""Steps that several journeys take: each is what a person does in one go."""

from __future__ import annotations

import re

from novita_desktop.demo import DemoHost
from tests.e2e.driver import Control, Program

QUESTION = "Explain how tides work"
RUN_SECONDS = 40.0
"""How long a run may take on a busy machine."""


def status_is(program: Program, pattern: str) -> None:
    """Wait until the run's status line matches."""
    program.wait_for(
        lambda: re.search(pattern, program.control(id="runStatus", seconds=1).text),
        f"a status like {pattern!r}",
        RUN_SECONDS,
    )


def go_to(program: Program, page: str) -> None:
    """Open a page from the rail, and wait for it."""
    button = program.control(name=page, role="check box")
    button.press()
    program.wait_for(lambda: button.is_checked, f"the page {page}")


def wait_for_model(program: Program) -> None:
    """Wait until there is a model to begin with: another host's come with its catalogue."""
    model = program.control(name="Model", role="push button")
    program.wait_for(lambda: "/" in model.description, "a model to begin with")


def press_run(program: Program) -> None:
    """Press Run."""
    program.control(name="Run", role="push button").press()


def ask(program: Program) -> None:
    """Write the question and press Run."""
    wait_for_model(program)
    program.control(label="Message").write(QUESTION)
    press_run(program)


def connect(program: Program, host: DemoHost) -> None:
    """Fill in the connect sheet."""
    program.control(label="Novita API key").write(f' "Bearer {host.key}" ')
    program.control(name="Connect", role="push button").press()


def texts(program: Program, pattern: str) -> list[str]:
    """Return the texts of the labels that show and match, in reading order."""
    return [label.text for label in program.controls(role="label", text=re.compile(pattern))]


def runs(program: Program) -> Control:
    """Return the table of the History page."""
    return program.control(name="Runs", role="table")
