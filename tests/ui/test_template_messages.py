"""Faults of templates are said in words, as python-liquid really tells them."""

from __future__ import annotations

import pytest

from novita_desktop.domain import templates
from novita_desktop.domain.errors import InputError
from novita_desktop.ui.input_messages import input_problem
from novita_desktop.ui.template_messages import template_reason

VALUES = {"name": "n", "a": "v", "b": "1"}


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("Hi {{ name", "Message has a mistake in {{ name: it does not end with }}."),
        ("{{ name | nosuch }}", "…{{ name | nosuch }}: there is no filter “nosuch”."),
        ("{% if %} x", "…{% if %}: something is missing in it."),
        ("a {% endif %}", "…{% endif %}: “endif” cannot stand there."),
        ("{% raw %} a", "…{% raw %}: its end is missing, {% endraw %}."),
        ("{{ first name }}", "…{{ first name }}: a name is one word, such as first_name."),
        ("{{ nil }}", "…{{ nil }}: “nil” cannot be a field's name: choose another."),
        ("{{ a.b }}", "…{{ a.b }}: there is no “a.b”."),
        ("{{ a | upcase: 3 }}", "…{{ a | upcase: 3 }}: the filter “upcase” is used otherwise."),
        (
            "{% if a %} x",
            "Message has a mistake in a {{ field }}: its end is missing, {% endif %}.",
        ),
        ("{{ }}", "Message has a mistake in a {{ field }}: something is missing in it."),
    ],
)
def test_a_mistake_is_said_with_its_place(qapp, text: str, sentence: str) -> None:
    with pytest.raises(InputError) as caught:
        templates.fill(text, VALUES, field="message")
    assert input_problem(caught.value) == sentence.replace("…", "Message has a mistake in ")


def test_what_is_not_known_is_said_as_it_is(qapp) -> None:
    assert template_reason("something else") == "something else"
