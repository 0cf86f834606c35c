"""The figures under a column's answer, the best of all columns in the accent's colour."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtWidgets import QGridLayout, QLabel, QVBoxLayout, QWidget

from novita_desktop.domain.answer_facts import AnswerFacts, FactName
from novita_desktop.ui import formatting, metrics
from novita_desktop.ui.widgets.elided_label import ElidedLabel
from novita_desktop.ui.widgets.form_labels import set_look, short_help

SEPARATOR = " · "
TOKENS = "tokens"


class ColumnFacts(QWidget):
    """First word, speed, tokens and cost as figures, and the rest as one line of words."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._figures: dict[str, QLabel] = {}
        self._rest = short_help()
        self._rest.setObjectName("columnFacts")
        grid = QGridLayout()
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(metrics.SPACE_4)
        grid.setVerticalSpacing(0)
        for place, (name, words, share) in enumerate(
            (
                (FactName.FIRST_WORD.value, self.tr("First word"), 6),
                (FactName.SPEED.value, self.tr("Speed"), 5),
                (TOKENS, self.tr("Tokens"), 4),
                (FactName.COST.value, self.tr("Cost"), 7),
            )
        ):
            figure = ElidedLabel(formatting.DASH)
            figure.setProperty("type", "small")
            figure.setProperty("weight", "bold")
            figure.setObjectName(f"fact_{name}")
            grid.addWidget(short_help(words), 0, place)
            grid.addWidget(figure, 1, place)
            grid.setColumnStretch(place, share)
            self._figures[name] = figure
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(metrics.SPACE_4)
        column.addLayout(grid)
        column.addWidget(self._rest)

    def clear(self) -> None:
        """Show no figures: there is no answer, or it is not to be known whose it is."""
        for figure in self._figures.values():
            figure.setText(formatting.DASH)
        self._rest.setText("")
        self.mark_best(())

    def show_facts(self, facts: AnswerFacts) -> None:
        """Show the figures of an answer."""
        figures = {
            FactName.FIRST_WORD.value: formatting.duration(facts.first_word_ms),
            FactName.SPEED.value: self._speed_words(facts),
            TOKENS: formatting.DASH if facts.tokens is None else formatting.whole(facts.tokens),
            FactName.COST.value: formatting.cost(facts.cost),
        }
        for name, text in figures.items():
            self._figures[name].setText(text)
        self._rest.setText(SEPARATOR.join(self._rest_of(facts)))

    def show_growth(self, first_word_ms: int | None, speed: float | None, tokens: int) -> None:
        """Show what is known of an answer that still comes; its tokens are an estimate."""
        figures = {
            FactName.FIRST_WORD.value: formatting.duration(first_word_ms),
            FactName.SPEED.value: self._speed_words(AnswerFacts(tokens_per_second=speed)),
            TOKENS: f"{formatting.ABOUT} {formatting.whole(tokens)}" if tokens else formatting.DASH,
        }
        for name, text in figures.items():
            label = self._figures[name]
            if label.text() != text:
                label.setText(text)

    def mark_best(self, names: Iterable[FactName]) -> None:
        """Mark the figures that are the best of all columns."""
        best = {name.value for name in names}
        for name, figure in self._figures.items():
            set_look(figure, "tone", "accent" if name in best else "plain")
            figure.setAccessibleDescription(self.tr("best") if name in best else "")

    def _speed_words(self, facts: AnswerFacts) -> str:
        speed = facts.tokens_per_second
        if speed is None:
            return formatting.DASH
        return self.tr("{n} tok/s").format(n=formatting.whole(round(speed)))

    def _rest_of(self, facts: AnswerFacts) -> list[str]:
        parts = []
        if facts.words:
            parts.append(self.tr("{n} words").format(n=formatting.whole(facts.words)))
        if facts.words_per_second is not None:
            speed = formatting.whole(round(facts.words_per_second))
            parts.append(self.tr("{n} words/s").format(n=speed))
        if facts.reasoning_tokens:
            count = formatting.whole(facts.reasoning_tokens)
            parts.append(self.tr("{n} thinking").format(n=count))
        if facts.attempts > 1:
            count = formatting.whole(facts.attempts)
            parts.append(self.tr("{n} attempts").format(n=count))
        if facts.finish_reason:
            parts.append(self.tr("ended by: {reason}").format(reason=facts.finish_reason))
        return parts
