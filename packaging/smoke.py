"""Starts a built or installed program as a person would, and sees whether it comes up.

    python packaging/smoke.py COMMAND [OPTIONS...]

On a virtual screen, from a folder that is not the source tree, it starts COMMAND with `--demo`
and a new data folder, waits for the window, sends the message that is filled in, waits for the
answer, closes the window, and fails unless the program ends with 0 and printed nothing. So a
resource or module that the package lacks is noticed before anyone installs it. A picture of the
window is kept in `build/smoke.png`.
"""

from __future__ import annotations

import re
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from tests.e2e.driver import Program  # noqa: E402  the tests' driver is not installed
from tests.e2e.screen import Screen  # noqa: E402


def try_program(screen: Screen, command: list[str]) -> None:
    """Start `command`, use it, and close it; raises AssertionError with what went wrong."""
    with tempfile.TemporaryDirectory() as folder:
        options = ["--demo", "--data-dir", str(Path(folder) / "data")]
        with Program(screen, [*command, *options], folder=Path(folder)) as program:
            message = program.control(label="Message")
            message.write("Say hello in five languages.")
            run = program.control(role="push button", name="Run")
            program.wait_for(lambda: run.is_enabled, "Run is enabled")
            run.press()
            status = program.control(id="runStatus")
            program.wait_for(lambda: "Done" in status.text, "the run is done", 60)
            answers = program.controls(label="Answer", text=re.compile(r"\w+ \w+"))
            assert answers, f"there is no answer:\n{program.dump()}"
            program.screenshot(ROOT / "build" / "smoke.png")
            code = program.close()
            assert code == 0, f"the program ended with {code}:\n{program.output}"
            assert not program.output, f"the program printed:\n{program.output}"


def main() -> int:
    """Try the command on a screen of its own."""
    if len(sys.argv) < 2:
        print(__doc__, file=sys.stderr)
        return 2
    screen = Screen()
    try:
        try_program(screen, sys.argv[1:])
    finally:
        screen.close()
    print(f"{sys.argv[1]} starts, answers in the demo, and ends cleanly")
    return 0


if __name__ == "__main__":
    sys.exit(main())
