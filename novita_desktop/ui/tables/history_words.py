"""What the cells of the History page say of a run, or of several that were started together."""

from __future__ import annotations

from collections.abc import Callable
from enum import IntEnum

from PySide6.QtCore import QObject

from novita_desktop.domain.runs import GroupKind, GroupSummary, ListedRuns, RunStatus, RunSummary
from novita_desktop.ui import formatting

STAR = "\u2605"


class Column(IntEnum):
    """The table's columns, in order."""

    TIME = 0
    STATUS = 1
    PRESET = 2
    MODEL = 3
    MESSAGE = 4
    TOKENS = 5
    TOOK = 6
    COST = 7
    RETRY = 8


NUMBERS = frozenset({Column.TOKENS, Column.TOOK, Column.COST})
"""The columns of figures, which stand at the right."""


class HistoryWords(QObject):
    """Puts texts in the order of `Column`; `name_of` turns a model's id into its name."""

    def __init__(self, name_of: Callable[[str], str], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._name_of = name_of

    def titles(self) -> tuple[str, ...]:
        """Return the columns' titles; that of the buttons is for the menu of columns alone."""
        return (
            self.tr("Time"),
            self.tr("Status"),
            self.tr("Preset"),
            self.tr("Model"),
            self.tr("Message"),
            self.tr("Tokens"),
            self.tr("Took"),
            self.tr("Cost"),
            self.tr("Retry"),
        )

    def cells(self, entry: ListedRuns) -> tuple[str, ...]:
        """Return the texts of a row's cells."""
        match entry:
            case RunSummary():
                return self._cells_of_run(entry)
            case GroupSummary():
                return self._cells_of_group(entry)

    def retry(self) -> str:
        """Return the word on the button of every row."""
        return self.tr("Retry")

    def hidden(self) -> str:
        """Return what stands for a model that a blind comparison hides."""
        return self.tr("Hidden until you judge")

    def model_of(self, run: RunSummary) -> str:
        """Return the name of a run's model, as far as it may be seen."""
        return self.hidden() if run.is_hidden else self._name_of(run.model)

    def group_name(self, group: GroupSummary) -> str:
        """Return what several runs that were started together are called."""
        names = {
            GroupKind.PROMPT: self.tr("Run together"),
            GroupKind.COMPARISON: self.tr("Comparison"),
            GroupKind.BATCH: self.tr("Batch"),
            GroupKind.AUTOMATION: self.tr("Automation"),
        }
        return group.group.title or names[group.group.kind]

    def run_count(self, group: GroupSummary) -> str:
        """Return how many runs a group has, and how many of them failed."""
        count, failed = group.run_count, group.count_of(RunStatus.FAILED)
        words = self.tr("1 run") if count == 1 else self.tr("{n} runs")
        words = words.format(n=formatting.whole(count))
        if failed in {0, count}:
            return words
        return self.tr("{runs}, {n} failed").format(runs=words, n=formatting.whole(failed))

    def _cells_of_run(self, run: RunSummary) -> tuple[str, ...]:
        head = run.message_head
        return (
            formatting.run_time(run.created_at),
            formatting.status(run.status),
            run.preset_name or formatting.DASH,
            self.model_of(run),
            f"{STAR} {head}" if run.is_starred else head,
            formatting.tokens(run.usage, is_estimate=run.usage_is_estimate),
            formatting.duration(run.duration_ms),
            formatting.cost(run.cost, is_over=run.status.is_over),
            self.retry(),
        )

    def _cells_of_group(self, group: GroupSummary) -> tuple[str, ...]:
        models = self.tr("{n} models").format(n=formatting.whole(len(group.models)))
        if group.is_hidden:
            models = self.hidden()
        tokens = formatting.DASH if group.tokens is None else formatting.whole(group.tokens)
        took = None
        if group.ended_at is not None and group.status.is_over:
            took = (group.ended_at - group.created_at) // 1_000
        return (
            formatting.run_time(group.created_at),
            formatting.status(group.status),
            self.group_name(group),
            self._name_of(group.models[0]) if len(group.models) == 1 else models,
            f"{self.run_count(group)} · {group.message_head}",
            f"{formatting.ABOUT} {tokens}" if group.tokens_are_estimate else tokens,
            formatting.duration(took),
            formatting.cost(group.cost, is_over=group.status.is_over),
            self.retry(),
        )
