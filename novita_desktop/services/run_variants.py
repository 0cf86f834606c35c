"""A stored request, changed in one point: continued, with other tokens, or without a parameter.

The changes are made in the JSON that was sent, so that whatever the form does not know stays.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Final

from novita_desktop.domain.catalogue import SUGGESTED_MAX_TOKENS, Model
from novita_desktop.domain.errors import InputError
from novita_desktop.domain.json_values import (
    JsonObject,
    JsonValue,
    as_list,
    as_object,
    as_text,
    as_whole,
)
from novita_desktop.domain.requests import FormatKind, Role

CONTINUE_WORDS: Final = (
    "Continue exactly where your last message stopped. Do not repeat any of it, and begin with"
    " the very next character."
)
"""Asks for the rest of an answer. A trailing assistant message alone is continued by some of the
engines that hosts use and begun anew by others; asking in words works with every chat model."""

_REASONING: Final = ("enable_thinking", "thinking", "thinking_budget", "reasoning_effort")

_FIELDS: Final[Mapping[str, tuple[str, ...]]] = {
    "reasoning": _REASONING,
    "thinking": _REASONING,
    "enable_thinking": _REASONING,
    "function-calling": ("tools", "tool_choice"),
    "tools": ("tools", "tool_choice"),
}
"""The wire fields that go together, by the name of an input or of a model's feature."""


def body_text_of(body: Mapping[str, JsonValue]) -> str:
    """Return a body as the JSON text that is stored and sent."""
    return json.dumps(body, ensure_ascii=False, separators=(",", ":"))


def continued(body_text: str, answer: str) -> str:
    """Return the request for the rest of `answer`.

    The partial answer goes in as the assistant's message, followed by a request in words to go
    on. A response format is left out: the rest of a JSON text is no JSON by itself. With nothing
    to go on from, the request is returned as it is.
    """
    if not answer.strip():
        return body_text
    body = _decoded(body_text)
    body.pop("response_format", None)
    body["messages"] = [
        *as_list(body.get("messages")),
        {"role": Role.ASSISTANT.value, "content": answer},
        {"role": Role.USER.value, "content": CONTINUE_WORDS},
    ]
    return body_text_of(body)


def raised(body_text: str, model: Model | None) -> str:
    """Return the request with `max_tokens` doubled, up to the model's limit.

    Raises InputError for `max_tokens` if it is at the limit already.
    """
    body = _decoded(body_text)
    limit = model.output_limit if model else None
    before = as_whole(body.get("max_tokens")) or SUGGESTED_MAX_TOKENS
    after = min(before * 2, limit or before * 2)
    if after <= before:
        raise InputError("max_tokens", "out_of_range", given=str(before), high=str(limit))
    body["max_tokens"] = after
    return body_text_of(body)


def lowered(body_text: str, model: Model | None, limit: int | None) -> str:
    """Return the request with the suggested `max_tokens`, within the `limit` that the host named.

    Where that is no less than what was refused, the host chooses: the field is left out.
    """
    body = _decoded(body_text)
    refused = as_whole(body.get("max_tokens"))
    suggested = model.suggested_max_tokens if model else SUGGESTED_MAX_TOKENS
    wanted = suggested if limit is None else min(suggested, limit)
    if wanted > 0 and (refused is None or wanted < refused):
        body["max_tokens"] = wanted
    else:
        body.pop("max_tokens", None)
    return body_text_of(body)


def without(body_text: str, parameter: str) -> str:
    """Return the request without an input, named by its wire name or a model's feature.

    A JSON schema falls back to any JSON object, and that to no response format. Pictures go with
    `vision`. A name that the request does not use changes nothing.
    """
    body = _decoded(body_text)
    if parameter in {"response_format", "structured-outputs"}:
        _fall_back(body)
    elif parameter in {"vision", "images"}:
        body["messages"] = [_without_images(as_object(m)) for m in as_list(body.get("messages"))]
    else:
        for name in _FIELDS.get(parameter, (parameter,)):
            body.pop(name, None)
    return body_text_of(body)


def _fall_back(body: dict[str, JsonValue]) -> None:
    kind = as_text(as_object(body.pop("response_format", None)).get("type"))
    if kind == FormatKind.JSON_SCHEMA:
        body["response_format"] = {"type": FormatKind.JSON_OBJECT.value}


def _without_images(message: JsonObject) -> JsonObject:
    content = message.get("content")
    if not isinstance(content, list):
        return message
    texts = [as_text(as_object(part).get("text")) for part in content]
    return {**message, "content": "".join(texts)}


def _decoded(body_text: str) -> dict[str, JsonValue]:
    return dict(as_object(json.loads(body_text)))
