"""What a new person does: connect, choose a model, run, read, stop, retry, and find it all again."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from novita_desktop.demo import DemoHost, DemoThread
from tests.e2e.conftest import StartProgram
from tests.e2e.steps import QUESTION, ask, connect, go_to, runs, status_is


@pytest.fixture
def host() -> Iterator[DemoHost]:
    """A loopback host that answers at a speed that can be read along."""
    with DemoThread(speed=400, ttft_ms=50) as host:
        yield host


def test_from_the_first_start_to_the_history(start_program: StartProgram, host: DemoHost) -> None:
    program = start_program("--base-url", host.base_url)
    ask(program)
    connect(program, host)
    status_is(program, "Done")
    program.wait_for(lambda: "Sample answer" in program.control(name="Answer").text, "the answer")
    assert QUESTION.encode() in host.chats[0].body

    program.control(name="Model", role="push button").press()
    program.control(label="Search models").write("llama-3.1-8b")
    program.control(name="Models", role="list").focus()
    program.key("Return")
    program.wait_for(
        lambda: (
            program.control(name="Model", role="push button").description
            == "meta-llama/llama-3.1-8b-instruct"
        ),
        "the chosen model",
    )

    host.script(["gate; gate=half; gate_after=5"])
    program.control(name="Run", role="push button").press()
    assert host.wait_until_held("half")
    program.control(name="Stop", role="push button").press()
    status_is(program, "Stopped")
    assert host.wait_for_hang_ups(1)

    host.script(["bad-parameter"])
    program.control(name="Run", role="push button").press()
    status_is(program, "Failed")

    go_to(program, "History")
    program.wait_for(
        lambda: runs(program).table().column("Status") == ["Failed", "Stopped", "Done"],
        "three runs",
    )
    runs(program).cell(0, 0).click()
    program.control(name="Retry", role="push button").press()
    program.wait_for(lambda: runs(program).table().column("Status")[0] == "Done", "the retry")
    assert host.chats[-1].body == host.chats[-2].body

    program.restart()
    go_to(program, "History")
    program.wait_for(
        lambda: runs(program).table().column("Status") == ["Done", "Failed", "Stopped", "Done"],
        "all runs after a restart",
    )
    assert all(QUESTION in text for text in runs(program).table().column("Message"))


def test_the_demo_needs_no_key(start_program: StartProgram) -> None:
    program = start_program("--demo")
    program.control(name="Run", role="push button").press()
    status_is(program, "Done")
    assert "Sample answer" in program.control(name="Answer").text
    assert program.close() == 0


def test_a_wrong_key_is_said_in_the_sheet_and_loses_nothing(
    start_program: StartProgram, host: DemoHost
) -> None:
    program = start_program("--base-url", host.base_url)
    ask(program)
    program.control(label="Novita API key").write("sk_wrong_key_0000")
    program.control(name="Connect", role="push button").press()
    program.wait_for(
        lambda: "key" in program.control(id="connectStatus").text.lower(), "words about the key"
    )
    connect(program, host)
    status_is(program, "Done")
    assert QUESTION.encode() in host.chats[-1].body


def test_what_was_typed_survives_a_kill(start_program: StartProgram) -> None:
    program = start_program("--demo")
    message = program.control(label="Message")
    message.focus()
    program.key("ctrl+a")
    program.type("unsent words")
    program.wait_for(lambda: message.text == "unsent words", "the typed words")
    # The promise is 500 ms after the last key.
    program.screen.run("sleep", "1.2")
    program.restart()
    program.wait_for(lambda: program.control(label="Message").text == "unsent words", "the draft")
