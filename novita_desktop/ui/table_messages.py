"""Why a table or one of its rows cannot be used, in a sentence that says what to do."""

from __future__ import annotations

from pathlib import PurePath

from PySide6.QtCore import QCoreApplication

from novita_desktop.domain.table_refusal import TableRefused
from novita_desktop.domain.tables import MOST_ROW_CHARACTERS, RowProblem, RowTrouble
from novita_desktop.domain.visible_text import visible_text
from novita_desktop.ui import formatting

_UNWRITABLE = frozenset({"unknown_format", "too_many_rows"})


def table_title(error: TableRefused) -> str:
    """Return which file cannot be used as a table."""
    name = visible_text(PurePath(error.path).name)
    if not name:
        return _tr("This table cannot be used")
    if error.problem in _UNWRITABLE:
        return _tr("{file} cannot be written").format(file=name)
    return _tr("{file} cannot be read as a table").format(file=name)


def table_problem(error: TableRefused) -> str:
    """Return the reason and what to do about it, such as "It is empty."."""
    words = {**_file_words(), **_content_words()}.get(error.problem)
    if words is None:
        words = _tr("Something in it is not as it should be.")
    return words.format(limit=formatting.whole(error.limit), given=visible_text(error.given))


def row_problem(problem: RowProblem) -> str:
    """Return what is wrong with a row, with its line in a text file."""
    words = _row_words()[problem.trouble].format(
        found=formatting.whole(problem.found),
        limit=formatting.whole(MOST_ROW_CHARACTERS),
        detail=visible_text(problem.detail),
    )
    if not problem.line:
        return words
    return _tr("Line {line}: {problem}").format(line=formatting.whole(problem.line), problem=words)


def _file_words() -> dict[str, str]:
    return {
        "unreadable": _tr("It may be gone, or you may not open it."),
        "not_a_file": _tr("It is no file that can be read, but a folder or a device."),
        "empty": _tr("There is nothing in it."),
        "damaged": _tr("It is damaged. Save it again in the program that wrote it."),
        "protected": _tr("It has a password. Save it without one, or as CSV."),
        "old_workbook": _tr(
            "It is a workbook of Excel 2003 or earlier, or has a password. Save it as .xlsx without"
            " one."
        ),
        "unsafe": _tr(
            "It is made to fill this computer's memory or to read other files. Do not use it."
        ),
        "too_large": _tr("It is larger than {limit} bytes. Save the table as CSV instead."),
        "unknown_format": _tr("Choose a name that ends in .csv, .xlsx or .jsonl."),
    }


def _content_words() -> dict[str, str]:
    return {
        "not_a_table": _tr(
            "It is no table of a kind that can be read: CSV, TSV, XLSX, ODS or JSON Lines."
        ),
        "too_many_columns": _tr("It has more than {limit} columns. Leave out those not needed."),
        "too_many_rows": _tr("It has more than {limit} rows. Use a .csv file instead."),
        "no_such_sheet": _tr("It has no sheet “{given}”. Choose another sheet."),
        "bad_choice": _tr("“{given}” cannot be used to read it. Choose something else."),
    }


def _row_words() -> dict[RowTrouble, str]:
    return {
        RowTrouble.TOO_MANY_CELLS: _tr("{found} cells, which is more than there are columns."),
        RowTrouble.UNDECODABLE: _tr("Characters that the chosen encoding does not have."),
        RowTrouble.NUL_CHARACTERS: _tr("Characters that no text has (NUL)."),
        RowTrouble.TOO_LONG: _tr("Longer than {limit} characters."),
        RowTrouble.UNCLOSED_QUOTE: _tr("A quote begins and does not end."),
        RowTrouble.NOT_JSON: _tr("No JSON: {detail}"),
        RowTrouble.OTHER_JSON: _tr("Other JSON than on the first line: {detail}"),
        RowTrouble.UNKNOWN_KEYS: _tr("Names that no column has: {detail}"),
    }


def _tr(text: str) -> str:
    return QCoreApplication.translate("TableMessages", text)
