"""The driver finds, reads and uses every kind of control, and notices what goes wrong."""

from __future__ import annotations

import re
import sys
from pathlib import Path

import pytest

from tests.e2e.conftest import StartProgram
from tests.e2e.driver import ControlNotFound, Program, ProgramEnded
from tests.e2e.screen import Screen, ScreenUnavailable, check_tools

WINDOW = [sys.executable, str(Path(__file__).with_name("driver_window.py"))]


@pytest.fixture
def program(start_program: StartProgram) -> Program:
    return start_program(command=WINDOW)


def status_is(program: Program, text: str) -> None:
    program.wait_for(lambda: program.control(id="status").text == text, f"status {text!r}")


def test_text_is_written_by_label_and_read_back(program: Program) -> None:
    message = program.control(label="Message", role="text")
    message.write("Grüße, 世界")
    status_is(program, "Grüße, 世界")
    assert message.text == "Grüße, 世界"


def test_keys_go_to_the_control_with_the_keyboard(program: Program) -> None:
    program.control(label="Message", role="text").focus()
    program.type("typed")
    status_is(program, "typed")
    program.key("ctrl+a", "Delete")
    status_is(program, "")


def test_password_is_written_but_not_shown(program: Program) -> None:
    secret = program.control(label="Secret")
    assert secret.role == "password text"
    secret.write("sk-123")
    program.wait_for(lambda: len(secret.text) == 6)
    assert "sk-123" not in program.dump()


def test_spin_box_takes_a_number(program: Program) -> None:
    program.control(label="Count").set_value(42)
    assert program.control(label="Count").value == 42


def test_combo_box_entry_is_chosen_by_its_text(program: Program) -> None:
    fruit = program.control(role="combo box", label="Fruit")
    fruit.choose("Cherry")
    status_is(program, "fruit Cherry")
    fruit.choose("Banana")
    status_is(program, "fruit Banana")
    with pytest.raises(ControlNotFound, match="Apple"):
        fruit.choose("Durian")


def test_check_box_is_set_and_cleared(program: Program) -> None:
    ripe = program.control(label="Ripe")
    ripe.check()
    assert ripe.is_checked
    ripe.check(on=False)
    assert not ripe.is_checked


def test_dialog_opens_and_closes(program: Program) -> None:
    assert [window.name for window in program.windows()] == ["Driver test"]
    program.control(role="push button", name="Ask").press()
    program.control(role="push button", name="Agree").press()
    status_is(program, "agreed")
    program.wait_for(lambda: len(program.windows()) == 1)


def test_long_table_is_read_in_part_and_rows_are_selected(program: Program) -> None:
    rows = program.control(role="table", label="Rows")
    part = rows.table(first=298)
    assert part.row_count == 300
    assert part.headers == ["Name", "Price"]
    assert part.rows == [["row 298", "$298"], ["row 299", "$299"]]
    assert rows.table(count=3).column("Price") == ["$0", "$1", "$2"]
    rows.select_row(4)
    status_is(program, "row 4")


def test_disabled_button_is_refused(program: Program) -> None:
    with pytest.raises(AssertionError, match=r"Not yet.*disabled"):
        program.control(name="Not yet").press()


def test_missing_control_is_reported_with_those_that_exist(program: Program) -> None:
    with pytest.raises(ControlNotFound, match="Hang up"):
        program.control(name=re.compile("^Nowhere"), seconds=0.2)


def test_killed_program_starts_again(program: Program) -> None:
    program.control(label="Message", role="text").write("before")
    first = program.process_id
    program.kill()
    assert not program.is_running
    program.restart()
    assert program.process_id != first
    assert program.control(label="Message", role="text").text == ""


def test_program_that_ends_while_waited_for_is_reported(program: Program) -> None:
    program.control(name="Hang up").press()
    with pytest.raises(ProgramEnded, match="ended with 7"):
        program.wait_for(lambda: False)


def test_control_of_a_program_that_ended_is_not_waited_for(program: Program) -> None:
    program.control(name="Hang up").press()
    with pytest.raises(ProgramEnded, match="ended with 7"):
        program.control(name="Nowhere")


def test_window_closes_cleanly_and_output_is_kept(program: Program) -> None:
    assert program.close() == 0
    assert program.output == "window shown\n"


def test_picture_shows_the_window(program: Program, tmp_path: Path) -> None:
    picture = program.screenshot(tmp_path / "screen.png")
    assert picture.read_bytes().startswith(b"\x89PNG")


def test_programs_have_a_keychain_that_each_test_finds_empty(screen: Screen) -> None:
    def keyring(call: str) -> str:
        return screen.run(sys.executable, "-c", f"import keyring; print(keyring.{call})").strip()

    keyring("set_password('Driver test', 'me', 'secret')")
    assert keyring("get_password('Driver test', 'me')") == "secret"
    screen.empty_keychain()
    assert keyring("get_password('Driver test', 'me')") == "None"


def test_missing_tools_are_named(tmp_path: Path) -> None:
    with pytest.raises(ScreenUnavailable, match="xvfb openbox xdotool"):
        check_tools(path=str(tmp_path))
