"""What running a table would cost, and what is wrong with its rows, in words."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from novita_desktop.services.batches import BatchPreview
from novita_desktop.ui import formatting
from novita_desktop.ui.input_messages import input_problem
from novita_desktop.ui.widgets.price_words import price_words


def price_of(preview: BatchPreview) -> str:
    """Return what all rows that are left would cost, nothing while that cannot be told."""
    words = price_words(preview.estimate)
    if not preview.rows or not words.on_button:
        return ""
    rows = formatting.counted(preview.rows, _tr("1 row"), _tr("{n} rows"))
    return f"{rows}: {words.on_button[0]}"


def problem_of(preview: BatchPreview) -> str:
    """Return why the first faulty row cannot be sent, and how many others."""
    if preview.problem is None:
        return ""
    words = _tr("Row {n}: {problem}").format(
        n=formatting.whole(preview.number), problem=input_problem(preview.problem)
    )
    if preview.faulty_rows > 1:
        more = _tr("{n} of the first {all} rows cannot be sent; they are skipped.")
        words += "\n" + more.format(
            n=formatting.whole(preview.faulty_rows), all=formatting.whole(preview.looked_at)
        )
    return words


def _tr(text: str) -> str:
    return QCoreApplication.translate("BatchPreviewWords", text)
