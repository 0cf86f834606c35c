"""Makes the pictures of the documents: the real program, with the demo, on a virtual screen.

    .venv/bin/python -m docs.make_pictures

Writes `docs/images/PAGE-THEME.png` for every page, light and dark, at 1440 x 900. Needs what the
end-to-end tests need (`./dev test` installs it).
"""

from __future__ import annotations

import asyncio
import re
import sys
import tempfile
import time
from pathlib import Path

from PIL import Image

from novita_desktop.services.events import Events
from novita_desktop.services.workspace import Workspace, WorkspaceOptions
from novita_desktop.storage.secrets import SessionSecrets
from tests.e2e.driver import Program
from tests.e2e.screen import Screen

IMAGES = Path(__file__).parent / "images"
SIZE = "1440x900"
MESSAGE = (
    "Summarise this review in three bullets, name the main issue, and draft a short reply:\n\n"
    "Great sound, and the battery lasts all week. But the left hinge cracked after three weeks,"
    " and support has not answered two tickets."
)
STARTER = "Reply to a customer"
COLUMNS = 3
TABLE_PRESET = "Sort a support message"
MESSAGES = (
    "The left hinge of my headset cracked after three weeks. Can I get a new one?",
    "You charged me twice for order 4417.",
    "Does the trail mug fit a car's cup holder?",
    "Third message about the broken lamp. I want my money back now.",
)
ROWS = 240
SETTLE_SECONDS = 1.0


def choose_theme(folder: Path, theme: str) -> None:
    """Store the setting as the Settings page would."""

    async def change() -> None:
        options = WorkspaceOptions(data_folder=folder)
        workspace = await Workspace.open(options, Events(), keychain=SessionSecrets())
        await workspace.settings.change(theme=theme)
        await workspace.close()

    asyncio.run(change())


def start(screen: Screen, folder: Path, *options: str) -> Program:
    """Start the program in a window that fills the screen."""
    command = [sys.executable, "-m", "novita_desktop", "--data-dir", str(folder), *options]
    program = Program(screen, command)
    program.start()
    own = str(program.process_id)
    window = screen.run("xdotool", "search", "--onlyvisible", "--pid", own).split()[0]
    screen.run("xprop", "-id", window, "-f", "_MOTIF_WM_HINTS", "32c", "-set",
               "_MOTIF_WM_HINTS", "2, 0, 0, 0, 0")  # fmt: skip
    screen.run("xdotool", "windowmove", window, "0", "0")
    screen.run("xdotool", "windowsize", window, *SIZE.split("x"))
    screen.run("xdotool", "mousemove", "1435", "5")
    return program


def picture(program: Program, name: str) -> None:
    """Write one picture once the window has come to rest."""
    time.sleep(SETTLE_SECONDS)
    path = program.screenshot(IMAGES / f"{name}.png")
    with Image.open(path) as shown:
        whole = shown.convert("RGB")
    # The empty desktop around the window is black.
    whole.crop(whole.getbbox() or (0, 0, *whole.size)).save(path, optimize=True)
    print(path.name)


def wait_for_status(program: Program, pattern: str) -> None:
    """Wait until the run's status line matches."""
    program.wait_for(lambda: re.search(pattern, program.control(id="runStatus").text), seconds=60)


def use_starters(program: Program, theme: str) -> None:
    """Make pictures of the starter presets, and of one of them with its fields."""
    program.control(name="See starter presets", role="push button").press()
    program.control(name="Presets to add", seconds=30)
    program.control(name="Tick all", role="push button").press()
    picture(program, f"starter-presets-{theme}")
    program.control(name="Add", role="push button").press()
    program.control(name="Dismiss", role="push button").press()
    search = program.control(name="Search presets")
    search.write(STARTER)
    search.focus()
    program.key("Return")
    program.control(name=STARTER, role="label")
    search.write("")
    picture(program, f"preset-{theme}")


def compare(program: Program, theme: str) -> None:
    """Make a picture of three models side by side."""
    program.control(name="Compare", role="check box").press()
    program.control(name="Add model", role="push button").press()
    program.control(label="Search models").write("glm-4.6")
    program.control(name="Models", role="list").focus()
    program.key("Return")
    program.wait_for(lambda: len(program.controls(name="Best")) == COLUMNS)
    program.control(name="Run all", role="push button").press()
    program.wait_for(
        lambda: [each.text for each in program.controls(id="columnStatus")] == ["Done"] * COLUMNS,
        seconds=60,
    )
    picture(program, f"compare-{theme}")


def batch(program: Program, theme: str, folder: Path) -> None:
    """Make a picture of a table whose rows are being run."""
    table = folder / "messages-november.csv"
    lines = [f'{n + 1},"{MESSAGES[n % len(MESSAGES)]}"' for n in range(ROWS)]
    table.write_text("\n".join(["ticket,message", *lines]), encoding="utf-8")
    program.control(name="Batch", role="check box").press()
    program.control(name="Open table", role="push button").press()
    program.control(label="File name:", role="text").write(str(table))
    program.control(name="Open", role="push button").press()
    program.control(name=table.name, role="label")
    program.control(label="What to run", role="combo box").choose(TABLE_PRESET)
    start_button = program.control(name="Start batch", role="push button")
    program.wait_for(lambda: start_button.is_enabled)
    start_button.press()
    program.wait_for(
        lambda: re.match(r"[2-9]\d of", program.control(id="batchStatus").text), seconds=60
    )
    picture(program, f"batch-{theme}")
    program.control(name="Stop", role="push button").press()


def run_in_demo(program: Program, theme: str, folder: Path) -> None:
    """Make the pictures of every page while the demo answers."""
    use_starters(program, theme)
    program.key("ctrl+n")
    program.control(label="Message").write(MESSAGE)
    program.control(name="Run", role="push button").press()
    wait_for_status(program, "(?i)writing")
    picture(program, f"prompt-{theme}")
    wait_for_status(program, "Done")
    program.control(name="Model", role="push button").press()
    program.control(label="Search models").write("deep")
    picture(program, f"model-palette-{theme}")
    program.key("Escape")
    compare(program, theme)
    batch(program, theme, folder)
    program.control(name="Prompt", role="check box").press()
    for model in ("demo/no-credit", "demo/breaks-off"):
        choose(program, model)
        program.control(name="Run", role="push button").press()
        wait_for_status(program, "Failed")
    picture(program, f"failed-{theme}")
    for page in ("History", "Models", "Settings"):
        program.control(name=page, role="check box").press()
        if page == "History":
            program.wait_for(lambda: program.control(name="Runs").table().row_count >= 3)
            program.control(name="Runs").cell(0, 0).click()
        picture(program, f"{page.lower()}-{theme}")


def choose(program: Program, model: str) -> None:
    """Choose a model by its id in the palette."""
    program.control(name="Model", role="push button").press()
    program.control(label="Search models").write(model)
    program.key("Return")
    program.wait_for(lambda: program.control(name="Model", role="push button").description == model)


def main() -> None:
    """Make all pictures."""
    screen = Screen(f"{SIZE}x24")
    try:
        for theme in ("light", "dark"):
            screen.empty_keychain()
            with tempfile.TemporaryDirectory() as folder:
                choose_theme(Path(folder), theme)
                program = start(screen, Path(folder))
                program.control(name="Run", role="push button").press()
                picture(program, f"connect-{theme}")
                program.end()
                choose_theme(Path(folder) / "demo", theme)
                program = start(screen, Path(folder), "--demo")
                run_in_demo(program, theme, Path(folder))
                program.end()
    finally:
        screen.close()


if __name__ == "__main__":
    main()
