"""JSON Lines: objects whose keys are columns, and arrays."""

from __future__ import annotations

import io
from collections.abc import Iterable

import pytest

from novita_desktop.domain.table_refusal import TableRefused
from novita_desktop.domain.tables import MOST_COLUMNS, RowTrouble
from novita_desktop.storage.tables.json_lines import keys_of, records_of
from novita_desktop.storage.tables.table_records import TableRecord
from novita_desktop.storage.tables.text_lines import TextLine, lines_of


def lines(text: str) -> Iterable[TextLine]:
    return lines_of(io.BytesIO(text.encode()), "utf-8")


def test_columns_are_the_keys_of_the_first_lines_in_their_order() -> None:
    assert keys_of(lines('{"b":1,"a":2}\nbroken\n{"c":3,"a":4}\n')) == ("b", "a", "c")
    assert keys_of(lines('broken\n["x","y"]\n')) == ()
    many = "".join(f'{{"k{n}":1}}\n' for n in range(1_100))
    assert len(keys_of(lines(many))) == 1_000


def test_more_keys_than_a_table_has_columns_are_refused() -> None:
    wide = "{" + ",".join(f'"{n}":0' for n in range(MOST_COLUMNS + 1)) + "}"
    with pytest.raises(TableRefused, match="too_many_columns"):
        keys_of(lines(wide))


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ('"say \\"hi\\"\\n"', 'say "hi"\n'),
        ("null", ""),
        ("true", "true"),
        ("1.10", "1.10"),
        ("12345678901234567890123", "12345678901234567890123"),
        ("-1e5", "-1e5"),
        ('{ "a": [1, 2.50, "x y"] }', '{"a":[1,2.50,"x y"]}'),
        ("[ ]", "[]"),
    ],
)
def test_values_are_texts_as_they_are_written(value: str, text: str) -> None:
    assert list(records_of(lines(f'{{"k": {value}}}'), ["k"])) == [TableRecord(1, [text])]
    assert list(records_of(lines(f"[{value}]"), [])) == [TableRecord(1, [text])]


def test_broken_lines_are_listed_and_the_others_are_read() -> None:
    text = '{"a":1}\n\n{"a":\n[1]\n7\n{"b":2,"a":3}\n{"a":NaN}\n{"a":[1,}\n{}\n'
    assert list(records_of(lines(text), ["a"])) == [
        TableRecord(1, ["1"]),
        TableRecord(3, [], RowTrouble.NOT_JSON, '{"a":'),
        TableRecord(4, [], RowTrouble.OTHER_JSON, "[1]"),
        TableRecord(5, [], RowTrouble.OTHER_JSON, "7"),
        TableRecord(6, ["3"], RowTrouble.UNKNOWN_KEYS, "b"),
        TableRecord(7, [], RowTrouble.NOT_JSON, '{"a":NaN}'),
        TableRecord(8, [], RowTrouble.NOT_JSON, '{"a":[1,}'),
        TableRecord(9, [""]),
    ]


def test_an_object_among_arrays_is_listed() -> None:
    assert list(records_of(lines('["a"]\n{"a":1}\n'), [])) == [
        TableRecord(1, ["a"]),
        TableRecord(2, [], RowTrouble.OTHER_JSON, '{"a":1}'),
    ]


def test_bottomless_lists_break_their_line_alone() -> None:
    deep = "[" * 100_000 + "]" * 100_000
    found = list(records_of(lines(f'{{"a":{deep}}}\n{{"a":1}}\n'), ["a"]))
    assert [record.trouble for record in found] == [RowTrouble.NOT_JSON, None]


def test_half_a_character_is_not_json() -> None:
    found = list(records_of(lines('{"a":"\\ud800"}\n'), ["a"]))
    assert [record.trouble for record in found] == [RowTrouble.NOT_JSON]


def test_broken_bytes_break_their_line_and_are_shown() -> None:
    found = list(records_of(lines_of(io.BytesIO(b'{"a":"\xff"}\n'), "utf-8"), ["a"]))
    assert found == [TableRecord(1, ["\ufffd"], RowTrouble.UNDECODABLE)]
