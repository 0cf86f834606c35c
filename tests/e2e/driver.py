"""Drives the real program from outside, as a person with assistive technology would.

`Program` starts it on a `Screen` and finds its controls through the accessibility bus; `Control`
is one of them: read it, press it, write in it. Nothing here imports the program.

    with Program(screen, [sys.executable, "-m", "novita_desktop", "--demo"]) as program:
        program.control(label="Message").write("Hello")
        program.control(label="Run", role="push button").press()
        program.wait_for(lambda: program.control(id="runStatus").text == "Done")
"""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Any, TypeVar

from typing_extensions import override

from tests.e2e.screen import SYSTEM_PYTHON, Screen, end_process

Result = TypeVar("Result")
Wanted = str | re.Pattern[str]

WAIT_SECONDS = 15.0
POLL_SECONDS = 0.05
PARTS_OF_LISTS = frozenset({"page tab", "list item", "table cell", "tree item"})


class ControlNotFound(AssertionError):
    """No control fits; the message lists the controls that show."""


class ProgramEnded(AssertionError):
    """The program does not run any more; the message has its exit code and what it printed."""


class ControlGone(AssertionError):
    """The control no longer exists, or cannot do what was asked."""


@dataclass(frozen=True, slots=True)
class Table:
    """What a table shows: the rows asked for, and how many there are in all."""

    headers: list[str]
    rows: list[list[str]]
    row_count: int

    def column(self, header: str) -> list[str]:
        """Return the cells below `header`."""
        at = self.headers.index(header)
        return [row[at] for row in self.rows]


