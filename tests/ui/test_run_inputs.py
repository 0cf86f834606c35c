"""A request as facts: only what was sent, in the form's words."""

from novita_desktop.domain.requests import (
    FormatKind,
    Image,
    Message,
    Parameters,
    Reasoning,
    ResponseFormat,
    Role,
    RunRequest,
)
from novita_desktop.ui import formatting
from novita_desktop.ui.widgets.run_inputs import asked_message, format_name, input_facts


def facts(**changes):
    parameters = Parameters(**changes)
    request = RunRequest("a/b", (Message(Role.USER, "Hello"),), parameters)
    return {fact.name: fact.value for fact in input_facts(request)}


def test_nothing_set_is_nothing_shown():
    assert facts() == {}


def test_what_was_set_is_shown(qapp):
    shown = facts(
        temperature=1.1,
        max_tokens=16_384,
        stop=("END", "###"),
        response_format=ResponseFormat(FormatKind.JSON_OBJECT),
        reasoning=Reasoning.OFF,
        reasoning_effort="low",
    )
    assert shown == {
        "Temperature": "1.1",
        "Max tokens": formatting.whole(16_384),
        "Stop sequences": "END, ###",
        "Response format": "Any JSON",
        "Reasoning": "off",
        "Reasoning effort": "low",
    }


def test_images_and_extra_fields_are_counted_and_named():
    message = Message(Role.USER, "See", (Image("image/png", "AA=="), Image("image/png", "AA==")))
    request = RunRequest("a/b", (message,), extra={"user": "me"})
    shown = {fact.name: fact.value for fact in input_facts(request)}
    assert shown == {"Images": "2", "Extra fields": "user"}


def test_a_continued_run_shows_what_the_person_asked():
    messages = (
        Message(Role.USER, "Tell me a story"),
        Message(Role.ASSISTANT, "Once"),
        Message(Role.USER, "Go on"),
    )
    request = RunRequest("a/b", messages)
    assert asked_message(request, is_continued=True) == "Tell me a story"
    assert asked_message(request, is_continued=False) == "Go on"


def test_formats_have_words():
    assert {format_name(kind.value) for kind in FormatKind} == {"Text", "Any JSON", "JSON schema"}
