"""What a form would say as far as it is filled in, to be read while something is still missing."""

from __future__ import annotations

from collections.abc import Mapping

from novita_desktop.domain import templates
from novita_desktop.domain.errors import InputError
from novita_desktop.domain.image_values import image_of, images_apart
from novita_desktop.domain.prompt_form import PromptForm
from novita_desktop.domain.requests import Message, Role
from novita_desktop.domain.variable_fields import PLAIN_FIELD, FieldKind


def partial_messages(form: PromptForm, automatic: Mapping[str, str]) -> tuple[Message, ...]:
    """Return the form's messages with the names of missing values in brackets in their place.

    `automatic` holds automatic variables. A text whose template is broken stays as it was typed.
    """
    given = _given(form)
    found = images_apart(given, form.fields, len(form.images))
    fields = {name: form.fields.get(name, PLAIN_FIELD) for name in form.variables()}
    missing = {
        name: f"[{field.label or name}]" if field.is_required else ""
        for name, field in fields.items()
    }
    values = {**missing, **automatic, **found.values}

    def filled(text: str) -> str:
        try:
            return templates.fill(text, values, field="")
        except InputError:
            return text

    images = (*form.images, *found.images)
    message = Message(Role.USER, filled(form.message), images)
    system = filled(form.system)
    return (Message(Role.SYSTEM, system), message) if system.strip() else (message,)


def _given(form: PromptForm) -> dict[str, str]:
    """Return the values that are there; what is no image is none in a field for images."""
    given: dict[str, str] = {}
    for name in form.variables():
        field = form.fields.get(name, PLAIN_FIELD)
        value = form.values.get(name) or field.default
        is_broken = field.kind is FieldKind.IMAGE and image_of(value) is None
        if value and not is_broken:
            given[name] = value
    return given