class Program:
    """A running program; as a context manager it is ended however the block ends."""

    def __init__(
        self,
        screen: Screen,
        command: Sequence[str],
        *,
        environment: Mapping[str, str] | None = None,
        folder: Path | None = None,
    ) -> None:
        """Remember how to start; `environment` is added to the screen's, `folder` is the cwd."""
        self.screen = screen
        self._command = list(command)
        self._environment = {**screen.environment, **(environment or {})}
        self._folder = folder
        self._process: subprocess.Popen[bytes] | None = None
        self._bus: subprocess.Popen[str] | None = None
        self._output = tempfile.TemporaryFile()  # noqa: SIM115  closed in `end`

    def __enter__(self) -> Program:
        self.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        where: TracebackType | None,
    ) -> None:
        self.end()
        self._output.close()

    # Life

    def start(self) -> None:
        """Start the program and wait for its first window."""
        self._process = subprocess.Popen(
            self._command,
            env=self._environment,
            cwd=self._folder,
            stdin=subprocess.DEVNULL,
            stdout=self._output,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
        other_half = Path(__file__).with_name("accessibility_process.py")
        self._bus = subprocess.Popen(
            [
                # Newer libraries deprecate names that older ones have no other name for.
                *(SYSTEM_PYTHON, "-W", "ignore::DeprecationWarning"),
                *(str(other_half), str(self._process.pid)),
            ],
            env=self.screen.environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        self.wait_for(lambda: self.ask("attach"), "the first window", 30)

    @property
    def process_id(self) -> int:
        """The program's process id."""
        assert self._process is not None
        return self._process.pid

    @property
    def is_running(self) -> bool:
        """Whether the program runs."""
        return self._process is not None and self._process.poll() is None

    @property
    def output(self) -> str:
        """Everything the program has printed, standard error included."""
        self._output.flush()
        return os.pread(self._output.fileno(), 1 << 24, 0).decode(errors="replace")

    def close(self, seconds: float = WAIT_SECONDS) -> int:
        """Close the window as its close button does; return the program's exit code."""
        self.bring_to_front()
        self.key("alt+F4")
        return self.wait_for_end(seconds)

    def wait_for_end(self, seconds: float = WAIT_SECONDS) -> int:
        """Wait until the program ends by itself; return its exit code."""
        assert self._process is not None
        code = self._process.wait(seconds)
        self._end_bus()
        return code

    def kill(self) -> None:
        """End the program at once, as a crash or a power cut does (SIGKILL)."""
        assert self._process is not None
        os.killpg(self._process.pid, signal.SIGKILL)
        self._process.wait()
        self._end_bus()

    def restart(self) -> None:
        """Start the program again, ending it at once if it still runs."""
        if self.is_running:
            self.kill()
        self.start()

    def end(self) -> None:
        """End the program if it still runs."""
        if self._process is not None:
            end_process(self._process)
        self._end_bus()

    # Finding

    def control(self, *, seconds: float = WAIT_SECONDS, **wanted: Any) -> Control:
        """Return the first control that fits, waiting until there is one.

        `label` is its name or the label beside it, `id` its object name; `role`, `name`,
        `description` and `text` are as assistive technology sees them, `state` is one of its
        states. Each is the whole text or a compiled pattern. `within` is the control to look in, `showing=False` takes hidden ones.
        """
        end = time.monotonic() + seconds
        while True:
            self._require_running()
            if found := self.controls(**wanted):
                return found[0]
            if time.monotonic() > end:
                raise ControlNotFound(f"no control with {wanted}; there are:\n{self.dump()}")
            time.sleep(POLL_SECONDS)

    def controls(
        self, *, within: Control | None = None, showing: bool = True, **wanted: Wanted
    ) -> list[Control]:
        """Return every control that fits now; arguments as for `control`."""
        patterns = {
            fact: {"pattern": value.pattern} if isinstance(value, re.Pattern) else value
            for fact, value in wanted.items()
        }
        inside = 0 if within is None else within.number
        numbers = self.ask("find", within=inside, showing=showing, **patterns)
        return [Control(self, number) for number in numbers]

    def facts(self) -> list[dict[str, Any]]:
        """Return everything that assistive technology knows of what shows, control by control."""
        facts: list[dict[str, Any]] = self.ask("facts")
        return facts

    def focused(self) -> Control | None:
        """Return what has the keyboard; a tab says so for as long as it is the current one."""
        # A tab or an item says so for as long as it is the current one of its list, and what only
        # holds a control, or paints it, for as long as that has the keyboard.
        found = [each for each in self.controls(state="focused") if each.role not in PARTS_OF_LISTS]
        whole = [each for each in found if each.role != "filler"]
        return next(reversed(whole or found), None)

    def windows(self) -> list[Control]:
        """Return the windows and dialogs that show."""
        return [Control(self, number) for number in self.ask("windows")]

    def wait_for(
        self, condition: Callable[[], Result], what: str = "", seconds: float = WAIT_SECONDS
    ) -> Result:
        """Wait until `condition()` is true and return its value.

        A control that is not there (yet, or any more) counts as not true. The failure names
        `what` was waited for and the last value seen.
        """
        end = time.monotonic() + seconds
        last: object = None
        while time.monotonic() < end:
            self._require_running()
            try:
                result = condition()
            except (ControlNotFound, ControlGone) as error:
                last = error
            else:
                if result:
                    return result
                last = result
            time.sleep(POLL_SECONDS)
        raise AssertionError(f"{what or 'the condition'} not true in {seconds} s; last: {last!r}")

    def dump(self) -> str:
        """Return the whole accessibility tree as text."""
        return str(self.ask("dump"))

    # Announcements

    def listen_for_announcements(self) -> None:
        """Keep what a screen reader would say at once from now on."""
        self.ask("listen", event="object:announcement")

    def announcements(self) -> list[str]:
        """Return what was announced since then."""
        heard: list[str] = self.ask("heard")
        return heard

    # Keys and pictures

    def bring_to_front(self) -> None:
        """Give the keyboard to the program's newest window."""
        listed = self.screen.run(
            *("xdotool", "search", "--onlyvisible", "--pid", str(self.process_id))
        )
        self.screen.run("xdotool", "windowactivate", "--sync", listed.split()[-1])

    def key(self, *keys: str) -> None:
        """Press keys or chords, named as xdotool does: "Return", "ctrl+k"."""
        self.screen.run("xdotool", "key", "--clearmodifiers", *keys)

    def type(self, text: str) -> None:
        """Type into what has the keyboard, key by key."""
        self.screen.run("xdotool", "type", "--delay", "8", text)

    def screenshot(self, path: Path) -> Path:
        """Write a picture of the screen to `path`."""
        return self.screen.screenshot(path)

    # The other half

    def ask(self, what: str, **arguments: object) -> Any:
        """Ask the process on the accessibility bus; see `accessibility_process.Accessibility`."""
        assert self._bus is not None
        assert self._bus.stdin is not None
        assert self._bus.stdout is not None
        self._bus.stdin.write(json.dumps({"do": what, **arguments}) + "\n")
        self._bus.stdin.flush()
        line = self._bus.stdout.readline()
        if not line:
            raise ControlGone("the accessibility process ended")
        reply = json.loads(line)
        if "error" in reply:
            raise ControlGone(f"{what}: {reply['message']}")
        return reply["value"]

    def _require_running(self) -> None:
        """Fail with the exit code and output of a program that ended: its controls are gone."""
        if not self.is_running:
            code = None if self._process is None else self._process.returncode
            raise ProgramEnded(f"the program ended with {code}:\n{self.output}")

    def _end_bus(self) -> None:
        if self._bus is None:
            return
        end_process(self._bus)
        for pipe in (self._bus.stdin, self._bus.stdout):
            if pipe is not None:
                pipe.close()
        self._bus = None


class Control:
    """One control of the program; everything is read anew each time."""

    def __init__(self, program: Program, number: int) -> None:
        self._program = program
        self.number = number

    @override
    def __eq__(self, other: object) -> bool:
        return isinstance(other, Control) and other.number == self.number

    @override
    def __hash__(self) -> int:
        return hash(self.number)

    @override
    def __repr__(self) -> str:
        try:
            facts = self._facts()
        except ControlGone:
            return "<a control that is gone>"
        return f"<{facts['role']} {facts['name']!r} {facts['labels']} id={facts['id']}>"

    # Reading

    @property
    def role(self) -> str:
        """The role's name, such as "push button"."""
        return str(self._facts()["role"])

    @property
    def name(self) -> str:
        """The accessible name."""
        return str(self._facts()["name"])

    @property
    def description(self) -> str:
        """The accessible description."""
        return str(self._facts()["description"])

    @property
    def text(self) -> str:
        """What is written in it, or its name where it has no text of its own."""
        return str(self._facts()["text"])

    @property
    def value(self) -> float:
        """The number that it shows."""
        return float(self._facts()["value"])

    @property
    def states(self) -> set[str]:
        """The names of its states, such as "checked"."""
        return set(self._facts()["states"])

    @property
    def is_enabled(self) -> bool:
        """Whether it can be used."""
        return {"enabled", "sensitive"} <= self.states

    @property
    def is_showing(self) -> bool:
        """Whether it can be seen."""
        return "showing" in self.states

    @property
    def is_checked(self) -> bool:
        """Whether a check box, radio button or toggle is on."""
        return "checked" in self.states

    @property
    def has_keyboard(self) -> bool:
        """Whether keys go to it."""
        return "focused" in self.states

    @property
    def called(self) -> set[str]:
        """What people call it: its name, and the labels beside it."""
        facts = self._facts()
        return {facts["name"], *facts["labels"]}

    @property
    def box(self) -> tuple[int, int, int, int]:
        """Its left edge, top, width and height on the screen."""
        left, top, width, height = self._program.ask("box", control=self.number)
        return left, top, width, height

    def children(self) -> list[Control]:
        """Return the controls directly inside it."""
        numbers = self._program.ask("children", control=self.number)
        return [Control(self._program, number) for number in numbers]

    def table(self, first: int = 0, count: int | None = None) -> Table:
        """Return `count` rows of this table from `first` on; all of them by default."""
        return Table(**self._program.ask("table", control=self.number, first=first, count=count))

    def cell(self, row: int, column: int) -> Control:
        """Return a cell of this table."""
        number = self._program.ask("cell", control=self.number, row=row, column=column)
        return Control(self._program, number)

    # Acting

    def press(self) -> None:
        """Press it; a click with the pointer where it offers no action. Wait for the effect."""
        self._require_enabled()
        if not self._program.ask("press", control=self.number):
            self.click()

    def click(self, times: int = 1) -> None:
        """Click its middle with the pointer."""
        left, top, width, height = self.box
        middle = (str(left + width // 2), str(top + height // 2))
        run = self._program.screen.run
        run("xdotool", "mousemove", *middle)
        run("xdotool", "click", "--repeat", str(times), "--delay", "60", "1")

    def check(self, *, on: bool = True) -> None:
        """Switch a check box, radio button or toggle, and wait until it is so."""
        if self.is_checked != on:
            self.press()
        self._program.wait_for(lambda: self.is_checked == on, f"{self!r} is {on}")

    def focus(self) -> None:
        """Give it the keyboard, and wait until it has it."""
        if not self._program.ask("focus", control=self.number):
            self.click()
        self._program.wait_for(lambda: self.has_keyboard, f"{self!r} has the keyboard")

    def write(self, text: str) -> None:
        """Replace what is written in it, and wait until it shows that."""
        self._require_enabled()
        self._program.ask("set_text", control=self.number, text=text)
        if self.role != "password text":
            self._program.wait_for(lambda: self.text == text, f"{self!r} shows {text[:60]!r}")

    def set_value(self, value: float) -> None:
        """Set the number of a spin box or slider, and wait until it shows that."""
        self._require_enabled()
        self._program.ask("set_value", control=self.number, value=value)
        self._program.wait_for(lambda: self.value == value, f"{self!r} shows {value}")

    def choose(self, entry: str) -> None:
        """Choose an entry of this combo box with its list and keys, as the bus alone cannot."""
        self._require_enabled()
        entries = self._program.control(role="list", within=self, showing=False)
        names = [child.name for child in entries.children()]
        if entry not in names:
            raise ControlNotFound(f"{entry!r} is not among {names}")
        self._program.ask("open", control=self.number)
        self._program.wait_for(lambda: entries.is_showing, "the list of entries")
        self._program.key("Home", *["Down"] * names.index(entry), "Return")
        self._program.wait_for(lambda: self.name == entry, f"{entry!r} is chosen")

    def select_row(self, row: int) -> None:
        """Make `row` this table's current row with keys, and wait until it is selected."""
        self.focus()
        self._program.key("ctrl+Home", *["Down"] * row)
        self._program.wait_for(
            lambda: "selected" in self.cell(row, 0).states, f"row {row} is selected"
        )

    def _facts(self) -> dict[str, Any]:
        facts: dict[str, Any] = self._program.ask("read", control=self.number)
        return facts

    def _require_enabled(self) -> None:
        if not self.is_enabled:
            raise AssertionError(f"{self!r} is disabled")
