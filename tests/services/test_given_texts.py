"""A chosen file's text is read, whatever stands in its place."""

from __future__ import annotations

import asyncio
import os
import sys
from pathlib import Path

import pytest

from novita_desktop.domain.given_texts import MAX_BYTES, GivenText, RefusedText, TextProblem
from novita_desktop.services.given_texts import read_text


def test_a_text_is_read_with_the_name_of_its_file(tmp_path: Path) -> None:
    path = tmp_path / "Bericht.txt"
    path.write_bytes("Grüße\r\n".encode())
    assert asyncio.run(read_text(path)) == GivenText("Bericht.txt", "Grüße\n")


def test_what_cannot_be_read_is_refused(tmp_path: Path) -> None:
    def problem(path: Path) -> TextProblem:
        found = asyncio.run(read_text(path))
        assert isinstance(found, RefusedText)
        assert found.name == path.name
        return found.problem

    large = tmp_path / "large.txt"
    large.write_bytes(b"x" * (MAX_BYTES + 1))
    assert problem(tmp_path / "gone.txt") is TextProblem.UNREADABLE
    assert problem(tmp_path) is TextProblem.NOT_A_FILE
    assert problem(large) is TextProblem.TOO_LARGE


@pytest.mark.skipif(sys.platform == "win32", reason="no named pipes in folders")
def test_a_pipe_that_nobody_writes_to_does_not_hold_anything_up(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    assert asyncio.run(read_text(pipe)) == RefusedText("pipe", TextProblem.NOT_A_FILE)
