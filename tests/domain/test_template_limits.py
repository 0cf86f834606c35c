"""Honest templates pass under the limits; filters cannot blow a text up."""

import pytest
from liquid.exceptions import ResourceLimitError

from novita_desktop.domain import template_limits


def filled(text, /, **values):
    return template_limits.rendered(template_limits.parsed(text), values)


def test_a_whole_document_as_a_value_passes():
    document = "A line of an honest document.\n" * 50_000
    assert filled("Summarise:\n{{ doc | strip }}", doc=document).endswith("document.")


def test_a_list_of_a_thousand_lines_can_be_looped_over():
    lines = "\n".join(str(number) for number in range(1000))
    text = '{% assign lines = doc | split: "\n" %}{% for line in lines %}- {{ line }}\n{% endfor %}'
    assert filled(text, doc=lines).count("- ") == 1000


@pytest.mark.parametrize(
    "text",
    [
        "{{ a | replace: '', a | replace: '', a | replace: '', a }}",
        "{{ 'x' | date: '%999999999d' }}",
        "{{ b" + " | times: b" * 40 + " }}",
    ],
)
def test_a_filter_that_blows_up_is_stopped(text):
    with pytest.raises(ResourceLimitError):
        filled(text, a="x" * 1000, b=10**1000)


def test_other_templates_cannot_be_included():
    with pytest.raises(Exception, match="unexpected tag"):
        template_limits.parsed("{% include 'x' %}")
