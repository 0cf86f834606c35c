"""Edits a variable whose value is the text in a file."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QCoreApplication, QMimeData
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from novita_desktop.domain.given_texts import MAX_BYTES, RefusedText, TextProblem
from novita_desktop.services.given_texts import read_text
from novita_desktop.ui import formatting
from novita_desktop.ui.widgets.given_editor import EditorMeans, GivenEditor, local_files


class FileEditor(GivenEditor):
    """Takes a text file that is chosen, dropped or pasted; and text itself, dropped or pasted."""

    def __init__(self, means: EditorMeans, hint: str, parent: QWidget | None = None) -> None:
        size = formatting.file_size(MAX_BYTES)
        usual = self.tr("A text file of at most {size}").format(size=size)
        super().__init__(means, self.tr("Choose a text file"), hint or usual, parent)
        self.setToolTip(
            self.tr("A text file of at most {size}; you can also drop one, or paste text").format(
                size=size
            )
        )

    @override
    def file_filters(self) -> list[str]:
        return [
            self.tr(
                "Text files (*.txt *.md *.csv *.tsv *.json *.xml *.yaml *.html *.log *.srt *.vtt)"
            ),
            self.tr("All files (*)"),
        ]

    @override
    def takes(self, given: QMimeData) -> bool:
        return bool(local_files(given)) or given.hasText()

    @override
    def take(self, given: QMimeData) -> None:
        files = local_files(given)
        if files:
            self.take_file(files[0])
        elif text := given.text():
            self._take_text(text)

    @override
    def take_file(self, path: Path) -> None:
        self._start(self._read(path, self._begin()))

    @override
    def shown_words(self) -> str:
        size = formatting.counted(
            len(self.value()), self.tr("1 character"), self.tr("{n} characters")
        )
        return f"{self.source()} · {size}" if self.source() else size

    def _take_text(self, text: str) -> None:
        if len(text.encode("utf-8", "replace")) > MAX_BYTES:
            name = self.tr("The pasted text")
            self._say(_refusal_words(RefusedText(name, TextProblem.TOO_LARGE)), is_problem=True)
        else:
            self._give(text, "")

    async def _read(self, path: Path, generation: int) -> None:
        found = await read_text(path)
        if not self._is_awaited(generation):
            return
        if isinstance(found, RefusedText):
            self._say(_refusal_words(found), is_problem=True)
            return
        self._give(found.text, found.name)
        if found.is_guessed:
            words = self.tr(
                "{name} does not say how its letters are stored; it was read as Western European"
                " (Windows-1252). If letters are wrong, save it as UTF-8 and choose it again."
            )
            self._say(words.format(name=found.name), is_problem=False)


def _refusal_words(refused: RefusedText) -> str:
    """Return why a file is not taken, and what to do."""
    words = {
        TextProblem.UNREADABLE: _tr(
            "{name} cannot be read. Check that it exists and may be opened."
        ),
        TextProblem.NOT_A_FILE: _tr("{name} is not a file. Choose a text file."),
        TextProblem.TOO_LARGE: _tr(
            "{name} is larger than {size}. Save the part that matters as a file of its own, and"
            " choose that."
        ),
        TextProblem.EMPTY: _tr("{name} has no text in it. Choose another file."),
        TextProblem.PDF: _tr(
            "{name} is a PDF. Open it, copy its text and paste it here, or save it as plain text."
        ),
        TextProblem.DOCUMENT: _tr(
            "{name} is a document or an archive. Save it as plain text (.txt), or copy its text and"
            " paste it here."
        ),
        TextProblem.PICTURE: _tr(
            "{name} is a picture. Choose a text file; or, for pictures, set this field's kind to"
            " Image with the gear beside it."
        ),
        TextProblem.BINARY: _tr(
            "{name} is not plain text. Save it as plain text (.txt) in UTF-8, and choose that."
        ),
    }
    size = formatting.file_size(MAX_BYTES)
    return words[refused.problem].format(name=refused.name, size=size)


def _tr(text: str) -> str:
    return QCoreApplication.translate("FileEditor", text)
