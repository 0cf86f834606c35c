"""Variables are found and filled; hostile templates end quickly in a clear error."""

import resource
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from novita_desktop.domain import templates
from novita_desktop.domain.errors import InputError


def test_plain_variables():
    assert templates.fill("Hi {{ name }}, {{name}}!", {"name": "Zoë"}, field="m") == "Hi Zoë, Zoë!"


def test_filters_conditions_and_loops():
    text = '{{ n | default: "friend" | upcase }}{% if n %}!{% endif %}{% for i in (1..3) %}{{ i }}{% endfor %}'
    assert templates.fill(text, {"n": "a"}, field="m") == "A!123"


def test_variables_come_in_the_order_they_appear():
    assert templates.variables_of("{{ b }}{{ a.x }}{% if c %}{% endif %}{{ b }}") == ("b", "a", "c")
    assert templates.variables_of("no braces") == ()


def test_a_loops_own_name_is_no_variable():
    assert templates.variables_of("{% for i in rows %}{{ i }}{% endfor %}") == ("rows",)


def test_a_missing_variable_is_named_never_left_empty():
    with pytest.raises(InputError) as caught:
        templates.fill("{{ given }}{{ missing }}", {"given": "x"}, field="m")
    assert (caught.value.field, caught.value.problem) == ("variable:missing", "missing")


def test_a_broken_template_names_its_field():
    with pytest.raises(InputError) as caught:
        templates.fill("{% if %}", {}, field="system")
    assert (caught.value.field, caught.value.problem) == ("system", "bad_template")


@given(st.text() | st.text("{}%raw end'\"- "))
def test_an_escaped_text_comes_back_as_it_was(text):
    assert templates.fill(templates.escaped(text), {}, field="m") == text


def test_a_long_text_full_of_braces_can_be_escaped():
    text = "{{ x }}" * 5000
    assert templates.fill(templates.escaped(text), {}, field="m") == text


@given(st.text("{}%|ab .'\"-\n", max_size=60))
def test_any_text_is_filled_or_refused(text):
    try:
        templates.fill(text, {"a": "1"}, field="m")
    except InputError:
        return


