"""Runs as text for other programs: right for every prompt, and never with the key."""

from __future__ import annotations

import asyncio
import csv
import io
import json
import os
import shutil
import subprocess
import sys
from collections.abc import AsyncIterator, Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from novita_desktop.demo import DemoHost
from novita_desktop.domain.costs import Cost, Usage
from novita_desktop.domain.errors import FolderNotWritable
from novita_desktop.domain.request_body import body_text
from novita_desktop.domain.requests import Message, Parameters, Role, RunRequest
from novita_desktop.domain.runs import RunDetail, RunStatus, RunSummary
from novita_desktop.services import exports
from novita_desktop.services.exports import (
    CSV_COLUMNS,
    RunsFormat,
    Shell,
    as_csv_row,
    as_markdown,
    save_runs,
)

HOSTILE = "It's \"$(rm -rf /)\" `id` \\ ''' \"\"\" '@ {x} %PATH% äöü 漢字\n'@\nend \u2018q\u2019"
MODEL = "meta-llama/llama-3.1-8b-instruct"


def detail_of(message: str, base_url: str = "https://host.example/v1") -> RunDetail:
    request = RunRequest(
        MODEL,
        (Message(Role.SYSTEM, "Be brief."), Message(Role.USER, message)),
        Parameters(max_tokens=50, stop=("\n\n",)),
    )
    summary = RunSummary(
        7, 1, RunStatus.SUCCEEDED, 1_795_000_000_000_000, MODEL, base_url, "It's", usage=Usage(3, 4)
    )
    return RunDetail(summary, body_text(request), text="The *answer*.")


def test_markdown_holds_prompt_answer_and_facts() -> None:
    text = exports.as_markdown(detail_of("Hello"))
    assert text.startswith("# It's\n")
    assert "## System prompt\n\nBe brief." in text
    assert "## Message\n\nHello" in text
    assert text.endswith("## Answer\n\nThe *answer*.\n")
    assert "Tokens: 3 in, 4 out" in text
    about = replace(detail_of("x"), summary=replace(detail_of("x").summary, usage_is_estimate=True))
    assert "Tokens: about 3 in" in exports.as_markdown(about)


def test_plain_text_is_the_answer_alone() -> None:
    assert exports.as_plain(detail_of("Hello")) == "The *answer*."


@pytest.mark.skipif(not shutil.which("curl"), reason="needs curl")
def test_the_curl_command_sends_the_same_bytes(host: DemoHost) -> None:
    detail = detail_of(HOSTILE, host.base_url)
    command = exports.as_curl(detail)
    environment = {**os.environ, "NOVITA_API_KEY": host.key, "no_proxy": "*"}
    done = subprocess.run(
        ["sh", "-c", command], check=True, capture_output=True, timeout=20, env=environment
    )
    assert b"data: " in done.stdout
    assert host.chats[0].status == 200
    assert host.chats[0].body.decode() == detail.request_body


def test_the_python_program_sends_the_same_request(host: DemoHost) -> None:
    detail = detail_of(HOSTILE, host.base_url)
    program = exports.as_python(detail)
    environment = {**os.environ, "NOVITA_API_KEY": host.key, "no_proxy": "*"}
    done = subprocess.run(
        [sys.executable, "-"],
        input=program.encode(),
        check=True,
        capture_output=True,
        timeout=20,
        env=environment,
    )
    assert done.stdout.strip()
    assert host.chats[0].json == json.loads(detail.request_body)


def test_the_powershell_command_keeps_the_body_on_one_ascii_line() -> None:
    lines = exports.as_curl(detail_of(HOSTILE, "https://h.example/it's"), Shell.POWERSHELL)
    first, body, end, *rest = lines.split("\n")
    assert first == "@'"
    assert json.loads(body) == json.loads(detail_of(HOSTILE).request_body)
    assert body.isascii()
    assert end.startswith("'@ | curl.exe -N 'https://h.example/it''s/chat/completions'")
    assert "$env:NOVITA_API_KEY" in rest[0]


