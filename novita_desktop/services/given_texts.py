"""Reads the text of a file that a person chose for a variable."""

from __future__ import annotations

from pathlib import Path

from novita_desktop.domain.given_texts import (
    MAX_BYTES,
    GivenText,
    RefusedText,
    TextProblem,
    text_in,
)
from novita_desktop.domain.preset_file_refusal import PresetFileRefused
from novita_desktop.storage.given_files import read_given
from novita_desktop.storage.worker_thread import in_daemon_thread


async def read_text(path: Path) -> GivenText | RefusedText:
    """Return the text in the file at `path`, or why it is not taken; a drive may be slow."""

    def work() -> GivenText | RefusedText:
        try:
            return text_in(path.name, read_given(path, MAX_BYTES))
        except PresetFileRefused as refusal:
            return RefusedText(path.name, TextProblem(refusal.problem))

    return await in_daemon_thread(work)
