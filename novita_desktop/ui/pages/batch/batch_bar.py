"""How far a batch is: rows, pace, time left and money, with a bar."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QLocale
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QProgressBar, QVBoxLayout, QWidget

from novita_desktop.domain.batches import BatchProgress, BatchState, PauseReason, RowState
from novita_desktop.ui import formatting, metrics
from novita_desktop.ui.tables.batch_words import BatchWords

BAR_HEIGHT = 6
BAR_STEPS = 1_000


class BatchBar(QWidget):
    """Says how far a batch is; `shown` chooses which rows are listed."""

    def __init__(self, words: BatchWords, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words = words
        self._status = QLabel()
        self._status.setObjectName("batchStatus")
        self._status.setWordWrap(True)
        self._bar = QProgressBar()
        self._bar.setRange(0, BAR_STEPS)
        self._bar.setTextVisible(False)
        self._bar.setFixedHeight(BAR_HEIGHT)
        self._bar.setAccessibleName(self.tr("Progress"))
        self.shown = QComboBox()
        self.shown.setAccessibleName(self.tr("Rows to show"))
        self.shown.addItem(self.tr("All rows"), None)
        for state in (RowState.DONE, RowState.FAILED, RowState.SKIPPED, RowState.STOPPED):
            self.shown.addItem(words.state(state), state)
        line = QHBoxLayout()
        line.addWidget(self._status, 1)
        line.addWidget(self.shown)
        column = QVBoxLayout(self)
        column.setContentsMargins(
            metrics.PAGE_MARGIN, metrics.SPACE_8, metrics.PAGE_MARGIN, metrics.SPACE_8
        )
        column.setSpacing(metrics.SPACE_8)
        column.addLayout(line)
        column.addWidget(self._bar)

    def text(self) -> str:
        """Return what the bar says."""
        return self._status.text()

    def show_progress(self, progress: BatchProgress) -> None:
        """Show how far a batch is."""
        over = progress.count(RowState.DONE, RowState.FAILED, RowState.SKIPPED)
        total = progress.total
        self._bar.setValue(round(BAR_STEPS * over / total) if total else 0)
        parts = [
            self.tr("{done} of {all} done").format(
                done=formatting.whole(progress.count(RowState.DONE)), all=formatting.whole(total)
            )
        ]
        for state, words in (
            (RowState.FAILED, self.tr("{n} failed")),
            (RowState.SKIPPED, self.tr("{n} skipped")),
            (RowState.RUNNING, self.tr("{n} at once")),
        ):
            if count := progress.count(state):
                parts.append(words.format(n=formatting.whole(count)))
        if progress.rows_per_second is not None:
            parts.append(_pace(progress.rows_per_second))
        if progress.seconds_left is not None:
            words = self.tr("about {time} left")
            parts.append(
                words.format(time=formatting.duration(round(progress.seconds_left) * 1000))
            )
        if progress.cost is not None:
            parts.append(formatting.cost(progress.cost))
        if reason := self._reason(progress):
            parts.append(reason)
        self._status.setText(" · ".join(parts))

    def _reason(self, progress: BatchProgress) -> str:
        if progress.state is not BatchState.PAUSED:
            return ""
        match progress.pause_reason:
            case PauseReason.TRIED:
                return self.tr("tried; Resume sends the other rows")
            case PauseReason.LIMIT:
                return self.tr("paused: today's limit is reached; Resume goes on all the same")
            case PauseReason.NOT_CONNECTED:
                return self.tr("paused: connect first, then press Resume")
            case PauseReason.REFUSED:
                return self.tr("paused: the host takes nothing from this account")
            case PauseReason.NOT_STORED:
                return self.tr("paused: results cannot be stored; make room, then press Resume")
            case PauseReason.ENDED:
                return self.tr("paused when the program ended; Resume goes on")
            case _:
                return self.tr("paused")


def _pace(rows_per_second: float) -> str:
    number = QLocale().toString(rows_per_second, "f", 0 if rows_per_second >= 10 else 1)
    return QCoreApplication.translate("BatchBar", "{n} rows/s").format(n=number)
