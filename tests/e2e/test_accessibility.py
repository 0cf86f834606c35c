"""What people who use a screen reader or the keyboard alone meet on every page."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

import pytest

from novita_desktop.demo import DemoHost, DemoThread
from tests.e2e.conftest import StartProgram
from tests.e2e.driver import Control, Program
from tests.e2e.steps import RUN_SECONDS, ask, go_to, press_run, runs, status_is, wait_for_model

PAGES = ("Prompt", "History", "Models", "Settings")
NAMES = {
    "Prompt": {
        *("System prompt", "Message", "Temperature", "Max tokens", "Top P", "Response format"),
        *("Search presets", "Save preset", "Run"),
    },
    "History": {"Search history", "Runs", "Retry", "Edit and run", "Export"},
    "Models": {"Search models", "Models list", "Refresh", "Use in Prompt"},
    "Settings": {"Proxy", "Test", "Daily limit", "Text size", "Theme", "Language"},
}
# What can take the focus without being a control of its own: windows, and rows within lists.
WITHIN_OTHERS = {"frame", "dialog", "list item", "table cell", "tree item", "window", "panel"}
# What says nothing of what a thing is.
SAYS_NOTHING = {"invalid", "unknown", "extended", "redundant object"}
# A control of these roles has at least one of these states.
STATES = {
    "check box": {"checkable"},
    "radio button": {"checkable"},
    "combo box": {"expandable"},
    "page tab": {"selectable"},
    "text": {"editable", "read-only"},
    "spin button": {"editable", "read-only"},
    "slider": {"horizontal", "vertical"},
}
MOST_STOPS = 80
ROW_SLACK = 4


@pytest.fixture
def host() -> Iterator[DemoHost]:
    """A loopback host that answers at once."""
    with DemoThread(speed=0) as host:
        yield host


@pytest.fixture
def program(start_program: StartProgram) -> Program:
    """The demo after one run."""
    program = start_program("--demo")
    wait_for_model(program)
    press_run(program)
    status_is(program, "Done")
    return program


def faults(program: Program) -> list[str]:
    """Return what shows and would leave a listener without its name, role or state."""
    found = []
    for facts in program.facts():
        states, role = set(facts["states"]), facts["role"]
        thing = f"{role} {facts['name']!r} id={facts['id']}"
        is_reached = "focusable" in states and role not in WITHIN_OTHERS
        if is_reached and not (facts["name"] or facts["labels"]):
            found.append(f"{thing} has no name")
        if is_reached and role in SAYS_NOTHING:
            found.append(f"{thing} has no role")
        if role in STATES and not STATES[role] & states:
            found.append(f"{thing} has no state")
        if is_reached and "visible" not in states:
            found.append(f"{thing} cannot be seen")
    return found


def test_everything_on_every_page_has_name_role_and_state(program: Program) -> None:
    program.control(name="More").press()
    for page in PAGES:
        go_to(program, page)
        for name in NAMES[page]:
            program.control(label=name)
        assert faults(program) == [], page


def look_at_what_opens(program: Program, opens: Callable[[], object], *names: str) -> None:
    """Open a dialog, palette or sheet, look at all of it, and close it with Escape."""
    windows = len(program.windows())
    opens()
    for name in names:
        program.control(label=name)
    assert faults(program) == []
    program.key("Escape")
    for name in names:
        program.wait_for(
            lambda name=name: not program.controls(label=name), f"no {name!r} after Escape"
        )
    assert len(program.windows()) == windows


def test_palettes_and_dialogs_have_names_roles_and_states(program: Program) -> None:
    program.bring_to_front()
    look_at_what_opens(program, lambda: program.key("ctrl+m"), "Search models")
    look_at_what_opens(program, lambda: program.key("ctrl+k"), "Commands")
    look_at_what_opens(program, lambda: program.key("F1"), "Close")
    save = program.control(name="Save preset", role="push button")
    look_at_what_opens(program, save.press, "Name", "Folder", "Description", "Save", "Cancel")
    program.control(label="Message").write("Translate {{ text }}")
    settings = program.control(name="Settings of text")
    look_at_what_opens(program, settings.press, "Label", "Hint", "Default")


def test_the_connect_sheet_has_names_roles_and_states(
    start_program: StartProgram, host: DemoHost
) -> None:
    program = start_program("--base-url", host.base_url)
    ask(program)
    names = ("Novita API key", "Connect", "Try the demo", "Base URL", "Show the key")
    look_at_what_opens(program, lambda: None, *names)


def test_a_notice_has_words_and_its_action_a_name(program: Program) -> None:
    program.control(name="Save preset", role="push button").press()
    program.control(label="Name", role="text").write("Kept")
    program.control(name="Save", role="push button").press()
    program.wait_for(lambda: "Kept" in program.control(id="notice").text, "words about it")
    program.control(name="Dismiss", role="push button")
    assert faults(program) == []


def test_the_answer_is_found_by_its_name_alone(program: Program) -> None:
    named = [control for control in program.controls(name="Answer") if control.role == "text"]
    assert "Sample answer" in named[0].text
    program.control(name="Views of the answer")


def comes_before(later: Control, earlier: Control) -> bool:
    """Return whether a reader would meet `later` first, from where both are now."""
    left, top, width, height = later.box
    other_left, other_top, _, other_height = earlier.box
    if top + height <= other_top + ROW_SLACK:  # above; in a column further on it comes later
        return left <= other_left + ROW_SLACK
    return top < other_top + other_height - ROW_SLACK and left + width <= other_left + ROW_SLACK


def stops(program: Program) -> Iterator[tuple[Control, Control]]:
    """Press Tab until it comes round; yield each stop with the one before it, as both are then."""
    first = before = program.wait_for(program.focused, "a control with the keyboard")

    def moved() -> Control | None:
        now = program.focused()
        return now if now != before else None

    for _ in range(MOST_STOPS):
        program.key("Tab")
        stop = program.wait_for(moved, f"Tab leaves {before!r}")
        yield before, stop
        if stop == first:
            return
        before = stop
    raise AssertionError(f"Tab does not come round to {first!r}")


@pytest.mark.parametrize("page", PAGES)
def test_tab_visits_a_page_in_reading_order_and_comes_round(program: Program, page: str) -> None:
    go_to(program, page)
    program.bring_to_front()
    program.control(name=page, role="check box").focus()
    visited: list[set[str]] = []
    backwards = []
    for before, stop in stops(program):
        visited.append(stop.called)
        if comes_before(stop, before):
            backwards.append(f"{before!r} -> {stop!r}")
    assert len(backwards) == 1, backwards  # from the window's end to its begin
    reached = NAMES[page] - {"Retry", "Edit and run", "Use in Prompt"}
    assert reached <= set().union(*visited), reached - set().union(*visited)
    if page == "Prompt":
        order = [
            *("Search presets", "Model", "System prompt", "Message", "Temperature", "Top P"),
            *("Max tokens", "Response format", "Run", "Answer"),
        ]
        places = [next(at for at, called in enumerate(visited) if name in called) for name in order]
        assert places == sorted(places), visited


def test_an_answer_is_announced_at_its_begin_and_end_and_not_word_by_word(
    start_program: StartProgram, host: DemoHost
) -> None:
    program = start_program("--base-url", host.base_url, environment={"NOVITA_API_KEY": host.key})
    wait_for_model(program)
    program.wait_for(lambda: "Connected" in program.control(id="connectionStatus").text)
    program.listen_for_announcements()
    host.script(["gate; gate=half; gate_after=5"])
    press_run(program)
    program.wait_for(lambda: program.announcements() == ["The answer begins"], "the begin")
    assert host.wait_until_held("half")
    host.release("half")
    status_is(program, "Done")
    program.wait_for(lambda: "Done" in program.announcements(), "the end")
    assert program.announcements() == ["The answer begins", "Done"]


def test_the_first_journey_by_keyboard_alone(start_program: StartProgram) -> None:
    program = start_program("--demo")
    message = program.control(label="Message")
    program.wait_for(lambda: message.text, "the starter")
    program.wait_for(lambda: program.focused() == message, "the keyboard on the message")
    wait_for_model(program)
    program.key("ctrl+a")
    program.type("how do tides work")
    program.key("ctrl+m")
    program.control(label="Search models")
    program.type("llama-3.1-8b")
    program.key("Return")
    model = program.control(name="Model", role="push button")
    program.wait_for(lambda: model.description == "meta-llama/llama-3.1-8b-instruct", "the model")
    program.key("ctrl+Return")
    status_is(program, "Done")
    pages = {
        "2": "Compare",
        "3": "Batch",
        "4": "History",
        "5": "Models",
        "comma": "Settings",
        "1": "Prompt",
    }
    for keys, page in pages.items():
        program.key(f"ctrl+{keys}")
        program.control(name=page, role="label")
    program.key("ctrl+Return")
    program.wait_for(
        lambda: re.search("Thinking|Writing|Waiting", program.control(id="runStatus").text), "a run"
    )
    program.key("Escape")
    status_is(program, "Stopped")
    program.key("ctrl+4")
    program.wait_for(
        lambda: runs(program).table().column("Status") == ["Stopped", "Done"], "both", RUN_SECONDS
    )


def test_connecting_by_keyboard_alone(start_program: StartProgram, host: DemoHost) -> None:
    program = start_program("--base-url", host.base_url)
    wait_for_model(program)
    message = program.control(label="Message")
    program.wait_for(lambda: program.focused() == message, "the keyboard on the message")
    program.key("ctrl+Return")
    key = program.control(label="Novita API key")
    program.wait_for(lambda: key.has_keyboard, "the keyboard on the key")
    program.type(host.key)
    program.key("Return")
    status_is(program, "Done")
