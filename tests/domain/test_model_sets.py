"""Sets of models under names: kept as text, one of a name, whatever else stands there."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from novita_desktop.domain.comparisons import MOST_COLUMNS, Column
from novita_desktop.domain.model_sets import (
    MOST_SETS,
    ModelSet,
    find_set,
    set_to_text,
    sets_of,
    with_set,
)

CHEAP = ModelSet("Cheap", (Column(1, "a"), Column(2, "b", "Be brief.", {"temperature": None})))


@given(st.text(), st.dictionaries(st.text(), st.none() | st.text(), max_size=3))
def test_own_settings_of_a_column_come_back(system, inputs):
    saved = ModelSet("Set", (Column(3, "model", system, inputs), Column(1, "other")))
    assert sets_of([set_to_text(saved)]) == (saved,)


def test_a_name_is_found_whatever_its_capitals_and_stands_for_one_set():
    assert find_set([CHEAP], "cHEAP") is CHEAP
    assert find_set([CHEAP], "cheaper") is None
    other = ModelSet("CHEAP", (Column(1, "c"),))
    last = ModelSet("Last", (Column(1, "d"),))
    assert with_set((CHEAP, last), other) == (other, last)
    assert with_set((CHEAP,), last) == (CHEAP, last)


def test_what_is_broken_empty_or_doubled_is_left_out():
    texts = [
        "not json",
        "[]",
        '{"name": 3, "columns": []}',
        set_to_text(ModelSet("Nothing", ())),
        set_to_text(ModelSet("  ", CHEAP.columns)),
        set_to_text(CHEAP),
        set_to_text(ModelSet("cheap", (Column(1, "z"),))),
    ]
    assert sets_of(texts) == (CHEAP,)


def test_there_are_bounds():
    many = [set_to_text(ModelSet(f"Set {n}", CHEAP.columns)) for n in range(MOST_SETS + 5)]
    assert len(sets_of(many)) == MOST_SETS
    wide = ModelSet("Wide", tuple(Column(n, "m") for n in range(20)))
    assert len(sets_of([set_to_text(wide)])[0].columns) == MOST_COLUMNS
