"""Tables from files: encodings, delimiters, heads, rows that are broken, and limits."""

from __future__ import annotations

import contextlib
import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from novita_desktop.domain.table_files import (
    MOST_BROKEN_LISTED,
    BrokenRow,
    InputsFileRefused,
    TableFile,
    TableOptions,
    guessed_columns,
    guessed_delimiter,
    read_table,
    values_of,
)

NAMES = ("product", "review")
CELLS = st.text(
    st.characters(codec="utf-8", exclude_characters="\0\ufeff", exclude_categories=["Cs"]),
    max_size=20,
)


def read(text: str, names=NAMES, encoding="utf-8", most=200, **said) -> TableFile:
    data = text.encode(encoding) if isinstance(text, str) else text
    return read_table(data, names, TableOptions(**said) if said else None, most=most)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_encodings_and_delimiters_are_found_out(encoding, delimiter):
    lines = [("product", "review"), ("Tür", "„gut“ ¿naja?"), ("Boot", "nass")]
    text = "\r\n".join(delimiter.join(line) for line in lines)
    table = read(text, encoding=encoding)
    assert table.head == ("product", "review")
    assert table.rows == (("Tür", "„gut“ ¿naja?"), ("Boot", "nass"))
    assert (table.delimiter, table.row_count, table.broken) == (delimiter, 2, ())


def test_what_is_no_utf8_is_what_the_system_writes_else_western():
    data = "product,review\nЛид,Джин\n".encode("cp1251")
    assert read_table(data, NAMES, most=9, local_encoding="cp1251").rows == (("Лид", "Джин"),)
    western = "product,review\nTür,déjà vu\n".encode("cp1252")
    assert read_table(western, NAMES, most=9, local_encoding="utf-8").encoding == "cp1252"
    assert read_table(western, NAMES, most=9, local_encoding="no-such").rows[0][1] == "déjà vu"


def test_a_person_says_it_better():
    table = read("a;b\nc;d\n", delimiter=",", has_head=False)
    assert table.rows == (("a;b",), ("c;d",))
    japanese = "品名,感想\n扉,良い\n".encode("cp932")
    options = TableOptions(encoding="cp932")
    assert read_table(japanese, ("感想",), options, most=9).head == ("品名", "感想")


@given(st.lists(st.lists(CELLS, min_size=3, max_size=3).filter(any), min_size=1, max_size=8))
def test_what_a_program_writes_as_csv_comes_back(rows):
    written = io.StringIO()
    csv.writer(written).writerows(rows)
    data = written.getvalue().encode()
    if not data.decode().strip():
        return
    table = read_table(data, (), TableOptions("utf-8", ",", has_head=False), most=99)
    assert [list(row) for row in table.rows] == rows
    assert table.broken == ()


@given(st.binary(max_size=300))
def test_any_bytes_are_a_table_or_are_refused(data):
    with contextlib.suppress(InputsFileRefused):
        table = read_table(data, NAMES, most=5)
        assert len(table.rows) <= 5
        assert {len(row) for row in table.rows} <= {len(table.head)}


def test_a_cell_with_lines_and_quotes_is_one_cell():
    table = read('product,review\nDoor,"It said ""hi"",\nthen fell"\n')
    assert table.rows == (("Door", 'It said "hi",\nthen fell'),)


def test_the_delimiter_may_stand_in_prose():
    lines = ["title;text\n", "A;one, two, three\n", "B;four, five\n", "C;six\n"]
    assert guessed_delimiter(lines) == ";"
    assert read('sep=;\nproduct;review\nDoor;"a;b"\n').rows == (("Door", "a;b"),)


def test_the_first_row_is_a_head_when_it_looks_like_one():
    assert read("Product,Other\n1,2\n").has_head
    assert read("name,city\nAnn,Rome\n").has_head
    assert not read("Door,3.50\nBoat,4.20\n").has_head
    assert not read("only one line,here\n").has_head
    assert not read("one column\nof words\n").has_head
    assert read("review\nof words\n").has_head
    assert read("1,2\n3,4\n", has_head=True).head == ("1", "2")


def test_broken_rows_are_listed_and_the_rest_is_read():
    text = 'product,review\nDoor,good\nBoat,bad,ugly\nLamp\n"Never closed,x\nSofa,soft\n\n'
    table = read(text)
    assert table.rows == (("Door", "good"), ("Lamp", ""), ("Sofa", "soft"))
    assert table.broken == (
        BrokenRow(3, "too_many_cells", 3, 2),
        BrokenRow(5, "open_quote"),
    )
    assert table.broken_count == 2


def test_a_cell_beyond_what_can_be_read_is_listed():
    table = read(f"product,review\nDoor,{'x' * 200_000}\nBoat,wet\n")
    assert table.rows == (("Boat", "wet"),)
    assert [(each.line, each.problem) for each in table.broken] == [(2, "too_long")]


def test_limits_are_counted_beyond():
    rows = "".join(f"{n},r\n" for n in range(500))
    table = read(f"product,review\n{rows}", most=200)
    assert (len(table.rows), table.row_count) == (200, 500)
    broken = read("product,review\n" + "a,b,c\n" * 300)
    assert (len(broken.broken), broken.broken_count) == (MOST_BROKEN_LISTED, 300)


def test_many_open_quotes_take_moments_only():
    table = read("product,review\n" + 'a,"b""\n' * 3_001)
    assert table.broken_count > 0
    assert table.row_count > 1_000


@pytest.mark.parametrize(
    ("data", "problem"),
    [
        (b"", "empty"),
        (b" \r\n ", "empty"),
        (b",,,\n,,\n", "empty"),
        (b"PK\x03\x04rest", "spreadsheet"),
        (b"\xd0\xcf\x11\xe0rest", "spreadsheet"),
        (b"abcdefghijkl\0mnopq", "not_text"),
    ],
)
def test_what_is_no_table_is_refused(data, problem):
    with pytest.raises(InputsFileRefused) as refused:
        read_table(data, NAMES, most=5)
    assert refused.value.problem == problem


def test_columns_are_guessed_by_their_names_else_by_their_order():
    head = ("ID", "Product name", "Customer Review", "review")
    assert guessed_columns(NAMES, head) == {"product": 1, "review": 3}
    assert guessed_columns(("product_name",), head) == {"product_name": 1}
    assert guessed_columns(("review", "city"), head) == {"review": 3, "city": None}
    assert guessed_columns(("a1", "b1", "c1"), ("", "")) == {"a1": 0, "b1": 1, "c1": None}


def test_values_are_taken_from_the_chosen_columns():
    table = read("x,y,z\n1,2,3\n,,5\n")
    assert values_of(table, {"a": 1, "b": None, "c": 0}) == ({"a": "2", "c": "1"},)
