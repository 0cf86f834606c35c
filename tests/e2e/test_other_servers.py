"""A server that nobody here wrote, used from the window: no prices, no balance, no names.

Given by its base URL, key, and a model of its list, of which one answer is at least some words:

    NOVITA_TEST_SERVER="http://127.0.0.1:4000/v1 sk_key some-model" ./dev test -m e2e \
        tests/e2e/test_other_servers.py

`NOVITA_TEST_UNKNOWN_MODEL=refused` adds that it refuses an id which it does not list. Without a
server nothing is tried: docs/openai-compatible-servers.md names some and how they are started.
"""

from __future__ import annotations

import os
import re

import pytest

from tests.e2e.conftest import PICTURES, StartProgram
from tests.e2e.driver import Program
from tests.e2e.steps import RUN_SECONDS, go_to, press_run, runs, status_is

SERVER = os.environ.get("NOVITA_TEST_SERVER", "")
QUESTION = os.environ.get("NOVITA_TEST_QUESTION", "Summarise why the sky is blue")
UNKNOWN_IS_REFUSED = os.environ.get("NOVITA_TEST_UNKNOWN_MODEL") == "refused"

pytestmark = pytest.mark.skipif(not SERVER, reason="NOVITA_TEST_SERVER names no server")

NOTHING_BUT_DOLLARS = re.compile(r"\$0(?:\.0+)?(?![\d.])")
"""An amount of nothing, which an unknown price must not become."""


def choose(program: Program, model: str) -> None:
    """Choose a model by its id, listed or not."""
    button = program.control(name="Model", role="push button")
    button.press()
    program.control(label="Search models").write(model)
    program.control(name="Models", role="list").focus()
    program.key("Return")
    program.wait_for(lambda: button.description == model, f"{model} is chosen")


def assert_no_amount_is_made_up(program: Program, page: str) -> None:
    """Look at everything that shows."""
    program.screenshot(PICTURES / f"other-server-{page}.png")
    shown = [line for line in program.dump().splitlines() if "hidden" not in line]
    assert [line for line in shown if NOTHING_BUT_DOLLARS.search(line)] == []


def test_a_server_without_prices_balance_and_names(start_program: StartProgram) -> None:
    base_url, key, model = SERVER.split()
    program = start_program("--base-url", base_url)
    state = program.control(id="connectionStatus")
    program.wait_for(lambda: state.text == "Not connected", "the keychain's answer")
    program.control(label="Message").write(QUESTION)
    press_run(program)
    program.control(label="Novita API key").write(key)
    program.control(name="Connect", role="push button").press()
    # What was typed is sent without another click, to the first model of the server's list.
    status_is(program, "Done|Failed")

    choose(program, model)
    press_run(program)
    program.wait_for(
        lambda: "Cost unknown" in program.control(id="receipt").text, "a receipt", RUN_SECONDS
    )
    status_is(program, "Done")
    assert program.control(name="Answer").text.strip()
    assert "unknown" in program.control(name="Run", role="push button").description
    assert_no_amount_is_made_up(program, "Prompt")

    press_run(program)
    program.control(name="Stop", role="push button").press()
    status_is(program, "Stopped|Done")

    go_to(program, "History")
    program.wait_for(lambda: runs(program).table().row_count == 3, "three runs")
    statuses = runs(program).table().column("Status")
    runs(program).select_row(0)
    program.control(name="Retry", role="push button").press()
    program.wait_for(
        lambda: runs(program).table().column("Status") == ["Done", *statuses],
        "the retry is done",
        RUN_SECONDS,
    )
    assert_no_amount_is_made_up(program, "History")
    go_to(program, "Prompt")

    choose(program, "no-such-model")
    press_run(program)
    status_is(program, "Failed" if UNKNOWN_IS_REFUSED else "Done|Failed")
    assert_no_amount_is_made_up(program, "Error")

    go_to(program, "Models")
    assert model in str(program.control(name="Models list").table().rows)
    assert_no_amount_is_made_up(program, "Models")

    go_to(program, "Settings")
    assert_no_amount_is_made_up(program, "Settings")
    assert "Traceback" not in program.output
