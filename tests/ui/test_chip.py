"""Chips: their words and colours."""

import pytest

from novita_desktop.domain.runs import RunStatus
from novita_desktop.ui.widgets.chip import STATUS_KINDS, Chip, StatusChip

WORDS = {
    RunStatus.QUEUED: "Queued",
    RunStatus.WAITING: "Waiting",
    RunStatus.RUNNING: "Running",
    RunStatus.SUCCEEDED: "Done",
    RunStatus.FAILED: "Failed",
    RunStatus.STOPPED: "Stopped",
    RunStatus.INTERRUPTED: "Interrupted",
}


@pytest.mark.parametrize("status", list(RunStatus))
def test_a_status_is_a_word_and_a_color(qtbot, theme, status):
    chip = StatusChip()
    qtbot.addWidget(chip)
    chip.set_status(status)
    assert chip.text() == WORDS[status]
    assert chip.property("chip") == STATUS_KINDS[status]


def test_another_kind_changes_the_color_at_once(qtbot, theme):
    chip = Chip("Status", "info")
    qtbot.addWidget(chip)
    chip.show()
    middle = chip.rect().center()
    middle.setY(2)
    assert chip.grab().toImage().pixelColor(middle) == theme.color("info_soft")
    chip.set_kind("danger")
    assert chip.grab().toImage().pixelColor(middle) == theme.color("danger_soft")


def test_a_chip_is_not_markup_and_has_no_name_of_its_own(qtbot):
    chip = Chip("<b>JSON</b>")
    qtbot.addWidget(chip)
    assert chip.text() == "<b>JSON</b>"
    assert chip.textFormat() == chip.textFormat().PlainText
    assert chip.accessibleName() == ""
