"""An answer that was cut says so."""

from dataclasses import replace

from PySide6.QtWidgets import QLabel, QPushButton

from novita_desktop.domain.costs import Usage
from novita_desktop.domain.runs import RunStatus, RunSummary
from novita_desktop.ui.widgets.cut_off_bar import CutOffBar

RUN = RunSummary(
    1, 1, RunStatus.SUCCEEDED, 0, "a/b", "https://host", "hi",
    usage=Usage(10, 120), finish_reason="length",
)  # fmt: skip


def test_only_a_cut_answer_shows_the_bar_with_its_two_ways_on(qtbot):
    bar = CutOffBar()
    qtbot.addWidget(bar)
    bar.show_run(replace(RUN, finish_reason="stop"))
    assert bar.isHidden()
    bar.show_run(replace(RUN, error_code="reasoning_used_up_tokens"))
    assert bar.isHidden()
    bar.show_run(RUN)
    assert not bar.isHidden()
    words = bar.findChild(QLabel, "cutOff").text()
    assert words == "The answer was cut off at its limit of 120 tokens."
    buttons = {b.text(): b for b in bar.findChildren(QPushButton)}
    with qtbot.waitSignal(bar.continue_pressed):
        buttons["Continue here"].click()
    with qtbot.waitSignal(bar.raise_pressed):
        buttons["Raise and rerun"].click()


def test_an_answer_that_ended_in_a_tool_call_or_a_filter_says_so_without_ways_on(qtbot):
    bar = CutOffBar()
    qtbot.addWidget(bar)
    words = bar.findChild(QLabel, "cutOff")
    for reason, part in (("tool_calls", "asks for a tool"), ("content_filter", "host's filter")):
        bar.show_run(replace(RUN, finish_reason=reason))
        assert not bar.isHidden()
        assert part in words.text()
        assert all(button.isHidden() for button in bar.findChildren(QPushButton))
    bar.show_run(RUN)
    assert not any(button.isHidden() for button in bar.findChildren(QPushButton))
