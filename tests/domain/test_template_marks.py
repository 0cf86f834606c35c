"""A template's marks are found in one pass, and busy or broken ones are refused."""

import pytest

from novita_desktop.domain import template_marks
from novita_desktop.domain.template_marks import TemplateBroken, TemplateTooLarge, count_of


def test_marks_are_counted():
    assert count_of("no marks } %}") == 0
    assert count_of("{{ a }} {% if b %}{{ c }}{% endif %}") == 4


def test_what_stands_in_raw_is_no_mark():
    assert count_of("{% raw %}{{ {{ {% {% endraw %}{{ a }}") == 2


@pytest.mark.parametrize(
    "text",
    [
        "x" * 1_000_001,
        "{{a}}" * 1001,
        "{{" + "a" * 2000 + "}}",
        "{% if a %}" * 25,
        "{{ " + " " * 101 + "a }}",
        ("{{" + "a" * 1000 + "}}") * 101,
    ],
)
def test_too_large_too_busy_too_deep(text):
    with pytest.raises(TemplateTooLarge):
        count_of(text)


@pytest.mark.parametrize(
    "text", ["{{ a", "{% if", "{% raw %}{{ a }}", "{%- doc -%}", "{{ empty }}", "{{nil|upcase}}"]
)
def test_what_is_broken(text):
    with pytest.raises(TemplateBroken):
        count_of(text)


def test_nesting_ends_where_a_tag_is_closed():
    assert count_of("{% if a %}{% endif %}" * 100) == 200
    assert count_of("{% if a %}" * template_marks.MAX_NESTING) == 24
