"""A request as text that a person reads: what is said to the model, and with which settings."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QCoreApplication

from novita_desktop.domain.request_body import request_of
from novita_desktop.domain.requests import Message, Role, RunRequest
from novita_desktop.domain.visible_text import visible_text
from novita_desktop.ui import formatting
from novita_desktop.ui.input_messages import input_name
from novita_desktop.ui.widgets.json_text_view import (
    PIECE_CHARACTERS,
    SHOWN_CHARACTERS,
    TextSection,
)
from novita_desktop.ui.widgets.run_inputs import input_facts


def read_request(body_json: str) -> RunRequest | None:
    """Return the request with this body, its texts ready to be shown; None for what is no body.

    It may take long and knows nothing of Qt: call it on a worker thread.
    """
    try:
        request = request_of(body_json)
    except ValueError:
        return None
    messages = (replace(each, text=_readable(each.text)) for each in request.messages)
    return replace(request, messages=tuple(messages))


def request_sections(request: RunRequest | None) -> list[TextSection]:
    """Return the parts of a request that was read; without a model, its messages alone."""
    if request is None:
        return []
    found = [_message_section(message) for message in request.messages if message.text]
    if images := _image_lines(request):
        found.append(TextSection(input_name("images"), images))
    if request.model:
        found.append(TextSection(_tr("Model and settings"), _setting_lines(request)))
    return found


def _message_section(message: Message) -> TextSection:
    titles = {
        Role.SYSTEM: input_name("system"),
        Role.USER: input_name("message"),
        Role.ASSISTANT: _tr("Answer so far"),
    }
    return TextSection(titles[message.role], message.text)


def _readable(text: str) -> str:
    """Return `text` with what is shown of it made visible, in slices that let the window work."""
    starts = range(0, min(len(text), SHOWN_CHARACTERS), PIECE_CHARACTERS)
    slices = [visible_text(text[start : start + PIECE_CHARACTERS]) for start in starts]
    return "".join(slices) + text[len(slices) * PIECE_CHARACTERS :]


def _image_lines(request: RunRequest) -> str:
    images = [image for message in request.messages for image in message.images]
    line = _tr("[image {n}]: {kind}, {size}")
    return "\n".join(
        line.format(
            n=formatting.whole(number),
            kind=visible_text(image.media_type),
            size=formatting.file_size(image.byte_count),
        )
        for number, image in enumerate(images, start=1)
    )


def _setting_lines(request: RunRequest) -> str:
    lines = [(input_name("model"), request.model)]
    lines += [(fact.name, fact.value) for fact in input_facts(request)]
    return visible_text("\n".join(f"{name}: {value}" for name, value in lines))


def _tr(text: str) -> str:
    return QCoreApplication.translate("RequestText", text)
