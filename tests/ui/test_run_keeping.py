"""Stars, notes, the bin and exports: done in the data file, then told."""

from datetime import date

import pytest
from PySide6.QtWidgets import QWidget

from novita_desktop.demo import DemoThread
from novita_desktop.domain.comparisons import Column, ComparisonPlan
from novita_desktop.domain.errors import FolderNotWritable
from novita_desktop.domain.history_search import HistoryQuery, parsed
from novita_desktop.domain.prompt_form import PromptForm
from novita_desktop.ui.pages.history.run_keeping import RunKeeping
from tests.services.stage import MODEL, request
from tests.ui.page_stage import Tools, page_stage


@pytest.fixture
def stage(qtbot, wait, theme, tmp_path):
    with (
        DemoThread(speed=0) as host,
        page_stage(Tools(qtbot, wait, theme, host), tmp_path) as built,
    ):
        yield built


@pytest.fixture
def keeping(stage, qtbot):
    owner = QWidget()
    qtbot.addWidget(owner)
    keeping = RunKeeping(stage.context, owner)
    keeping.told, keeping.owner = [], owner  # Python must not forget the owner
    for name in ("changed", "gone", "returned"):
        getattr(keeping, name).connect(lambda ids, name=name: keeping.told.append((name, ids)))
    return keeping


def some(*run_ids):
    async def found():
        return list(run_ids)

    return found


def test_what_was_done_is_told_and_kept(stage, keeping):
    run = stage.run(request("Hello")).id
    history = stage.context.workspace.history
    keeping.star(run, True)
    stage.settle()
    keeping.note(run, "Good")
    stage.settle()
    summary = stage.call(history.detail(run)).summary
    assert (summary.is_starred, summary.note) == (True, "Good")
    keeping.delete(some(run, 999))
    stage.settle()
    assert stage.call(history.count()) == 0
    keeping.restore([run])
    stage.settle()
    assert stage.call(history.count()) == 1
    assert keeping.told == [
        ("changed", [run]), ("changed", [run]), ("gone", [run]), ("returned", [run]),
    ]  # fmt: skip


def test_an_export_that_cannot_be_written_is_told(stage, keeping, tmp_path):
    stage.run(request("Hello"))
    everything = parsed("", date(2026, 11, 24))
    path = tmp_path / "no" / "runs.csv"
    stage.context.tasks.start(keeping.export_to(path, "csv", None, everything))
    stage.settle()
    (error,) = stage.errors
    assert isinstance(error, FolderNotWritable)


def test_an_export_says_what_it_leaves_out(stage, keeping, tmp_path):
    comparisons = stage.context.workspace.comparisons
    columns = (Column(1, MODEL), Column(2, MODEL))
    plan = ComparisonPlan(PromptForm(message="Hello"), columns, is_blind=True)
    started = stage.call(comparisons.start(plan))
    stage.call(comparisons.stop_all(started.id))
    open_one = stage.run(request("Seen"))
    path = tmp_path / "out.csv"
    stage.context.tasks.start(keeping.export_to(path, "csv", None, HistoryQuery()))
    stage.settle()
    assert stage.context.toast.text() == (
        "Saved 1 run as out.csv. Left out: 2 runs of blind comparisons that are not judged yet"
    )
    hidden = next(iter(started.rounds[0].cells.values())).run_id
    stage.context.tasks.start(keeping.export_to(path, "csv", [hidden, open_one.id], HistoryQuery()))
    stage.settle()
    assert stage.context.toast.text() == (
        "Saved 1 run as out.csv. Left out: 1 run of a blind comparison that is not judged yet"
    )
