"""Tables that a person opens: read from the disk and taken apart off the loop."""

from __future__ import annotations

import asyncio
import locale
from collections.abc import Sequence
from pathlib import Path

from novita_desktop.domain.preset_file_refusal import PresetFileRefused
from novita_desktop.domain.table_files import (
    MOST_BYTES,
    InputsFileRefused,
    TableFile,
    TableOptions,
    read_table,
)
from novita_desktop.storage.given_files import read_given


async def open_table(
    path: Path, names: Sequence[str], most: int, options: TableOptions | None = None
) -> TableFile:
    """Return the table in a file, with up to `most` rows.

    `names` are the variables that it is wanted for. Raises InputsFileRefused, with the file's name.
    """

    def work() -> TableFile:
        try:
            data = read_given(path, MOST_BYTES)
            return read_table(data, names, options, most=most, local_encoding=locale.getencoding())
        except PresetFileRefused as error:
            raise InputsFileRefused(error.problem, limit=error.limit, file_name=path.name) from None
        except InputsFileRefused as error:
            raise InputsFileRefused(error.problem, limit=error.limit, file_name=path.name) from None

    return await asyncio.to_thread(work)