def test_saving_replaces_the_file_whole_or_says_why_not(tmp_path: Path) -> None:
    target = tmp_path / "answer.md"
    asyncio.run(exports.save_text(target, "one\n"))
    asyncio.run(exports.save_text(target, "two\n"))
    assert target.read_text(encoding="utf-8") == "two\n"
    with pytest.raises(FolderNotWritable):
        asyncio.run(exports.save_text(tmp_path / "missing" / "answer.md", "x"))


async def some(details: Sequence[RunDetail]) -> AsyncIterator[RunDetail]:
    for each in details:
        yield each


def saved(path: Path, form: RunsFormat, details: Sequence[RunDetail]) -> str:
    count = asyncio.run(save_runs(path, form, some(details)))
    assert count == len(details)
    return path.read_bytes().decode("utf-8")


def exported(**changes: object) -> RunDetail:
    detail = detail_of("Hello")
    summary = replace(detail.summary, cost=Cost(1_134_500), note="For Anna", is_starred=True)
    return replace(detail, summary=summary, **changes)  # type: ignore[arg-type]


@pytest.mark.parametrize("count", [0, 1, 3, 50, 121])
def test_runs_are_saved_as_json_whatever_their_number(tmp_path: Path, count: int) -> None:
    text = saved(tmp_path / "runs.json", RunsFormat.JSON, [exported(text="Half \ud800")] * count)
    document = json.loads(text)
    assert (document["format"], document["version"]) == ("novita-runs", 1)
    assert len(document["runs"]) == count
    for run in document["runs"]:
        assert run["answer"] == "Half ?"
        assert run["cost_usd"] == "0.00011345"
        assert run["note"] == "For Anna"
        assert run["request"]["messages"]


@given(
    st.sampled_from(
        ["=1+1", "+1", "-1", "@x", "\t=1", "\n=1", " =1", "\uff1d1", "=cmd|'/c calc'!A1"]
    )
)
def test_no_cell_of_a_table_is_a_formula(start: str) -> None:
    row = as_csv_row(exported(text=start))
    (cells,) = csv.reader(io.StringIO(row))
    assert cells[CSV_COLUMNS.index("answer")] == "'" + start


def test_runs_are_saved_as_a_table(tmp_path: Path) -> None:
    text = saved(tmp_path / "runs.csv", RunsFormat.CSV, [exported(text='Say "a", b\nc')] * 60)
    assert text.startswith("\ufeff")
    head, *rows = csv.reader(io.StringIO(text[1:], newline=""))
    assert tuple(head) == CSV_COLUMNS
    assert len(rows) == 60
    assert {row[CSV_COLUMNS.index("answer")] for row in rows} == {'Say "a", b\nc'}
    assert {row[CSV_COLUMNS.index("cost_usd")] for row in rows} == {"0.00011345"}


def test_runs_are_saved_as_one_document(tmp_path: Path) -> None:
    text = saved(tmp_path / "runs.md", RunsFormat.MARKDOWN, [exported(), exported()])
    assert text == as_markdown(exported()) + "\n---\n\n" + as_markdown(exported())


def test_what_cannot_be_finished_leaves_the_old_file_and_nothing_else(tmp_path: Path) -> None:
    path = tmp_path / "runs.json"
    path.write_text("old", "utf-8")

    async def failing() -> AsyncIterator[RunDetail]:
        for _ in range(70):
            yield exported()
        raise LookupError

    with pytest.raises(LookupError):
        asyncio.run(save_runs(path, RunsFormat.JSON, failing()))
    assert path.read_text("utf-8") == "old"
    assert list(tmp_path.iterdir()) == [path]


def test_a_folder_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    with pytest.raises(FolderNotWritable):
        asyncio.run(save_runs(tmp_path / "no" / "runs.json", RunsFormat.JSON, some([])))
