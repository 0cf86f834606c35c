"""What a form would say can be read while something is still missing."""

from __future__ import annotations

from novita_desktop.domain.image_values import EXAMPLE, image_of
from novita_desktop.domain.partial_messages import partial_messages
from novita_desktop.domain.prompt_form import PromptForm
from novita_desktop.domain.requests import Message, Role
from novita_desktop.domain.variable_fields import FieldKind, VariableField


def test_what_is_missing_stands_as_its_name_in_brackets() -> None:
    form = PromptForm(
        system="Be {{ tone }} at {{ now }}",
        message="Greet {{ name }} in {{ tongue }}, {{ title }}{{ note }}",
        values={"name": "Ann", "title": ""},
        fields={
            "tone": VariableField(label="Tone of voice"),
            "tongue": VariableField(default="French"),
            "note": VariableField(is_required=False),
        },
    )
    assert partial_messages(form, {"now": "noon"}) == (
        Message(Role.SYSTEM, "Be [Tone of voice] at noon"),
        Message(Role.USER, "Greet Ann in French, [title]"),
    )


def test_values_of_another_kind_and_broken_images_do_not_hinder() -> None:
    image = VariableField(FieldKind.IMAGE)
    form = PromptForm(
        message="{{ count }} {{ old }} {{ new }} {{ gone }}",
        values={"count": "many", "old": "no image", "new": EXAMPLE},
        fields={
            "count": VariableField(FieldKind.NUMBER),
            "old": image,
            "new": image,
            "gone": image,
        },
    )
    shown = image_of(EXAMPLE)
    assert shown is not None
    assert partial_messages(form, {}) == (
        Message(Role.USER, "many [old] [image 1] [gone]", (shown,)),
    )


def test_a_broken_text_stays_as_it_was_typed() -> None:
    form = PromptForm(system="{{ tone", message="Hi {{ name }}", values={"name": "Ann"})
    assert partial_messages(form, {}) == (
        Message(Role.SYSTEM, "{{ tone"),
        Message(Role.USER, "Hi Ann"),
    )
