"""Comparisons: what each column sends, what is shuffled, what comes back from the file."""

from __future__ import annotations

import random
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from novita_desktop.domain.comparisons import (
    MOST_CHECKS,
    MOST_COLUMNS,
    Column,
    Comparison,
    ComparisonPlan,
    Judgement,
    Round,
    Verdict,
    checks_from_saved,
    column_to_saved,
    columns_from_saved,
    form_of_column,
    next_key,
    order_of,
    plan_from_saved,
    plan_to_saved,
)
from novita_desktop.domain.prompt_form import PromptForm
from novita_desktop.domain.variable_fields import FieldKind, VariableField

FORM = PromptForm(
    system="Be kind", message="Hi {{ name }}", inputs={"temperature": "1", "seed": "7"}
)


def test_a_rounds_values_leave_the_forms_images_alone() -> None:
    fields = {"photo": VariableField(FieldKind.IMAGE)}
    form = PromptForm(values={"photo": "data:,", "name": "Ann"}, fields=fields)
    found = form_of_column(form, Column(1, "m"), {"photo": "text", "name": "Ben"})
    assert found.values == {"photo": "data:,", "name": "Ben"}


def test_a_column_sends_the_shared_form_with_its_own_model() -> None:
    form = form_of_column(FORM, Column(1, "a/b"))
    assert (form.model, form.system, form.message) == ("a/b", "Be kind", "Hi {{ name }}")
    assert form.inputs == {"temperature": "1", "seed": "7"}


def test_what_is_a_columns_own_wins_and_none_means_the_models_default() -> None:
    column = Column(1, "a/b", "Be short", {"temperature": None, "top_p": "0.5"})
    form = form_of_column(FORM, column, {"name": "Ann"})
    assert form.system == "Be short"
    assert form.inputs == {"seed": "7", "top_p": "0.5"}
    assert form.values == {"name": "Ann"}
    assert column.is_modified
    assert not Column(1, "a/b").is_modified


def test_a_rounds_names_are_hidden_until_its_verdict() -> None:
    open_round, judged = Round(1, ()), Round(2, (), judgement=Judgement(Verdict.TIE))
    blind = Comparison(1, "", 0, FORM, (), is_blind=True, rounds=(open_round, judged))
    assert blind.hides_names(1)
    assert not blind.hides_names(2)
    assert not blind.hides_names(3)
    assert not Comparison(1, "", 0, FORM, (), rounds=(open_round,)).hides_names(1)


def test_the_order_is_shuffled_only_when_nobody_is_to_know() -> None:
    columns = [Column(key, "m") for key in range(1, 9)]
    assert order_of(columns, is_blind=False) == (1, 2, 3, 4, 5, 6, 7, 8)
    orders = {order_of(columns, is_blind=True) for _ in range(20)}
    assert len(orders) > 10
    assert all(sorted(order) == list(range(1, 9)) for order in orders)


def test_a_new_key_is_no_other_columns() -> None:
    assert next_key(()) == 1
    assert next_key((Column(3, "a"), Column(1, "b"))) == 4


COLUMNS = st.lists(
    st.builds(
        Column,
        st.integers(1, 999),
        st.text(max_size=9),
        st.none() | st.text(max_size=9),
        st.dictionaries(st.text(max_size=5), st.none() | st.text(max_size=5), max_size=3),
    ),
    max_size=MOST_COLUMNS,
    unique_by=lambda column: column.key,
).map(tuple)


@given(
    COLUMNS,
    st.booleans(),
    st.none() | st.integers(1, 99),
    st.lists(st.text(max_size=9), max_size=MOST_CHECKS),
)
def test_a_plan_comes_back_as_it_was(
    columns: tuple[Column, ...], is_blind: bool, shown: int | None, checks: list[str]
) -> None:
    plan = ComparisonPlan(FORM, columns, is_blind, shown, checks=tuple(checks))
    assert plan_from_saved(plan_to_saved(plan)) == plan


def test_damaged_columns_are_left_out() -> None:
    good = column_to_saved(Column(1, "a"))
    saved = [good, good, {"key": "x", "model": "b"}, {"key": 2}, 7, {"key": 3, "model": "c"}]
    assert columns_from_saved(saved) == (Column(1, "a"), Column(3, "c"))
    many = [column_to_saved(Column(key, "a")) for key in random.sample(range(1, 99), 20)]
    assert len(columns_from_saved(many)) == MOST_COLUMNS


def test_damaged_checks_are_left_out() -> None:
    assert checks_from_saved(["valid JSON", 7, None]) == ("valid JSON",)
    assert checks_from_saved("valid JSON") == ()
    assert len(checks_from_saved(["x"] * 99)) == MOST_CHECKS


def test_values_that_no_text_uses_change_nothing_that_is_sent() -> None:
    form = replace(FORM, values={"name": "Ann"})
    columns = (Column(1, "a"), Column(2, "b", "In {{ city }}"))
    rounds = (Round(1, (), {"city": "Rome"}),)
    comparison = Comparison(1, "", 0, form, columns, rounds=rounds)
    assert comparison.sends_the_same_with([{"city": "Rome", "expected_answer": "x"}])
    assert comparison.sends_the_same_with([{"city": "Rome", "name": "Ann"}])
    assert not comparison.sends_the_same_with([{"city": "Rome", "name": "Ben"}])
    assert not comparison.sends_the_same_with([{"city": "Oslo"}])
    assert not comparison.sends_the_same_with([{"city": "Rome"}] * 2)
