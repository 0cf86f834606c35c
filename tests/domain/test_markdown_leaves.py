"""Blocks that may grow: the widths and rows of tables, where paragraphs are parted."""

from novita_desktop.domain.markdown_leaves import (
    TABLE_CHARACTERS,
    TABLE_COLUMNS,
    TABLE_ROWS,
    OpenTable,
    begins_table,
    sentence_end,
)
from novita_desktop.domain.markdown_structure import Place

TABLE = OpenTable(("name", "n"), ("", "right"), ("|name|n|", "|-|-|"), apart=False)


def test_a_table_is_full_by_rows_or_by_characters():
    table = TABLE
    for _ in range(TABLE_ROWS - 1):
        table = table.with_row("|a|1|")
    assert not table.is_full
    assert table.with_row("|a|1|").is_full
    assert TABLE.with_row("|" + "a" * TABLE_CHARACTERS + "|1|").is_full


def test_a_column_is_as_wide_as_its_words_need():
    part = TABLE.with_row("|a long text of many words|1|").part(Place())
    assert part.widths[0] > 4 * part.widths[1] > 0
    assert sum(part.widths) <= 100


def test_the_rows_after_a_part_have_no_header_but_the_same_widths():
    table = TABLE.with_row("|a long text of many words|1|")
    rest = table.emptied().with_row("|b|2|").part(Place())
    assert rest.continued
    assert rest.header == ()
    assert rest.widths == table.part(Place()).widths


def test_what_begins_a_table():
    assert begins_table("|a|b|", ("", ""))
    assert not begins_table("|a|", ("", ""))
    assert not begins_table("a", ("",))
    columns = TABLE_COLUMNS + 1
    assert not begins_table("|a" * columns + "|", ("",) * columns)


def test_text_is_parted_after_a_sentence_or_else_a_word():
    assert sentence_end("One two. Three four five", 20) == len("One two. ")
    assert sentence_end("一二三四五六七。八九十一二三", 12) == 8
    assert sentence_end("one two three four", 12) == len("one two ")
    assert sentence_end("x" * 40, 12) == 12
