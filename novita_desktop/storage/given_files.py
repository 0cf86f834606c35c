"""Reads files that a person gives the program, without trusting them.

Such a file may be a pipe that never ends, a device, a folder, or larger than memory; and a file
that it names may lie anywhere on the disk.
"""

from __future__ import annotations

import os
import stat
from pathlib import Path

from novita_desktop.domain.foreign_presets import OmissionReason
from novita_desktop.domain.preset_file_refusal import PresetFileRefused

_FLAGS = os.O_RDONLY | getattr(os, "O_BINARY", 0) | getattr(os, "O_NONBLOCK", 0)


def read_given(path: Path, limit: int) -> bytes:
    """Return what the file at `path` holds, at most `limit` bytes.

    Raises PresetFileRefused: `unreadable`, `not_a_file` or `too_large`, with the file's name.
    """
    try:
        # Without O_NONBLOCK, opening a pipe that nobody writes to would wait for ever.
        descriptor = os.open(path, _FLAGS)
    except (OSError, ValueError) as error:
        is_folder = isinstance(error, IsADirectoryError) or path.is_dir()
        problem = "not_a_file" if is_folder else "unreadable"
        raise PresetFileRefused(problem, file_name=path.name) from None
    try:
        with os.fdopen(descriptor, "rb") as file:
            if not stat.S_ISREG(os.fstat(descriptor).st_mode):
                raise PresetFileRefused("not_a_file", file_name=path.name)
            data = file.read(limit + 1)
    except IsADirectoryError:
        raise PresetFileRefused("not_a_file", file_name=path.name) from None
    except OSError:
        raise PresetFileRefused("unreadable", file_name=path.name) from None
    if len(data) > limit:
        raise PresetFileRefused("too_large", limit=limit, file_name=path.name)
    return data


def read_beside(config: Path, reference: str, limit: int) -> bytes | OmissionReason:
    """Return what a file holds that `config` names, or why it is not read.

    Only what lies in the config's own folder is read, links followed: a config from a stranger
    must not bring a person's other files into the window.
    """
    try:
        folder = config.resolve().parent
        path = (folder / reference).resolve()
        if not path.is_relative_to(folder) or path == folder:
            return OmissionReason.OUTSIDE
        return read_given(path, limit)
    except (OSError, ValueError, RuntimeError, PresetFileRefused):
        return OmissionReason.UNREADABLE
