"""A workbook is opened, tried, started, paused, goes on, and its results are exported."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from novita_desktop.demo import DemoHost, DemoThread
from novita_desktop.storage.tables.writing import open_writer
from tests.e2e.conftest import StartProgram
from tests.e2e.driver import Program
from tests.e2e.steps import RUN_SECONDS, connect, go_to, wait_for_model

ROWS = 150
MESSAGE = "Sum up in one word: {{ review }}"


@pytest.fixture
def host() -> Iterator[DemoHost]:
    """A loopback host that takes a moment for each answer."""
    with DemoThread(speed=0, ttft_ms=400) as host:
        yield host


def batch_status_is(program: Program, pattern: str) -> None:
    program.wait_for(
        lambda: re.search(pattern, program.control(id="batchStatus", seconds=1).text),
        f"a batch status like {pattern!r}",
        RUN_SECONDS,
    )


def press(program: Program, name: str) -> None:
    program.control(name=name, role="push button").press()


def choose_file(program: Program, path: Path, button: str) -> None:
    """Write a path into the file dialog."""
    program.control(label="File name:", role="text").write(str(path))
    press(program, button)
    program.wait_for(lambda: len(program.windows()) == 1, "the closed dialog")


def test_a_workbook_is_run_row_by_row(
    start_program: StartProgram, host: DemoHost, tmp_path: Path
) -> None:
    book, results = tmp_path / "reviews.xlsx", tmp_path / "results.csv"
    with open_writer(book, ("id", "review")) as writer:
        for number in range(1, ROWS + 1):
            writer.write((number, f"review number {number}" if number != 5 else ""))
    program = start_program("--base-url", host.base_url)
    wait_for_model(program)
    program.control(label="Message").write(MESSAGE)
    press(program, "Run")
    connect(program, host)
    go_to(program, "Batch")
    press(program, "Open table")
    choose_file(program, book, "Open")
    program.control(name="reviews.xlsx", role="label")
    batch_status_is(program, f"^0 of {ROWS} done")
    assert program.control(label="review", role="combo box").name == "Column: review"

    press(program, "Try 3")
    batch_status_is(program, f"^3 of {ROWS} done.*tried")
    press(program, "Resume")
    press(program, "Pause")
    batch_status_is(program, "paused$")
    press(program, "Resume")
    batch_status_is(program, f"^{ROWS - 1} of {ROWS} done · 1 skipped")
    table = program.control(name="Rows").table(0, 6)
    assert table.column("Status") == ["Done"] * 4 + ["Skipped", "Done"]
    assert table.column("review")[0] == "review number 1"

    press(program, "Export results")
    choose_file(program, results, "Save")
    program.wait_for(results.exists, "the exported file", RUN_SECONDS)
    with results.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [row["id"] for row in rows] == [str(n) for n in range(1, ROWS + 1)]
    assert [row["status"] for row in rows].count("done") == ROWS - 1
    assert all(row["answer"] for row in rows if row["status"] == "done")

    program.kill()
    program.start()
    go_to(program, "Batch")
    batch_status_is(program, f"^{ROWS - 1} of {ROWS} done · 1 skipped")
