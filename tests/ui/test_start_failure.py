"""The choices when the data file cannot be used."""

import asyncio
from dataclasses import dataclass
from pathlib import Path

import pytest
from PySide6.QtWidgets import QLabel, QListWidget, QPushButton

from novita_desktop.domain.errors import (
    DatabaseBusy,
    DatabaseDamaged,
    DatabaseTooNew,
    DemoUnavailable,
    DiskFull,
    FolderNotWritable,
    RunsMissing,
)
from novita_desktop.ui.start_failure import (
    LeaveDemo,
    OpenAnyway,
    Quit,
    RestoreBackup,
    StartEmpty,
    StartFailure,
    TryAgain,
)

DAY = 86_400_000_000


@dataclass
class Copy:
    path: Path
    made_at: int
    run_count: int


BACKUPS = [Copy(Path("/b/2.db"), 20_000 * DAY, 41), Copy(Path("/b/1.db"), 19_000 * DAY, 7)]


def decided(wait, error, act, backups=()):
    async def ask():
        failure = StartFailure(error, Path("/data"), backups)
        asyncio.get_running_loop().call_soon(act, failure)
        return await failure.choice()

    return wait(ask())


def press(words):
    def act(failure):
        (found,) = [b for b in failure.findChildren(QPushButton) if b.text() == words]
        found.click()

    return act


@pytest.mark.parametrize(
    ("error", "words", "choice"),
    [
        (DatabaseTooNew(path="x"), "Keep it aside and start empty", StartEmpty()),
        (DatabaseDamaged(path="x"), "Keep it aside and start empty", StartEmpty()),
        (RunsMissing(expected=900, found=3), "Open it as it is", OpenAnyway()),
        (DatabaseBusy(path="x"), "Try again", TryAgain()),
        (FolderNotWritable(path="x"), "Try again", TryAgain()),
        (DiskFull(path="x"), "Try again", TryAgain()),
        (DiskFull(path="x"), "Quit", Quit()),
        (DemoUnavailable(), "Go on without the demo", LeaveDemo()),
        (DemoUnavailable(), "Try again", TryAgain()),
    ],
)
def test_each_error_has_its_choice(wait, error, words, choice):
    assert decided(wait, error, press(words)) == choice


def test_closing_the_window_changes_nothing(wait):
    assert decided(wait, DiskFull(), lambda failure: failure.close()) == Quit()


def test_a_backup_can_be_chosen_by_its_date_and_runs(wait):
    def act(failure):
        shown = failure.findChild(QListWidget)
        assert [shown.item(row).text().rpartition("· ")[2] for row in range(2)] == [
            "41 runs",
            "7 runs",
        ]
        shown.setCurrentRow(1)
        press("Restore this backup")(failure)

    assert decided(wait, DatabaseDamaged(), act, BACKUPS) == RestoreBackup(Path("/b/1.db"))


def test_missing_runs_are_named_with_their_numbers(wait):
    def act(failure):
        texts = [label.text() for label in failure.findChildren(QLabel)]
        assert any("3 runs, and 900" in text for text in texts)
        failure.close()

    decided(wait, RunsMissing(expected=900, found=3), act)


def test_a_failed_demo_has_no_folder_to_choose(wait):
    def act(failure):
        words = {button.text() for button in failure.findChildren(QPushButton)}
        assert "Choose another folder…" not in words
        assert not any("Data folder" in label.text() for label in failure.findChildren(QLabel))
        failure.close()

    decided(wait, DemoUnavailable(), act)


def test_its_window_has_the_programs_icon(wait):
    icons = []

    def act(failure):
        icons.append(failure.windowIcon())
        press("Quit")(failure)

    decided(wait, DatabaseDamaged(path="x"), act)
    assert not icons[0].isNull()
