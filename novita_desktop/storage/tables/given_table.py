"""Opens the file of a table without trusting it, and puts into words what goes wrong with it."""

from __future__ import annotations

import os
import stat
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO
from xml.parsers import expat

from novita_desktop.domain.records import record
from novita_desktop.domain.table_refusal import TableRefused

_FLAGS = os.O_RDONLY | getattr(os, "O_BINARY", 0) | getattr(os, "O_NONBLOCK", 0)


@record(frozen=True, slots=True)
class GivenTable:
    """An open file: its bytes, its size, and when it was last changed in unix microseconds."""

    path: Path
    file: BinaryIO
    size_bytes: int
    modified_at: int


@contextmanager
def given_table(path: Path) -> Iterator[GivenTable]:
    """Open the file at `path` for the block.

    Whatever the file does to its readers in the block is raised as TableRefused: `unreadable`,
    `not_a_file`, `damaged` or `protected`.
    """
    with _table_errors(path):
        try:
            # Without O_NONBLOCK, opening a pipe that nobody writes to would wait for ever.
            descriptor = os.open(path, _FLAGS)
        except ValueError as error:
            raise TableRefused("unreadable", path=str(path), detail=str(error)) from None
        except PermissionError:
            if path.is_dir():  # which Windows does not open at all
                raise TableRefused("not_a_file", path=str(path)) from None
            raise
        with os.fdopen(descriptor, "rb") as file:
            about = os.fstat(descriptor)
            if not stat.S_ISREG(about.st_mode):
                raise TableRefused("not_a_file", path=str(path))
            yield GivenTable(path, file, about.st_size, about.st_mtime_ns // 1000)


@contextmanager
def _table_errors(path: Path) -> Iterator[None]:
    try:
        yield
    except TableRefused as refused:
        refused.path = refused.path or str(path)
        raise
    except IsADirectoryError:
        raise TableRefused("not_a_file", path=str(path)) from None
    except OSError as error:
        raise TableRefused("unreadable", path=str(path), detail=str(error)) from error
    except (zipfile.BadZipFile, zlib.error, expat.ExpatError, EOFError, KeyError) as error:
        raise TableRefused("damaged", path=str(path), detail=str(error)) from error
    except (NotImplementedError, RuntimeError) as error:
        # What zipfile says of a compression that it does not know, and of a password.
        raise TableRefused("protected", path=str(path), detail=str(error)) from error
