"""Why a file cannot be read as a table, or a table not be written as such a file."""

from __future__ import annotations

from novita_desktop.domain.errors import StorageError


class TableRefused(StorageError):
    """A file is no table that can be read, or a table cannot be written there.

    `problem` is one of `unreadable`, `not_a_file`, `not_a_table`, `empty`, `damaged`, `protected`,
    `old_workbook`, `unsafe`, `too_large`, `too_many_columns`, `too_many_rows`, `no_such_sheet`,
    `bad_choice`, `unknown_format`. `limit` is the limit where there is one, in rows, columns or
    bytes. `given` is what was chosen and cannot be: a sheet, an encoding, a suffix. `detail` is
    what the system said.
    """

    code = "table_refused"

    def __init__(
        self, problem: str, *, path: str = "", limit: int = 0, given: str = "", detail: str = ""
    ) -> None:
        super().__init__(" ".join(filter(None, (problem, given, detail))), path=path)
        self.problem = problem
        self.limit = limit
        self.given = given
        self.detail = detail
