"""Names for saved answers; copying and saving are tested with the page."""

import pytest

from novita_desktop.domain.runs import RunDetail, RunStatus, RunSummary
from novita_desktop.ui.pages.prompt.answer_export import file_name_for, suffix_of_filter


@pytest.mark.parametrize(
    ("head", "name"),
    [
        ("Why is the sky blue?", "why-is-the-sky-blue"),
        ("../../etc/passwd", "etc-passwd"),
        ("???", "run-7"),
        ("x" * 100, "x" * 40),
    ],
)
def test_a_file_is_named_after_what_was_asked(head, name):
    summary = RunSummary(7, 1, RunStatus.SUCCEEDED, 0, "a/b", "https://host", head)
    assert file_name_for(RunDetail(summary, "{}")) == name


def test_the_chosen_kind_gives_the_suffix():
    assert suffix_of_filter("JSON (*.json)") == "json"
    assert suffix_of_filter("All files") == "md"
