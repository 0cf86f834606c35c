"""What is said of a table's file: its encoding, its delimiter, what is left out, why it is refused."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from novita_desktop.domain.table_files import BrokenRow, InputsFileRefused
from novita_desktop.ui import formatting

BYTES_IN_MEGABYTE = 1_000_000


def encoding_words() -> dict[str, str]:
    """Return the encodings' names by Python's."""
    return {
        "utf-8": _tr("UTF-8"),
        "utf-16-le": _tr("UTF-16 (little-endian)"),
        "utf-16-be": _tr("UTF-16 (big-endian)"),
        "cp1252": _tr("Western European (Windows-1252)"),
        "cp1250": _tr("Central European (Windows-1250)"),
        "cp1251": _tr("Cyrillic (Windows-1251)"),
        "cp1253": _tr("Greek (Windows-1253)"),
        "cp1254": _tr("Turkish (Windows-1254)"),
        "cp932": _tr("Japanese (Shift JIS)"),
        "gb18030": _tr("Chinese, simplified (GB 18030)"),
        "big5": _tr("Chinese, traditional (Big5)"),
        "cp949": _tr("Korean (Windows-949)"),
    }


def delimiter_words() -> dict[str, str]:
    """Return the delimiters' names by the characters."""
    return {
        ",": _tr("Comma"),
        ";": _tr("Semicolon"),
        "\t": _tr("Tab"),
        "|": _tr("Vertical bar"),
    }


def column_words(place: int, head: str) -> str:
    """Return what a column is called: its head, else its number, from 1."""
    return head or _tr("Column {n}").format(n=formatting.whole(place + 1))


def broken_words(row: BrokenRow) -> str:
    """Return why a row is left out."""
    words = {
        "too_many_cells": _tr("Line {line} has {given} cells where the first row has {wanted}."),
        "open_quote": _tr("Line {line} begins a quotation that never ends."),
        "too_long": _tr("Line {line} has a cell that is too long to be read."),
    }[row.problem]
    return words.format(
        line=formatting.whole(row.line),
        given=formatting.whole(row.given),
        wanted=formatting.whole(row.wanted),
    )


def refusal_words(error: InputsFileRefused) -> str:
    """Return why a file cannot be taken, and what to do instead."""
    words = {
        "unreadable": _tr(
            "{file} cannot be read: it may be gone, or you may not open it. Choose another file."
        ),
        "not_a_file": _tr("{file} is a folder or a device. Choose a file."),
        "too_large": _tr("{file} is larger than {limit} MB. Open a shorter table."),
        "empty": _tr("There are no rows in {file}. Choose another file."),
        "not_text": _tr("{file} is not text. Choose a CSV or TSV file."),
        "spreadsheet": _tr(
            "{file} is in a spreadsheet program's own format. Save it there as CSV (UTF-8), then"
            " open that; or copy its cells and press Paste table."
        ),
    }[error.problem]
    limit = formatting.whole(error.limit // BYTES_IN_MEGABYTE)
    return words.format(file=error.file_name, limit=limit)


def _tr(text: str) -> str:
    return QCoreApplication.translate("InputFileWords", text)