HOSTILE = {
    "loop": "{% for i in (1..100000000) %}x{% endfor %}",
    "nested loops": "{% for i in (1..9999) %}{% for j in (1..9999) %}x{% endfor %}{% endfor %}",
    "doubling": "{% assign a = 'x' %}{% for i in (1..64) %}{% assign a = a | append: a %}{% endfor %}{{ a }}",
    "replacing": "{% assign a = 'xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx' %}{{ a"
    + " | replace: '', 'xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx'" * 8
    + " }}",
    "filling": "{{ 'x' | ljust: 100000000 }}",
    "joining": "{{ (1..100000000) | join: ',' }}",
    "sizing": "{% assign a = (1..100000000) | map: 'x' %}{{ a | size }}",
    "chained appends": "{{ a" + " | append: a" * 100_000 + " }}",
    "deep": "{% if a %}" * 5000 + "{% endif %}" * 5000,
    "wide": "{{ a }}" * 400_000,
    "huge": "x" * 900_000 + "{{ a }}" * 20_000,
    "a range that contains": "{% assign r = (1..999999999999) %}{% if r contains a %}{% endif %}",
    "a table of a range": "{% tablerow i in (1..99999999) %}{{ i }}{% endtablerow %}",
    "never closed": "{{" * 450_000,
    "never closed tags": "{%" * 450_000,
    "raw without end": "{% raw %}" * 900 + "x" * 900_000,
    "doc without end": "{% doc %}" * 900 + "x" * 900_000,
    "blanks in a mark": ("{{" + " " * 1900 + "}}") * 400,
    "long marks": ("{{ a" + ".a" * 900 + " }}") * 500,
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_template_ends_quickly_and_small(name):
    templates.fill("{{ a }}", {"a": "warm"}, field="m")
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    started = time.process_time()
    with pytest.raises(InputError):
        templates.fill(HOSTILE[name], {"a": "xxxxxxxxxxxxxxxx" * 64}, field="m")
    assert time.process_time() - started < 0.5
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 200_000


def test_a_variable_may_have_any_name():
    assert templates.fill("{{ self }}{{ args }}", {"self": "a", "args": "b"}, field="m") == "ab"


def test_a_missing_value_with_a_default_is_the_default():
    assert templates.fill("{{ a | default: 'x' }}", {}, field="m") == "x"
    with pytest.raises(InputError) as caught:
        templates.fill("{{ a | default: 'x' }}{{ b }}", {}, field="m")
    assert caught.value.field == "variable:b"


@pytest.mark.parametrize("word", ["nil", "null", "true", "false", "empty", "blank"])
@pytest.mark.parametrize("mark", ["{{ %s }}", "{{%s}}", "{{- %s -}}", "{{ %s | upcase }}"])
def test_a_variable_named_like_a_value_of_the_language_is_refused(word, mark):
    with pytest.raises(InputError) as caught:
        templates.fill(mark % word, {word: "x"}, field="m")
    assert caught.value.problem == "bad_template"
    assert word in caught.value.detail


@pytest.mark.parametrize("word", ["for", "if", "in", "with", "contains"])
def test_a_variable_named_like_a_word_of_the_language_is_refused(word):
    with pytest.raises(InputError) as caught:
        templates.fill("{{ " + word + " }}", {word: "x"}, field="m")
    assert caught.value.problem == "bad_template"


@pytest.mark.parametrize(
    "name", ["größe", "名前", "first-name", "_x", "2nd", "forloop", "emptyish"]
)
def test_names_of_any_script_are_names(name):
    assert templates.fill("{{ " + name + " }}", {name: "x"}, field="m") == "x"


def test_line_ends_stay_as_they_are():
    assert templates.fill("a\r\n{{ b }}\r", {"b": "1\r\n2\r"}, field="m") == "a\r\n1\r\n2\r\r"
    assert templates.fill(templates.escaped("{{\r\n}}"), {}, field="m") == "{{\r\n}}"


@pytest.mark.parametrize(
    ("text", "mark"),
    [
        ("{{ a }} Hi {{ b", "{{ b"),
        ("{{ a }}\n{{ a | nosuch }} {{ b }}", "{{ a | nosuch }}"),
        ("{{ a }} {{ first\n name }}", "{{ first name }}"),
        ("{{ a }} {% nosuch %}", "{% nosuch %}"),
        ("{{ a }} {% raw %} x", "{% raw %}"),
        ("{% if a %}", ""),
        ("{{ " + "a " * 100 + "}}", "{{ " + "a " * 28 + "a…"),
    ],
)
def test_the_mark_that_is_wrong_is_named(text, mark):
    with pytest.raises(InputError) as caught:
        templates.fill(text, {"a": "x", "b": "y"}, field="m")
    assert (caught.value.problem, caught.value.given) == ("bad_template", mark)


def test_what_is_wrong_with_a_template_is_said_in_one_short_line():
    with pytest.raises(InputError) as caught:
        templates.fill("{{ first name }}" + "x" * 10_000, {}, field="m")
    assert "\n" not in caught.value.detail
    assert len(caught.value.detail) < 100


@pytest.mark.parametrize(
    "text",
    [
        "{% tablerow i in (1..3) cols: nil %}{% endtablerow %}",
        "{% tablerow i in (1..3) cols: (1..2) %}{% endtablerow %}",
        "{{ ' ' | uniq: true | sort }}",
    ],
)
def test_what_the_library_trips_over_is_a_broken_template(text):
    with pytest.raises(InputError) as caught:
        templates.fill(text, {}, field="m")
    assert caught.value.problem == "bad_template"


def test_contains_is_fine_without_a_range():
    text = "{% if a contains '..' %}{{ a }}{% endif %}"
    assert templates.fill(text, {"a": "x..y"}, field="m") == "x..y"


def test_whole_marks_are_told_from_loose_braces():
    assert templates.has_whole_marks("{{ a }}")
    assert templates.has_whole_marks("x {% if a %}")
    for text in ("{{", "}} {{", "{%", "%} {%", "{{ %}", ""):
        assert not templates.has_whole_marks(text)
