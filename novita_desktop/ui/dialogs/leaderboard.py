"""The leaderboard: who won how often, how sure that is, how fast and at what cost."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QLocale, Qt, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from novita_desktop.domain.leaderboard import ENOUGH_ROUNDS, CheckTally, Standing
from novita_desktop.ui import formatting, metrics
from novita_desktop.ui.widgets.form_labels import help_label

SIZE = (980, 420)


class Leaderboard(QDialog):
    """Shows standings. `scope_chosen` has the preset's id, or None for all comparisons."""

    scope_chosen = Signal(object)

    def __init__(self, name_of: Callable[[str], str], parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Leaderboard"))
        self._name_of = name_of
        self.scope = QComboBox()
        self.scope.addItem(self.tr("All comparisons"), None)
        self.scope.currentIndexChanged.connect(
            lambda: self.scope_chosen.emit(self.scope.currentData())
        )
        self._note = help_label()
        self._note.setObjectName("leaderboardNote")
        self._note.setWordWrap(True)
        heads = self._heads()
        self.table = QTableWidget(0, len(heads), self)
        self.table.setAccessibleName(self.tr("Standings"))
        self.table.setHorizontalHeaderLabels(heads)
        self.table.setEditTriggers(QTableWidget.EditTrigger.NoEditTriggers)
        self.table.setSelectionBehavior(QTableWidget.SelectionBehavior.SelectRows)
        self.table.verticalHeader().hide()
        header = self.table.horizontalHeader()
        header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        self._build()

    def add_preset(self, preset_id: int, name: str) -> None:
        """Offer the comparisons of one preset, and choose them."""
        self.scope.addItem(self.tr("Preset “{name}”").format(name=name), preset_id)
        self.scope.setCurrentIndex(1)

    def show_standings(self, standings: Sequence[Standing]) -> None:
        """Show these, in their order."""
        self.table.setRowCount(len(standings))
        for place, standing in enumerate(standings):
            for column, text in enumerate(self._cells(standing)):
                item = QTableWidgetItem(text)
                if column:
                    item.setTextAlignment(
                        Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
                    )
                self.table.setItem(place, column, item)
        self._note.setText(self._note_on(standings))

    def _heads(self) -> list[str]:
        return [
            self.tr("Model"),
            self.tr("Rounds"),
            self.tr("Best"),
            self.tr("Ties"),
            self.tr("Win rate"),
            self.tr("95 % sure"),
            self.tr("Rating"),
            self.tr("First word"),
            self.tr("Speed"),
            self.tr("1,000 runs"),
            self.tr("Checks passed"),
        ]

    def _cells(self, standing: Standing) -> list[str]:
        name = self._name_of(standing.competitor.model)
        if standing.competitor.settings:
            name = self.tr("{model} · modified").format(model=name)
        speed = standing.tokens_per_second
        rating = standing.rating
        has_rounds = bool(standing.rounds)
        return [
            name,
            formatting.whole(standing.rounds),
            formatting.whole(standing.wins),
            formatting.whole(standing.ties),
            _percent(standing.win_rate) if has_rounds else formatting.DASH,
            self.tr("{low} to {high}").format(
                low=_percent(standing.low), high=_percent(standing.high)
            )
            if has_rounds
            else formatting.DASH,
            formatting.DASH if rating is None else formatting.whole(round(rating)),
            formatting.duration(standing.first_word_ms),
            formatting.DASH
            if speed is None
            else self.tr("{n} tok/s").format(n=formatting.whole(round(speed))),
            formatting.DASH
            if standing.thousand_units is None
            else formatting.money(standing.thousand_units),
            self._checks_words(standing.checks),
        ]

    def _checks_words(self, tally: CheckTally) -> str:
        if not tally.counted:
            return formatting.DASH
        return self.tr("{share} of {n}").format(
            share=_percent(tally.passed / tally.counted), n=formatting.whole(tally.counted)
        )

    def _note_on(self, standings: Sequence[Standing]) -> str:
        if not standings:
            return self.tr("No round is judged yet. Run a comparison and choose the best answer.")
        if max(standing.rounds for standing in standings) < ENOUGH_ROUNDS:
            words = self.tr(
                "Too few rounds to tell: at least {n} are needed before the shares mean much."
            )
            return words.format(n=formatting.whole(ENOUGH_ROUNDS))
        if all(standing.rating is None for standing in standings):
            return self.tr("Ratings come once each has won and lost often enough.")
        return ""

    def _build(self) -> None:
        row = QHBoxLayout()
        label = QLabel(self.tr("Rounds of"))
        label.setBuddy(self.scope)
        row.addWidget(label)
        row.addWidget(self.scope)
        row.addStretch(1)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.setContentsMargins(*(metrics.SPACE_16,) * 4)
        column.addLayout(row)
        column.addWidget(self.table, 1)
        column.addWidget(self._note)
        column.addWidget(buttons)
        self.resize(*map(metrics.scaled, SIZE))


def _percent(share: float) -> str:
    locale = QLocale()
    return f"{formatting.whole(round(share * 100))}{locale.percent()}"
