"""Rows of a table become forms: sources are guessed, cells are values and never templates."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from novita_desktop.domain.batches import (
    Batch,
    BatchProgress,
    BatchState,
    RowState,
    Source,
    SourceKind,
    TableOrigin,
    form_of_row,
    guessed_sources,
    problem_of_row,
    row_problem_from,
    sources_from_saved,
    sources_to_saved,
    state_after,
    targets_of,
)
from novita_desktop.domain.errors import InputError
from novita_desktop.domain.prompt_form import PromptForm, RunDefaults, resolve
from novita_desktop.domain.runs import RunStatus
from novita_desktop.domain.tables import RowProblem, RowTrouble
from novita_desktop.domain.variable_fields import VariableField

FORM = PromptForm("a/b", message="Sum up: {{ review }}", inputs={"temperature": "0.2"})


def column(name):
    return Source(SourceKind.COLUMN, name)


def batch(form=FORM, columns=("review", "product"), **sources):
    named = {name.replace("__", ":"): source for name, source in sources.items()}
    return Batch(1, "t", 0, TableOrigin("t.csv"), columns, form, named)


def test_what_a_row_can_fill():
    assert targets_of(FORM) == ("variable:review", "model", "system", "message", "temperature")


@pytest.mark.parametrize(
    ("form", "columns", "found"),
    [
        (FORM, ["Review", "other"], {"variable:review": "Review"}),
        (FORM, ["other"], {}),
        (PromptForm("a/b"), ["text"], {"message": "text"}),
        (PromptForm("a/b"), ["text", "Message"], {"message": "Message"}),
        (PromptForm("a/b"), ["text", "more"], {}),
        (FORM, ["review", "MODEL"], {"variable:review": "review", "model": "MODEL"}),
        (
            PromptForm("a/b", message="{{ first_name }}"),
            ["First name"],
            {"variable:first_name": "First name"},
        ),
    ],
)
def test_sources_are_guessed_by_name(form, columns, found):
    guessed = guessed_sources(form, columns)
    assert {target: source.text for target, source in guessed.items()} == found


@given(st.text(min_size=1).filter(str.strip))
def test_a_cell_is_sent_as_it_stands_and_is_never_a_template(cell):
    made = batch(variable__review=column("review"), system=column("product"))
    sent = resolve(form_of_row(made, [cell, cell]), None, RunDefaults())
    assert [message.text for message in sent.messages] == [cell, f"Sum up: {cell}"]


def test_columns_fill_the_message_the_model_and_parameters():
    made = batch(
        columns=("text", "which", "heat"),
        message=column("text"),
        model=column("which"),
        temperature=column("heat"),
        max_tokens=Source(SourceKind.FIXED, "50"),
    )
    sent = resolve(form_of_row(made, ["Hi {{ x }}", "c/d", "0.7"]), None, RunDefaults())
    assert (sent.model, sent.message_text) == ("c/d", "Hi {{ x }}")
    assert (sent.parameters.temperature, sent.parameters.max_tokens) == (0.7, 50)


def test_an_empty_cell_names_what_is_missing():
    made = batch(variable__review=column("review"))
    with pytest.raises(InputError) as told:
        form_of_row(made, ["  ", "x"])
    assert (told.value.field, told.value.problem) == ("variable:review", "missing")
    with pytest.raises(InputError):
        form_of_row(batch(variable__review=column("gone")), ["a", "b"])


@pytest.mark.parametrize(
    "field", [VariableField(is_required=False), VariableField(default="nothing")]
)
def test_a_field_that_may_be_empty_or_has_a_default_is_not_missing(field):
    form = PromptForm("a/b", message="Sum up: {{ review }}", fields={"review": field})
    made = batch(form, variable__review=column("review"))
    sent = resolve(form_of_row(made, ["", ""]), None, RunDefaults())
    assert sent.message_text == f"Sum up: {field.default}"


@given(
    st.builds(
        RowProblem,
        st.sampled_from(RowTrouble),
        st.integers(0, 10**6),
        st.integers(0, 10**6),
        st.text(),
    )
)
def test_what_is_wrong_with_a_row_of_a_file_is_kept(problem):
    assert row_problem_from(problem_of_row(problem)) == problem


@pytest.mark.parametrize(
    "text", ["", "message missing", "table", "table wrong 1 2 x", "table too_long a 2 x"]
)
def test_any_other_problem_is_none_of_a_file(text):
    assert row_problem_from(text) is None


def test_sources_are_kept_and_damage_is_left_out():
    sources = {"message": column("a"), "model": Source(SourceKind.FIXED, "b")}
    assert sources_from_saved(sources_to_saved(sources)) == sources
    assert sources_from_saved({"message": {"kind": "wrong"}, "model": 3}) == {}


@pytest.mark.parametrize(
    ("status", "state"),
    [
        (RunStatus.SUCCEEDED, RowState.DONE),
        (RunStatus.FAILED, RowState.FAILED),
        (RunStatus.STOPPED, RowState.STOPPED),
        (RunStatus.INTERRUPTED, RowState.STOPPED),
        (RunStatus.WAITING, RowState.RUNNING),
    ],
)
def test_a_row_follows_its_run(status, state):
    assert state_after(status) is state


def test_progress_adds_up():
    counts = {RowState.DONE: 3, RowState.FAILED: 1}
    made = BatchProgress(1, BatchState.RUNNING, counts)
    assert (made.total, made.count(RowState.DONE, RowState.SKIPPED)) == (4, 3)
