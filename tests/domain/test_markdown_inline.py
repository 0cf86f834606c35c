"""Inline Markdown: emphasis, code, links; whole and growing."""

import time
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from novita_desktop.domain.markdown_inline import Emphasis, Span, parse_inline

STRONG, ITALIC, CODE, STRUCK = Emphasis.STRONG, Emphasis.ITALIC, Emphasis.CODE, Emphasis.STRUCK


@pytest.mark.parametrize(
    ("text", "spans"),
    [
        ("a **b** c", [Span("a "), Span("b", STRONG), Span(" c")]),
        ("***b***", [Span("b", STRONG | ITALIC)]),
        ("**a *b* c**", [Span("a ", STRONG), Span("b", STRONG | ITALIC), Span(" c", STRONG)]),
        ("_a_ b_c_d", [Span("a", ITALIC), Span(" b_c_d")]),
        ("2 * 3 * 4", [Span("2 * 3 * 4")]),
        ("**open", [Span("**open")]),
        ("~~x~~", [Span("x", STRUCK)]),
        ("`` ` ``", [Span("`", CODE)]),
        ("`a*b*`", [Span("a*b*", CODE)]),
        ("`open", [Span("`open")]),
        (r"\*a\* \`b", [Span("*a* `b")]),
        (r"\```b", [Span("```b")]),
        ("&lt;b&gt; &nope;", [Span("<b> &nope;")]),
        ("<b>x</b>", [Span("<b>x</b>")]),
        ("[a **b**](http://x.y/(z) 'title')", [
            Span("a ", target="http://x.y/(z)"), Span("b", STRONG, "http://x.y/(z)"),
        ]),
        ("[a](<b c>)", [Span("a", target="b c")]),
        ("[a] (b) [c]", [Span("[a] (b) [c]")]),
        ("![alt](http://x/i.png)", [Span("alt", target="http://x/i.png")]),
        ("[![alt](i)](http://x)", [Span("alt", target="http://x")]),
        ("<https://x.y>", [Span("https://x.y", target="https://x.y")]),
        ("<a@b.c>", [Span("a@b.c", target="mailto:a@b.c")]),
        ("(see https://x.y/z).", [
            Span("(see "), Span("https://x.y/z", target="https://x.y/z"), Span(")."),
        ]),
        ("**https://x.y**", [Span("https://x.y", STRONG, "https://x.y")]),
        ("a  \nb\\\nc\nd", [Span("a\nb\nc\nd")]),
    ],
)  # fmt: skip
def test_spans(text, spans):
    assert list(parse_inline(text)) == spans


@pytest.mark.parametrize(
    ("text", "spans"),
    [
        ("a **b c", [Span("a "), Span("b c", STRONG)]),
        ("a **b *c", [Span("a "), Span("b ", STRONG), Span("c", STRONG | ITALIC)]),
        ("a `b c", [Span("a "), Span("b c", CODE)]),
        ("a **b*", [Span("a "), Span("b", STRONG)]),
        ("see [the page](https://nov", [Span("see the page")]),
    ],
)
def test_marks_that_wait_for_their_other_half_count_while_the_text_grows(text, spans):
    assert list(parse_inline(text, growing=True)) == spans


def test_a_control_character_written_as_entity_is_shown():
    assert parse_inline("a&#8238;b") == (Span("a\ufffdb"),)


@given(st.text(alphabet="ab *_`~[]()!<>\\&;:/\n", max_size=200))
def test_any_text_gives_spans_that_differ_from_their_neighbours(text):
    for growing in (False, True):
        spans = parse_inline(text, growing=growing)
        assert all(span.text for span in spans)
        assert all(
            (one.emphasis, one.target) != (other.emphasis, other.target)
            for one, other in pairwise(spans)
        )


@pytest.mark.parametrize(
    "unit", ["*", "[", "*a ", "**a *b ", "`a ``b ", "[a](", "![", "<a:", "_a__ ", "&amp", "](a '"]
)
def test_the_work_grows_with_the_text(unit):
    text = (unit * 4000)[:4000]
    started = time.thread_time()
    parse_inline(text)
    parse_inline(text, growing=True)
    assert time.thread_time() - started < 1.0
