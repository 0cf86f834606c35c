"""The line under every answer: tokens, money, charged or not, and the host's id."""

from __future__ import annotations

import re

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QWidget

from novita_desktop.domain.runs import RunDetail, RunSummary
from novita_desktop.ui import formatting
from novita_desktop.ui.widgets.elided_label import ElidedLabel

SEPARATOR = " · "


class Receipt(QWidget):
    """Shows what a run used and cost; estimated figures are marked."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words = QLabel()
        self._words.setObjectName("receipt")
        self._words.setWordWrap(True)
        self._words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._id = ElidedLabel()
        self._id.setObjectName("responseId")
        self._id.setProperty("face", "mono")
        self._id.setProperty("tone", "muted")
        self._id.setAlignment(Qt.AlignmentFlag.AlignRight)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self._words, 4)
        row.addWidget(self._id, 1)

    def clear(self) -> None:
        """Show nothing."""
        self._words.clear()
        self._id.clear()

    def show_run(self, detail: RunDetail) -> None:
        """Show the receipt of a run that is over."""
        self._words.setText(self.words_for(detail.summary))
        self._id.setText(response_id(detail.raw_response))

    def words_for(self, summary: RunSummary) -> str:
        """Return the receipt of `summary` as one line."""
        parts: list[str] = []
        usage, about = summary.usage, summary.usage_is_estimate
        if usage is not None:
            parts.append(self.tr("In {n}").format(n=_count(usage.prompt, about)))
            out = self.tr("Out {n}").format(n=_count(usage.completion, about))
            if usage.reasoning:
                out += " " + self.tr("({n} thinking)").format(n=formatting.whole(usage.reasoning))
            parts.append(out)
            if usage.cached:
                parts.append(self.tr("Cached {n}").format(n=formatting.whole(usage.cached)))
        if summary.cost is not None:
            parts.append(self.tr("Cost {money}").format(money=formatting.cost(summary.cost)))
        elif usage is not None:
            parts.append(self.tr("Cost unknown"))
        parts.append(self._charged_words(summary))
        if summary.is_private:
            parts.append(self.tr("private, not kept"))
        return SEPARATOR.join(part for part in parts if part)

    def _charged_words(self, summary: RunSummary) -> str:
        if summary.charged is None:
            return self.tr("perhaps charged")
        if not summary.charged:
            return self.tr("not charged")
        return self.tr("charged")


def _count(tokens: int, is_estimate: bool) -> str:  # noqa: FBT001  # one private word
    number = formatting.whole(tokens)
    return f"{formatting.ABOUT} {number}" if is_estimate else number


_ID = re.compile(r'"id":\s*"((?:[^"\\]|\\.){1,200})"')
_HEAD_CHARACTERS = 400


def response_id(raw_response: str) -> str:
    """Return the host's id of an answer, empty when there is none.

    It is one of the first fields: a long answer is not decoded on the window's thread.
    """
    found = _ID.search(raw_response[:_HEAD_CHARACTERS])
    return found.group(1) if found else ""
