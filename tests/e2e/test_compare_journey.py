"""Four models side by side, one that fails, judged blind, and all as it was after a restart."""

from __future__ import annotations

import re

from tests.e2e.conftest import StartProgram
from tests.e2e.driver import Control, Program
from tests.e2e.steps import QUESTION, RUN_SECONDS, go_to

UNKNOWN = "nobody/no-such-model"
NAMES = re.compile("llama|deepseek|qwen|no-such-model", re.IGNORECASE)
ROLE = "panel"
"""What AT-SPI calls a group."""


def add(program: Program, words: str) -> None:
    """Add a column for the first model that fits `words`."""
    program.control(name="Add model", role="push button").press()
    program.control(label="Search models").write(words)
    program.control(name="Models", role="list").focus()
    program.key("Return")


def columns(program: Program) -> list[Control]:
    """Return the columns: groups in which there is an answer."""
    groups = program.controls(role=ROLE, name=re.compile(r".+"))
    return [g for g in groups if program.controls(within=g, name="Best")]


def names(program: Program) -> list[str]:
    return [column.name for column in columns(program)]


def states(program: Program) -> list[str]:
    return [program.control(within=c, id="columnStatus").text for c in columns(program)]


def telling(program: Program) -> list[str]:
    """Return everything that can be heard and names a model."""
    return [str(fact) for fact in program.facts() if NAMES.search(str(fact))]


def test_judged_blind_and_found_again(start_program: StartProgram) -> None:
    program = start_program("--demo")
    go_to(program, "Compare")
    program.wait_for(lambda: len(columns(program)) == 2, "two columns to begin with")
    add(program, "qwen3-235b-a22b-instruct")
    program.wait_for(lambda: len(columns(program)) == 3, "a third column")
    add(program, UNKNOWN)
    program.wait_for(lambda: len(columns(program)) == 4, "a fourth column")
    program.control(label="Message").write(QUESTION)
    program.control(name="Blind", role="check box").press()
    program.control(name="Run all", role="push button").press()
    program.wait_for(
        lambda: sorted(states(program)) == ["Done", "Done", "Done", "Failed"],
        "three answers and a failure",
        RUN_SECONDS,
    )
    assert names(program) == [f"Answer {n}" for n in (1, 2, 3, 4)]
    assert telling(program) == []
    done = next(
        column
        for column in columns(program)
        if program.control(within=column, id="columnStatus").text == "Done"
    )
    program.control(within=done, name="Best").press()
    program.wait_for(lambda: telling(program), "the names")
    before = (names(program), states(program))
    winner = program.control(id="verdictStatus").text
    assert any("no-such-model" in name for name in before[0])

    program.restart()
    go_to(program, "Compare")
    program.wait_for(lambda: (names(program), states(program)) == before, "all as before")
    assert program.control(id="verdictStatus").text == winner
    assert program.close() == 0
