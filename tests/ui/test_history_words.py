"""What a row says of one run, and of several that were started together."""

import pytest

from novita_desktop.domain.costs import Cost
from novita_desktop.domain.requests import PresetUse
from novita_desktop.domain.runs import GroupKind, GroupSummary, RunGroup, RunStatus
from novita_desktop.ui import formatting
from novita_desktop.ui.tables.history_words import Column, HistoryWords
from tests.ui.test_history_table import summary

AT = 1_790_000_000_000_000
DONE, FAILED = RunStatus.SUCCEEDED, RunStatus.FAILED


@pytest.fixture
def words(qapp):
    return HistoryWords(str.upper)


def group(counts, kind=GroupKind.PROMPT, title="", **facts):
    return GroupSummary(RunGroup(kind, title, id=3), AT, counts, ("a/b",), "First", **facts)


def test_a_run_has_the_preset_and_the_model_by_name(words):
    cells = words.cells(summary(1, preset=PresetUse(1, 2, "Greet"), is_starred=True))
    assert cells[Column.PRESET] == "Greet"
    assert cells[Column.MODEL] == "A/B"
    assert cells[Column.MESSAGE] == "★ Message 1"
    assert len(cells) == len(Column) == len(words.titles())


@pytest.mark.parametrize(
    ("counts", "told"),
    [
        (((DONE, 1),), "1 run"),
        (((DONE, 2),), "2 runs"),
        (((FAILED, 2),), "2 runs"),
        (((DONE, 1), (FAILED, 2)), "3 runs, 2 failed"),
    ],
)
def test_a_group_counts_its_runs(words, counts, told):
    assert words.run_count(group(counts)) == told
    assert words.cells(group(counts))[Column.MESSAGE] == f"{told} · First"


def test_a_group_adds_up(words):
    cells = words.cells(
        group(
            ((DONE, 2),),
            tokens=1_500,
            tokens_are_estimate=True,
            cost=Cost(10**9),
            ended_at=AT + 2_500_000,
        )
    )
    assert cells[Column.TOKENS] == f"{formatting.ABOUT} {formatting.whole(1_500)}"
    assert cells[Column.TOOK] == formatting.duration(2_500)
    assert cells[Column.COST] == formatting.cost(Cost(10**9))
    assert cells[Column.MODEL] == "A/B"


def test_a_group_that_goes_on_took_no_time_yet(words):
    cells = words.cells(group(((RunStatus.QUEUED, 1), (DONE, 1)), ended_at=AT + 1))
    assert cells[Column.TOOK] == formatting.DASH
    assert cells[Column.STATUS] == formatting.status(RunStatus.RUNNING)


@pytest.mark.parametrize("kind", list(GroupKind))
def test_a_group_is_named_by_its_title_or_its_kind(words, kind):
    assert words.group_name(group(((DONE, 2),), kind))
    assert words.group_name(group(((DONE, 2),), kind, "Reviews")) == "Reviews"
