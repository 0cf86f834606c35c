"""The log and the reports of faults, in the data folder.

They hold times, codes and places in the source: never prompts, answers or keys.
"""

from __future__ import annotations

import faulthandler
import logging
from datetime import UTC, datetime
from logging.handlers import RotatingFileHandler
from pathlib import Path
from typing import TextIO

from novita_desktop.storage.failures import storage_errors
from novita_desktop.storage.locations import PRIVATE_FOLDER, create_private_file, log_file

LOG_BYTES = 1_000_000
LOG_COPIES = 3
REPORTS_KEPT = 10
_FORM = "%(asctime)s %(levelname)s %(name)s: %(message)s"


class DataFolderLog:
    """The log of one data folder, from `open` to `close`; also keeps what ended the process.

    A fault in C code cannot be caught: Python writes its last words into a file, which the next
    start finds with `last_crash`.
    """

    def __init__(self, folder: Path, key_filter: logging.Filter) -> None:
        self.use_folder(folder)
        self._filter = key_filter
        self._handler: RotatingFileHandler | None = None
        self._crash_file: TextIO | None = None

    def use_folder(self, folder: Path) -> None:
        """Write in another data folder from the next `open` on."""
        self.folder = log_file(folder).parent
        self._path = log_file(folder)

    def open(self) -> None:
        """Begin to write. Raises StorageError."""
        with storage_errors(self.folder):
            self.folder.mkdir(mode=PRIVATE_FOLDER, parents=True, exist_ok=True)
            create_private_file(self._path)
            handler = RotatingFileHandler(
                self._path, maxBytes=LOG_BYTES, backupCount=LOG_COPIES, encoding="utf-8"
            )
        handler.setFormatter(logging.Formatter(_FORM))
        handler.addFilter(self._filter)
        root = logging.getLogger()
        root.addHandler(handler)
        root.setLevel(logging.INFO)
        # These libraries name every request at INFO; ours says what is worth knowing.
        for name in ("httpx", "httpcore", "aiohttp", "asyncio", "qasync"):
            logging.getLogger(name).setLevel(logging.WARNING)
        self._handler = handler

    def last_crash(self) -> Path | None:
        """Return the report of how the last process died, None if it ended by itself."""
        path = self._crash_path
        with storage_errors(path):
            if not path.exists() or not path.stat().st_size:
                return None
            moment = datetime.fromtimestamp(path.stat().st_mtime, UTC)
            report = self.folder / f"crash-{moment:%Y%m%dT%H%M%SZ}.txt"
            path.replace(report)
            self._remove_old_reports()
            return report

    def watch_for_crashes(self) -> None:
        """Have Python's last words written into a file. Raises StorageError."""
        with storage_errors(self._crash_path):
            create_private_file(self._crash_path)
            self._crash_file = self._crash_path.open("w", encoding="utf-8")
        faulthandler.enable(self._crash_file)

    def keep_report(self, text: str) -> Path:
        """Write the report of a fault and return its place. Raises StorageError."""
        moment = datetime.now(UTC)
        path = self.folder / f"fault-{moment:%Y%m%dT%H%M%S%fZ}.txt"
        with storage_errors(path):
            create_private_file(path)
            path.write_text(text, encoding="utf-8")
            self._remove_old_reports()
        return path

    def close(self) -> None:
        """Write no more; an empty file tells the next start that all went well."""
        if self._crash_file is not None:
            faulthandler.disable()
            self._crash_file.close()
            self._crash_file = None
            self._crash_path.unlink(missing_ok=True)
        if self._handler is not None:
            logging.getLogger().removeHandler(self._handler)
            self._handler.close()
            self._handler = None

    @property
    def _crash_path(self) -> Path:
        return self.folder / "last-words.txt"

    def _remove_old_reports(self) -> None:
        for kind in ("crash-*.txt", "fault-*.txt"):
            for old in sorted(self.folder.glob(kind))[:-REPORTS_KEPT]:
                old.unlink(missing_ok=True)
