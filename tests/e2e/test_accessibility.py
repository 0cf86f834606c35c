"""What people who use a screen reader or the keyboard alone meet on every page."""

from __future__ import annotations

import re

import pytest

from tests.e2e.conftest import StartProgram
from tests.e2e.driver import Control, Program

PAGES = ("Prompt", "History", "Models", "Settings")
NAMES = {
    "Prompt": {"System prompt", "Message", "Temperature", "Max tokens", "Top P", "Response format"},
    "History": {"Runs", "Retry", "Edit and run"},
    "Models": {"Search models", "Models list", "Refresh", "Use in Prompt"},
    "Settings": {"Proxy", "Test", "Daily limit", "Text size", "Theme", "Language"},
}
# What can take the focus without being a control of its own: windows, and rows within lists.
WITHIN_OTHERS = {"frame", "dialog", "list item", "table cell", "tree item", "window", "panel"}


@pytest.fixture
def program(start_program: StartProgram) -> Program:
    """The demo after one run."""
    program = start_program("--demo")
    program.control(name="Run", role="push button").press()
    program.wait_for(lambda: program.control(id="runStatus").text == "Done", "a run", 40)
    return program


def nameless(program: Program) -> list[str]:
    """Return what shows, can take the keyboard, and is called nothing."""
    found = []
    for control in program.controls():
        facts = control._facts()
        is_reached = {"focusable", "showing"} <= set(facts["states"])
        is_named = facts["name"] or facts["labels"]
        if is_reached and facts["role"] not in WITHIN_OTHERS and not is_named:
            found.append(f"{facts['role']} id={facts['id']}")
    return found


def open_page(program: Program, page: str) -> None:
    program.control(name=page, role="check box").press()
    program.control(name=page, role="label")


@pytest.mark.parametrize("page", PAGES)
def test_everything_that_takes_the_keyboard_has_a_name(program: Program, page: str) -> None:
    open_page(program, page)
    if page == "Prompt":
        program.control(name="More").press()
    assert nameless(program) == []
    for name in NAMES[page]:
        program.control(label=name)


def test_sheets_and_palettes_have_names_too(program: Program) -> None:
    program.bring_to_front()
    for keys, name in (("ctrl+m", "Search models"), ("ctrl+k", "Commands"), ("F1", "Close")):
        program.key(keys)
        if name != "Commands":
            program.control(label=name)
        program.wait_for(lambda: len(program.windows()) == 2, f"what {keys} opens")
        assert nameless(program) == []
        program.key("Escape")
        program.wait_for(lambda: len(program.windows()) == 1, f"{keys} is closed")


def test_the_answer_is_found_by_its_name_alone(program: Program) -> None:
    named = [control for control in program.controls(name="Answer") if control.role != "page tab"]
    assert "Sample answer" in named[0].text
    program.control(name="Views of the answer")


def focused(program: Program) -> Control | None:
    """Return what has the keyboard; a tab says so for as long as it is the current one."""
    found = [each for each in program.controls() if each.has_keyboard]
    return next((each for each in found if each.role != "page tab"), found[0] if found else None)


def test_tab_visits_the_form_in_reading_order_and_comes_round(program: Program) -> None:
    program.control(name="Model", role="push button").focus()
    seen: list[str] = []
    for _ in range(45):
        control = focused(program)
        facts = control._facts() if control is not None else {"name": "", "labels": []}
        seen.append(str(facts["name"] or (facts["labels"] or [""])[0]))
        program.key("Tab")
        if seen.count("Model") == 2:
            break
    assert seen.count("Model") == 2, seen
    order = ["Model", "System prompt", "Message", "Temperature", "Top P", "Max tokens"]
    places = [seen.index(name) for name in order]
    assert places == sorted(places), seen


def test_the_first_journey_by_keyboard_alone(start_program: StartProgram) -> None:
    program = start_program("--demo")
    program.bring_to_front()
    message = program.control(label="Message")
    program.wait_for(lambda: message.text, "the starter")
    for _ in range(8):  # from wherever the keyboard is to the message, in reading order
        if not message.has_keyboard:
            program.key("Tab")
    assert message.has_keyboard
    program.key("ctrl+a")
    program.type("how do tides work")
    program.key("ctrl+m")
    program.control(label="Search models")
    program.type("llama-3.1-8b")
    program.key("Return")
    model = program.control(name="Model", role="push button")
    program.wait_for(lambda: model.description == "meta-llama/llama-3.1-8b-instruct", "the model")
    program.key("ctrl+Return")
    program.wait_for(lambda: program.control(id="runStatus").text == "Done", "the answer", 40)
    for keys, page in (("2", "History"), ("3", "Models"), ("comma", "Settings"), ("1", "Prompt")):
        program.key(f"ctrl+{keys}")
        program.control(name=page, role="label")
    program.key("ctrl+Return")
    program.wait_for(
        lambda: re.search("Thinking|Writing|Waiting", program.control(id="runStatus").text), "a run"
    )
    program.key("Escape")
    program.wait_for(lambda: program.control(id="runStatus").text == "Stopped", "the stop")
