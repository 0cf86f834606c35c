"""A preset with fields is kept and used again; the host fails, recovers, and Retry succeeds."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest

from novita_desktop.demo import DemoHost, DemoThread
from tests.e2e.conftest import StartProgram
from tests.e2e.driver import Program
from tests.e2e.steps import connect, go_to, press_run, runs, status_is, texts, wait_for_model

MESSAGE = "Write a {{ tone }} thank-you note to {{ person }}"
PRESET = "Thank-you note"
FILLED = "Write a warm thank-you note to Ada"
LINKS = re.compile(r"^(First run|Retry 1) · ")


@pytest.fixture
def host() -> Iterator[DemoHost]:
    """A loopback host that answers at once."""
    with DemoThread(speed=0) as host:
        yield host


def save_preset(program: Program) -> None:
    """Write a message with two variables and keep it as a preset."""
    wait_for_model(program)
    program.control(label="Message").write(MESSAGE)
    program.control(label="person")
    program.control(name="Save preset", role="push button").press()
    program.control(label="Name", role="text").write(PRESET)
    program.control(name="Save", role="push button").press()
    program.wait_for(lambda: len(program.windows()) == 1, "the closed dialog")


def use_preset(program: Program) -> None:
    """Open the preset by its name and fill in its two fields."""
    search = program.control(label="Search presets")
    search.focus()
    program.type("thank")
    program.key("Return")
    program.control(name=PRESET, role="label")
    program.control(label="tone").write("warm")
    program.control(label="person").write("Ada")


def test_a_preset_is_used_again_and_its_failed_run_is_retried(
    start_program: StartProgram, host: DemoHost
) -> None:
    program = start_program("--base-url", host.base_url)
    save_preset(program)
    assert program.close() == 0

    program.start()
    use_preset(program)
    # The host names the waits but for the last: four and sixteen seconds would teach no more.
    host.script(["overloaded; retry_after=1"] * 3 + ["overloaded", "overloaded"])
    press_run(program)
    connect(program, host)
    status_is(program, "Attempt 5 of 5 in")
    program.control(name="Try now", role="push button").press()
    status_is(program, "Failed")
    assert len(host.chats) == 5
    assert len({chat.body for chat in host.chats}) == 1
    assert FILLED.encode() in host.chats[0].body

    go_to(program, "History")
    program.wait_for(lambda: runs(program).table().column("Status") == ["Failed"], "the failed run")
    runs(program).select_row(0)
    program.wait_for(lambda: len(texts(program, r"^503$")) == 5, "five attempts")
    waits = texts(program, r"^then waited ")
    assert len(waits) == 4, waits
    assert all(wait.startswith("then waited 1") for wait in waits[:3]), waits

    program.control(name="Retry", role="push button").press()
    program.wait_for(
        lambda: runs(program).table().column("Status") == ["Done", "Failed"], "the retry", 40
    )
    assert len(host.chats) == 6
    assert host.chats[5].body == host.chats[0].body
    runs(program).select_row(0)
    program.wait_for(
        lambda: [link.is_enabled for link in program.controls(name=LINKS)] == [True, False],
        "the first run and its retry, linked",
    )
