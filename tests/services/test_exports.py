"""Runs as text for other programs: right for every prompt, and never with the key."""

from __future__ import annotations

import asyncio
import json
import os
import shutil
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from novita_desktop.demo import DemoHost
from novita_desktop.domain.costs import Usage
from novita_desktop.domain.errors import FolderNotWritable
from novita_desktop.domain.request_body import body_text
from novita_desktop.domain.requests import Message, Parameters, Role, RunRequest
from novita_desktop.domain.runs import RunDetail, RunStatus, RunSummary
from novita_desktop.services import exports
from novita_desktop.services.exports import Shell

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
