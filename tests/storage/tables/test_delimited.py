"""Cells between commas and other characters, quoted well, badly, or not at all."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from novita_desktop.domain.tables import DELIMITERS, MOST_ROW_CHARACTERS, RowTrouble
from novita_desktop.storage.tables.delimited import (
    MOST_ROW_LINES,
    delimiter_of,
    records_of,
    separator_in,
)
from novita_desktop.storage.tables.table_records import TableRecord
from novita_desktop.storage.tables.text_lines import TextLine, lines_of


def lines(text: str) -> Iterable[TextLine]:
    return lines_of(io.BytesIO(text.encode()), "utf-8")


def cells(text: str, delimiter: str = ",") -> list[list[str]]:
    return [record.cells for record in records_of(lines(text), delimiter)]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("a,b\nc,d", [["a", "b"], ["c", "d"]]),
        ("a,b\r\n\r\nc,d\r\n", [["a", "b"], ["c", "d"]]),
        ("a,b\rc,d\r", [["a", "b"], ["c", "d"]]),
        ('"a,b","say ""hi"""\n', [["a,b", 'say "hi"']]),
        ('"two\r\nlines",x\n', [["two\r\nlines", "x"]]),
        ('"three\n\nlines"\n"",""\n', [["three\n\nlines"], ["", ""]]),
        ('""\n\n""', [[""], [""]]),
        ('5" pipe,x\ny,"z"', [['5" pipe', "x"], ["y", "z"]]),
        ('"a" b,"c"x"y"\n', [["a b", 'cx"y"']]),
        (' "a",b\n', [[' "a"', "b"]]),
        (",\n", [["", ""]]),
    ],
)
def test_records_are_read_as_programs_write_them(text: str, found: list[list[str]]) -> None:
    assert cells(text) == found


def test_a_record_is_where_its_first_line_is() -> None:
    text = 'a\n\n"b\nc"\nd\n'
    assert [record.line for record in records_of(lines(text), ",")] == [1, 3, 5]


def test_a_quote_that_never_closes_breaks_its_own_line_alone() -> None:
    assert list(records_of(lines('a,b\n"c,d\ne,f\ng,h'), ",")) == [
        TableRecord(1, ["a", "b"]),
        TableRecord(2, ['"c', "d"], RowTrouble.UNCLOSED_QUOTE),
        TableRecord(3, ["e", "f"]),
        TableRecord(4, ["g", "h"]),
    ]


def test_a_quote_is_looked_for_no_further_than_a_row_may_be_long() -> None:
    many = MOST_ROW_CHARACTERS // 1_000 + 10
    text = '"open\n' + ("x" * 999 + "\n") * many + '"closed"\n'
    found = list(records_of(lines(text), ","))
    assert found[0] == TableRecord(1, ['"open'], RowTrouble.UNCLOSED_QUOTE)
    assert len(found) == many + 2
    assert found[-1].cells == ["closed"]


def test_a_quote_is_looked_for_in_no_more_lines_than_a_row_may_have() -> None:
    text = '"open\n' + "x\n" * (MOST_ROW_LINES + 1) + '"closed"\n'
    first, *others = records_of(lines(text), ",")
    assert first == TableRecord(1, ['"open'], RowTrouble.UNCLOSED_QUOTE)
    assert len(others) == MOST_ROW_LINES + 2
    whole = '"open\n' + "x\n" * (MOST_ROW_LINES - 1) + 'closed",y\n'
    assert len(cells(whole)) == 1


def test_broken_bytes_inside_quotes_break_the_row() -> None:
    data = b'"a\n\xff",b\nc,d\n'
    found = list(records_of(lines_of(io.BytesIO(data), "utf-8"), ","))
    assert found == [
        TableRecord(1, ["a\n\ufffd", "b"], RowTrouble.UNDECODABLE),
        TableRecord(3, ["c", "d"]),
    ]


def test_an_endless_line_is_a_row_that_is_too_long() -> None:
    text = "a,b\n" + "x," * (MOST_ROW_CHARACTERS // 2 + 5) + '\n"c\n",d\n'
    first, second, third = records_of(lines(text), ",")
    assert second.trouble is RowTrouble.TOO_LONG
    assert (first.cells, third.cells) == (["a", "b"], ["c\n", "d"])


CELLS = st.lists(
    st.lists(st.text(alphabet='ab",;\t|\r\n \u00e9'), min_size=2, max_size=4), max_size=6
)


@given(CELLS, st.sampled_from(DELIMITERS), st.sampled_from(["\r\n", "\n"]))
def test_what_pythons_writer_writes_is_read(
    table: list[list[str]], delimiter: str, line_end: str
) -> None:
    written = io.StringIO()
    csv.writer(written, delimiter=delimiter, lineterminator=line_end).writerows(table)
    quotes_ends = line_end == "\r\n" or not any("\r" in cell for row in table for cell in row)
    if quotes_ends:
        assert cells(written.getvalue(), delimiter) == table


@given(st.text(alphabet='a",\n'))
def test_nothing_is_lost_and_nothing_fails(text: str) -> None:
    """However quotes stand, each letter is in a cell."""
    assert "".join("".join(row) for row in cells(text)).count("a") == text.count("a")


@pytest.mark.parametrize(
    ("text", "delimiter"),
    [
        ("a,b\n1,2\n", ","),
        ("a;b\n1,5;2,5\n", ";"),
        ("a\tb, c\n1\t2\n", "\t"),
        ("a|b\n1|2\n", "|"),
        ('"x;y",b\n"1;2",3\n', ","),
        ("name;text\nJoe;well, yes, no\nAnn;no\n", ";"),
        ("sep=|\na,b|c,d\n", "|"),
        ("text\nwell, yes\nno\n", ","),
        ("one line, with a comma\nand\nothers\nwithout\n", ";"),
        ("", ","),
    ],
)
def test_the_delimiter_is_the_one_that_makes_a_table(text: str, delimiter: str) -> None:
    assert delimiter_of(lines(text)) == delimiter


def test_the_line_that_names_the_delimiter_is_no_row() -> None:
    assert cells("sep=;\r\na;b\r\n", ";") == [["a", "b"]]
    assert cells("sep=x1;b\r\n", ";") == [["sep=x1", "b"]]
    assert [separator_in(line) for line in ("sep=;\n", "sep=", 'sep="', "sep=ab", "a;b")] == [
        ";", "", "", "", "",
    ]  # fmt: skip
