"""A file that is written in pieces and appears as a whole, or not at all."""

from __future__ import annotations

import contextlib
import os
import secrets
from pathlib import Path
from types import TracebackType
from typing import BinaryIO, Self

from novita_desktop.storage.answer_files import sync_folder
from novita_desktop.storage.failures import storage_errors


class StreamedFile:
    """Takes text for the file at `path`; `keep` puts it in its place, leaving without drops it.

    Every method may wait for the disk, and raises FolderNotWritable, DiskFull or StorageError.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._target = path
        self._partial = path
        self._file: BinaryIO | None = None

    def __enter__(self) -> Self:
        """Begin an empty file beside the one that it will replace."""
        with storage_errors(self._path):
            self._target = self._path.resolve()
            mode = self._target.stat().st_mode & 0o777 if self._target.exists() else 0o666
            name = f".{self._target.name[:100]}.{secrets.token_hex(4)}.part"
            self._partial = self._target.with_name(name)
            # O_EXCL: never write through a file or link that somebody else put there.
            flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
            self._file = os.fdopen(os.open(self._partial, flags, mode), "wb")
        return self

    def write(self, text: str) -> None:
        """Add text, as UTF-8; half a surrogate pair becomes "?"."""
        file = self.binary
        with storage_errors(self._path):
            file.write(text.encode("utf-8", "replace"))

    @property
    def binary(self) -> BinaryIO:
        """The open file, for what is not text; its errors are those of the system."""
        if self._file is None:
            raise ValueError("the file is not open")
        return self._file

    def keep(self) -> None:
        """Put what was written in place of what was there."""
        file = self.binary
        with storage_errors(self._path):
            file.flush()
            os.fsync(file.fileno())
            file.close()
            self._file = None
            self._partial.replace(self._target)
            sync_folder(self._target.parent)

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Drop what was not kept."""
        if self._file is not None:
            # A full disk fails once more, on what was waiting to be written.
            with contextlib.suppress(OSError):
                self._file.close()
            self._file = None
            self._partial.unlink(missing_ok=True)
