"""What a variable's field takes, and how fields are kept."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from novita_desktop.domain.errors import InputError
from novita_desktop.domain.prompt_form import PromptForm, RunDefaults, resolve
from novita_desktop.domain.variable_fields import (
    FieldKind,
    VariableField,
    completed,
    fields_from_saved,
    fields_to_saved,
)

FIELDS = st.dictionaries(
    st.text(min_size=1),
    st.builds(
        VariableField,
        kind=st.sampled_from(FieldKind),
        label=st.text(),
        hint=st.text(),
        default=st.text(),
        is_required=st.booleans(),
        choices=st.lists(st.text(min_size=1), unique=True, max_size=5).map(tuple),
    ),
)


@given(FIELDS)
def test_fields_come_back_as_they_were(fields: dict[str, VariableField]) -> None:
    assert fields_from_saved(fields_to_saved(fields)) == fields


def test_damaged_fields_are_as_usual() -> None:
    saved = {"a": 3, "b": {"kind": "spoon", "choices": ["x", 1, "", "x"], "required": "no"}}
    assert fields_from_saved(saved) == {
        "a": VariableField(),
        "b": VariableField(choices=("x",)),
    }
    assert fields_from_saved([]) == {}


def test_defaults_are_taken_and_what_may_be_empty_is_an_empty_text() -> None:
    fields = {"tone": VariableField(default="calm"), "note": VariableField(is_required=False)}
    found = completed(("tone", "note", "name"), {"name": "Ann"}, fields)
    assert found == {"tone": "calm", "note": "", "name": "Ann"}


@pytest.mark.parametrize(
    ("field", "value", "problem"),
    [
        (VariableField(FieldKind.NUMBER), "warm", "not_a_number"),
        (VariableField(FieldKind.NUMBER), "inf", "not_a_number"),
        (VariableField(FieldKind.DATE), "31.1.2026", "not_a_date"),
        (VariableField(FieldKind.CHOICE, choices=("a", "b")), "c", "bad_choice"),
    ],
)
def test_a_value_of_another_kind_names_its_field(
    field: VariableField, value: str, problem: str
) -> None:
    with pytest.raises(InputError) as caught:
        completed(("x",), {"x": value}, {"x": field})
    assert (caught.value.field, caught.value.problem) == ("variable:x", problem)
    assert caught.value.given == value


@pytest.mark.parametrize(
    ("field", "value"),
    [
        (VariableField(FieldKind.NUMBER), " 3.5 "),
        (VariableField(FieldKind.DATE), "2026-01-31"),
        (VariableField(FieldKind.CHOICE, choices=("a", "b")), "b"),
    ],
)
def test_a_value_of_its_kind_is_taken(field: VariableField, value: str) -> None:
    assert completed(("x",), {"x": value}, {"x": field}) == {"x": value}


def test_a_form_is_resolved_with_its_fields() -> None:
    form = PromptForm(
        "m",
        message="{{ a }}-{{ b }}",
        values={"a": "1"},
        fields={"b": VariableField(is_required=False)},
    )
    assert resolve(form, None, RunDefaults()).message_text == "1-"
    with pytest.raises(InputError, match="variable:a"):
        resolve(PromptForm("m", message="{{ a }}", fields=form.fields), None, RunDefaults())
