"""What a search means, and that nothing that can be typed is an error."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from novita_desktop.domain.history_search import (
    CostBound,
    HistoryQuery,
    SearchPlace,
    SearchWord,
    is_worth_searching,
    parsed,
    value_in,
    with_value,
)
from novita_desktop.domain.runs import RunStatus

TODAY = date(2026, 11, 24)


def query(text: str) -> HistoryQuery:
    return parsed(text, TODAY)


def test_words_and_phrases_are_looked_for_everywhere() -> None:
    assert query('hinge "snow boots" and').words == (
        SearchWord("hinge"),
        SearchWord("snow boots"),
        SearchWord("and", is_start=True),
    )


def test_only_the_word_that_is_being_typed_is_a_beginning_and_only_when_it_is_long() -> None:
    assert query("hin").words[0].is_start
    assert not query("hin ").words[0].is_start
    assert not query("hi").words[0].is_start
    assert not query('"hinge"').words[0].is_start
    assert query("über").words[0].is_start


def test_typographic_quotes_are_quotes() -> None:
    assert query("\u201csnow boots\u201d").words == (SearchWord("snow boots"),)


def test_model_and_preset_are_looked_for_in_their_own_places() -> None:
    assert query('model:glm preset:"Ten headlines"').words == (
        SearchWord("glm", SearchPlace.MODEL, is_start=True),
        SearchWord("Ten headlines", SearchPlace.PRESET, is_start=True),
    )


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("failed", {RunStatus.FAILED}),
        ("FAIL", {RunStatus.FAILED}),
        ("done", {RunStatus.SUCCEEDED}),
        ("failed,stopped", {RunStatus.FAILED, RunStatus.STOPPED}),
    ],
)
def test_statuses(text: str, expected: set[RunStatus]) -> None:
    assert query(f"status:{text}").statuses == expected


@pytest.mark.parametrize(
    ("text", "bound"),
    [
        (">0.01", CostBound(">", 100_000_000)),
        ("<=$2", CostBound("<=", 20_000_000_000)),
        ("0.5", CostBound(">=", 5_000_000_000)),
        (">999999999999", CostBound(">", 2**63 - 1)),
    ],
)
def test_costs_are_exact(text: str, bound: CostBound) -> None:
    assert query(f"cost:{text}").costs == (bound,)


def test_days() -> None:
    found = query("after:2026-11-01 before:2026-12")
    assert (found.after, found.before) == (date(2026, 11, 1), date(2026, 12, 1))
    assert query("after:yesterday").after == date(2026, 11, 23)
    assert query("after:2025 after:2026").after == date(2026, 1, 1)


def test_stars_and_the_bin() -> None:
    assert query("is:starred").is_starred
    assert query("IS:deleted").is_deleted


@pytest.mark.parametrize("part", ["status:purple", "cost:>much", "after:2026-13-40", "is:odd"])
def test_what_is_not_understood_is_named_and_narrows_nothing(part: str) -> None:
    found = query(part)
    assert found.ignored == (part,)
    assert not found.is_narrow


def test_a_prefix_without_a_value_yet_narrows_nothing() -> None:
    for name in ("model", "preset", "status", "cost", "after", "before", "is"):
        assert query(f"{name}:") == HistoryQuery()


def test_an_address_is_a_word() -> None:
    assert query("http://example.org").words == (SearchWord("http://example.org", is_start=True),)


@pytest.mark.parametrize(
    ("text", "is_worth"),
    [("", True), ("h", False), ("hi", False), ("hin", True), ("hi ", True), ("hinge h", False),
     ('"h', True), ("猫", True)],
)  # fmt: skip
def test_a_word_is_searched_for_from_its_third_letter_on(text: str, is_worth: bool) -> None:
    assert is_worth_searching(text) is is_worth


@given(st.text(alphabet=st.characters(exclude_categories=())))
def test_anything_can_be_typed(text: str) -> None:
    found = query(text)
    is_worth_searching(text)
    for word in found.words:
        assert word.text.encode()
        assert "\0" not in word.text


pieces = st.lists(
    st.one_of(
        st.sampled_from(
            ["model:", "preset:", "status:", "cost:", "after:", "before:", "is:", '"', "*", "(",
             "NEAR(", "AND", "OR", "NOT", "^", "{", "}", ":", "-", " ", "0", "9", "2026-", ">"]
        ),
        st.text(max_size=4),
    ),
    max_size=12,
).map("".join)  # fmt: skip


@given(pieces)
def test_half_typed_prefixes_never_fail(text: str) -> None:
    query(text)
    is_worth_searching(text)


@pytest.mark.parametrize(
    ("text", "name", "value", "expected"),
    [
        ("", "status", "failed", "status:failed"),
        ("hinge", "status", "failed", "status:failed hinge"),
        ("status:done hinge status:failed", "status", "stopped", "status:stopped hinge"),
        ('hinge model:"a b" door', "model", "", "hinge door"),
        ("hinge", "preset", "Ten headlines", 'preset:"Ten headlines" hinge'),
    ],
)
def test_a_filter_is_written_into_a_search(text: str, name: str, value: str, expected: str) -> None:
    changed = with_value(text, name, value)
    assert changed == expected
    assert value_in(changed, name) == value


@given(pieces, st.sampled_from(["status", "model", "is"]))
def test_a_filter_can_be_written_into_whatever_was_typed(text: str, name: str) -> None:
    assert value_in(with_value(text, name, "x"), name) == "x"
    assert value_in(with_value(text, name, ""), name) == ""


@pytest.mark.parametrize(("text", "group_id"), [("group:12", 12), ("group:", None)])
def test_a_group_is_asked_for_by_its_number(text, group_id):
    assert parsed(text, TODAY).group_id == group_id


@pytest.mark.parametrize("text", ["group:x", "group:-1", "group:" + "9" * 5_000])
def test_what_is_no_number_of_a_group_is_ignored(text):
    query = parsed(text, TODAY)
    assert query.group_id is None
    assert query.ignored == (text,)
