"""Checks are written in the sheet, kept with the comparison, and shown under each answer."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QLabel

from novita_desktop.demo import DemoThread
from novita_desktop.ui.dialogs.comparison_checks import ComparisonChecksDialog
from novita_desktop.ui.dialogs.comparison_inputs import ComparisonInputs
from novita_desktop.ui.widgets.chip import Chip
from tests.ui.compare_stage import MODELS, compare_stage
from tests.ui.page_stage import Tools

SHORT, KIND = "at most 3 words", 'contains "fox"'


@pytest.fixture
def stage(qtbot, wait, theme, tmp_path):
    with DemoThread(speed=0) as host, compare_stage(Tools(qtbot, wait, theme, host), tmp_path) as s:
        s.fill(MODELS[0], MODELS[0])
        yield s


def chips(column):
    return [c.text() for c in column.checks.findChildren(Chip, "check") if not c.isHidden()]


def all_chips(stage):
    return sorted(tuple(chips(column)) for column in stage.columns)


def sums(stage):
    labels = [column.findChild(QLabel, "checkSum") for column in stage.columns]
    return [label.text() for label in labels if label.isVisibleTo(stage.page)]


def test_answers_are_checked_when_they_are_done_and_again_when_checks_change(stage):
    stage.tools.host.script(["text=One red fox", "text=One large blue dog"])
    stage.page._checks.change((SHORT, KIND))
    stage.run_to_end()
    expected = [
        (f"✓ {SHORT}", f"✓ {KIND}"),
        (f"✗ {SHORT} · 4 words", f"✗ {KIND}"),
    ]
    stage.until(lambda: all_chips(stage) == expected)
    stage.page._checks.change(("at most 4 words",))
    stage.until(lambda: all_chips(stage) == [("✓ at most 4 words",)] * 2)
    stage.page._checks.change(())
    assert all_chips(stage) == [(), ()]
    assert not any(column.checks.isVisibleTo(column) for column in stage.columns)


def test_the_sheet_has_what_is_kept_and_its_sentences_are_taken(stage):
    stage.page._checks.set_value((SHORT,))
    stage.page._checks.button.click()
    stage.until(lambda: stage.page.findChild(ComparisonChecksDialog))
    dialog = stage.page.findChild(ComparisonChecksDialog)
    assert [row.field.text() for row in dialog.rows] == [SHORT]
    dialog.add_row()
    dialog.rows[1].field.setText("contains fox")
    told = []
    stage.page._checks.changed.connect(lambda: told.append(True))
    dialog.accept()
    stage.until(lambda: told)
    assert stage.page.plan().checks == (SHORT, KIND)
    assert stage.page._checks.button.accessibleDescription() == "2 checks"


def test_checks_are_there_again_with_the_comparison(stage):
    stage.page._checks.change((SHORT,))
    stage.run_to_end()
    kept = stage.page._view.comparison.id
    stage.page._checks.change((SHORT, KIND))
    get = stage.page.context.workspace.comparisons.get
    call = stage.page.context.bridge.call
    stage.until(lambda: stage.tools.wait(call(get(kept))).checks == (SHORT, KIND))
    stage.page._show(None)
    stage.page._checks.set_value(())
    stage.page.show_comparison(kept)
    stage.until(lambda: stage.page._checks.value == (SHORT, KIND))
    stage.until(lambda: all(len(chips(column)) == 2 for column in stage.columns))
    plan = stage.page.context.workspace.comparisons.load_plan
    stage.page._drafts.save()
    stage.until(lambda: stage.tools.wait(call(plan())).checks == (SHORT, KIND))


def test_a_new_run_takes_the_findings_away_until_it_is_done(stage):
    stage.tools.host.script(["text=One red fox", "text=One red fox"])
    stage.page._checks.change((SHORT,))
    stage.run_to_end()
    stage.until(lambda: all_chips(stage) == [(f"✓ {SHORT}",)] * 2)
    stage.tools.host.script(["gate; gate=half; gate_after=1; text=One two three four"])
    column = stage.columns[0]
    stage.press(column, "Retry")
    stage.until(lambda: column.is_live)
    assert chips(column) == []
    stage.tools.host.release("half")
    stage.until(lambda: chips(column) == [f"✗ {SHORT} · 4 words"])


def test_the_sum_is_over_all_inputs(stage):
    stage.fill(MODELS[0], MODELS[0], message="Hi {{ name }}")
    stage.page._inputs.value = ({"name": "Ann"}, {"name": "Ben"}, {"name": "Cem"})
    stage.tools.host.play_always("text=Dear Ann")
    stage.page._checks.change(("contains the column name",))
    stage.run_to_end()
    stage.until(lambda: sums(stage) == ["All inputs: 1 of 3 checks passed"] * 2)
    stage.page._show(stage.page._view.comparison, 2)
    stage.until(lambda: all_chips(stage) == [("✗ contains the column name",)] * 2)


def test_a_blind_round_shows_nothing_that_gives_a_model_away(stage):
    stage.fill(*MODELS[:2])
    stage.page._inputs.value = ({"a": "1"}, {"a": "2"})
    stage.tools.host.play_always("text=I am DeepSeek V3.2")
    stage.page._checks.change(('contains "DeepSeek"', 'begins with "You"', SHORT))
    stage.page._blind.click()
    stage.run_to_end()
    shown = ('? contains "DeepSeek"', '✗ begins with "You"', f"✗ {SHORT} · 4 words")
    stage.until(lambda: all_chips(stage) == [shown] * 2)
    assert sums(stage) == []
    for column in stage.columns:
        for chip in column.checks.findChildren(Chip):
            told = chip.accessibleDescription() + chip.toolTip().replace(chip.text()[2:], "")
            assert "DeepSeek" not in told
    stage.until(lambda: stage.page._view.can_judge)
    stage.press(stage.columns[0], "Best")
    stage.until(
        lambda: all(chips(column)[:1] and chips(column)[0][0] == "✓" for column in stage.columns)
    )
    # Of the rounds that are not judged yet, the sums know nothing.
    assert sums(stage) == ["All inputs: 1 of 3 checks passed"] * 2


def test_the_expected_answer_has_a_column_and_is_taken_without_a_new_run(stage):
    stage.tools.host.play_always("text=One red fox")
    stage.page._checks.change(("is the expected answer",))
    stage.run_to_end()
    stage.until(lambda: all_chips(stage) == [("? is the expected answer",)] * 2)
    run_ids = [column.run_id for column in stage.columns]
    stage.page._inputs.ask()
    stage.until(lambda: stage.page.findChild(ComparisonInputs))
    dialog = stage.page.findChild(ComparisonInputs)
    assert dialog.table.horizontalHeaderItem(0).text() == "expected_answer"
    dialog.table.item(0, 0).setText("one red fox")
    dialog.accept()
    stage.until(lambda: all_chips(stage) == [("✓ is the expected answer",)] * 2)
    assert [column.run_id for column in stage.columns] == run_ids
    shown = stage.page._view.comparison
    assert shown.rounds[0].values == {"expected_answer": "one red fox"}
    assert not shown.goes_on_with(stage.page.plan(), 1)
    assert stage.page.plan().inputs == tuple(each.values for each in shown.rounds)
