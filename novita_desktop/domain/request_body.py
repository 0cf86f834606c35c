"""The exact JSON of a request, to Novita's rules, and the way back from it.

The text that `body_text` returns is stored with the run and sent as it is, so that a retry
repeats the request byte for byte. Field names: novita/api.md sections 2.1, 2.2, 3 and 10.1.
"""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Final

from novita_desktop.domain.json_values import (
    JsonObject,
    JsonValue,
    as_list,
    as_object,
    as_text,
    as_whole,
)
from novita_desktop.domain.requests import (
    FormatKind,
    Message,
    Parameters,
    Reasoning,
    ResponseFormat,
    Role,
    RunRequest,
    image_in,
)

_PLAIN_FIELDS: Final = (
    "temperature",
    "top_p",
    "max_tokens",
    "seed",
    "frequency_penalty",
    "presence_penalty",
    "repetition_penalty",
    "top_k",
    "min_p",
)
_WHOLE_FIELDS: Final = frozenset({"max_tokens", "seed", "top_k"})
_FORM_FIELDS: Final = frozenset((*_PLAIN_FIELDS, "stop", "response_format", "reasoning_effort"))
_LARGEST_NUMBER: Final = 1e300


def body_of(request: RunRequest) -> dict[str, JsonValue]:
    """Return the JSON object that is sent for `request`, always streamed."""
    parameters = request.parameters
    body: dict[str, JsonValue] = {
        "model": request.model,
        "messages": [_message_of(message) for message in request.messages],
        "stream": True,
        "stream_options": {"include_usage": True},
    }
    for name in _PLAIN_FIELDS:
        value = getattr(parameters, name)
        if value is not None:
            body[name] = value
    if parameters.stop:
        body["stop"] = list(parameters.stop)
    if parameters.response_format is not None:
        body["response_format"] = _format_of(parameters.response_format)
    body.update(reasoning_fields(request.model, parameters.reasoning, parameters.reasoning_effort))
    body.update(request.extra)
    return body


def body_text(request: RunRequest) -> str:
    """Return the body as the JSON text that is stored and sent."""
    text = json.dumps(body_of(request), ensure_ascii=False, separators=(",", ":"))
    # Half of a surrogate pair, which a pasted text can hold, can be neither stored nor sent.
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def reasoning_fields(
    model_id: str, reasoning: Reasoning | None, effort: str | None
) -> dict[str, JsonValue]:
    """Return the fields that switch reasoning for this model (novita/api.md section 10.1).

    Nothing is sent that was not set. Which switch a model knows is not in the catalogue: older
    GLM and DeepSeek models take `enable_thinking`, gpt-oss only an effort, all others `thinking`.
    """
    fields: dict[str, JsonValue] = {}
    name = model_id.lower()
    if reasoning is not None and "gpt-oss" not in name:
        is_on = reasoning is Reasoning.ON
        if any(part in name for part in ("glm-4.5", "deepseek-v3.1", "deepseek-v3.2")):
            fields["enable_thinking"] = is_on
        else:
            fields["thinking"] = {"type": "enabled" if is_on else "disabled"}
    if effort:
        fields["reasoning_effort"] = effort
    return fields


def _message_of(message: Message) -> JsonObject:
    if not message.images:
        return {"role": message.role.value, "content": message.text}
    parts: list[JsonValue] = [{"type": "text", "text": message.text}]
    parts += [{"type": "image_url", "image_url": {"url": i.data_url}} for i in message.images]
    return {"role": message.role.value, "content": parts}


def _format_of(wanted: ResponseFormat) -> JsonObject:
    if wanted.kind is not FormatKind.JSON_SCHEMA:
        return {"type": wanted.kind.value}
    schema: JsonValue = json.loads(wanted.schema or "{}")
    return {
        "type": wanted.kind.value,
        "json_schema": {"name": wanted.name, "schema": schema, "strict": True},
    }


def request_of(text: str) -> RunRequest:
    """Return the request that a stored body describes, for opening it in the form again.

    Whatever the form cannot say in the very same way comes back in `extra`, so that the request
    sends what the body sent. Retry policy and time limits are not part of the body: the caller
    sets them. Raises ValueError if `text` is no JSON object.
    """
    body = _object_in(text)
    stop = body.get("stop")
    reasoning, effort = _reasoning_of(body)
    request = RunRequest(
        model=as_text(body.get("model")),
        messages=tuple(_message_from(as_object(item)) for item in as_list(body.get("messages"))),
        parameters=Parameters(
            stop=(stop,)
            if isinstance(stop, str)
            else tuple(filter(None, map(as_text, as_list(stop)))),
            response_format=_format_from(as_object(body.get("response_format"))),
            reasoning=reasoning,
            reasoning_effort=effort,
            **{name: _number(name, body.get(name)) for name in _PLAIN_FIELDS},  # type: ignore[arg-type]  # one type for whole and real fields
        ),
    )
    return replace(request, extra=_unsaid(body, request))


def _object_in(text: str) -> dict[str, JsonValue]:
    try:
        body = json.loads(text)
    except RecursionError:
        raise ValueError("a request body that is too deep") from None
    if not isinstance(body, dict):
        raise ValueError("a request body is a JSON object")  # noqa: TRY004  # a text was given
    return body


def _unsaid(body: JsonObject, request: RunRequest) -> dict[str, JsonValue]:
    """Return the fields that `request` alone would not send, or send otherwise."""
    said = body_of(request)
    if isinstance(body.get("stop"), str):
        said["stop"] = body["stop"]
    return {
        name: value
        for name, value in body.items()
        if (name not in said or said[name] != value)
        and (value is not None or name not in _FORM_FIELDS)
    }


def _number(name: str, value: object) -> float | int | None:
    if name in _WHOLE_FIELDS:
        return as_whole(value)
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    return value if abs(value) < _LARGEST_NUMBER else None


def _reasoning_of(body: JsonObject) -> tuple[Reasoning | None, str | None]:
    effort = as_text(body.get("reasoning_effort")) or None
    thinking = as_text(as_object(body.get("thinking")).get("type"))
    enabled = body.get("enable_thinking")
    model_id = as_text(body.get("model"))
    if thinking == "enabled" or enabled is True:
        reasoning = Reasoning.ON
    elif thinking == "disabled" or enabled is False:
        reasoning = Reasoning.OFF
    else:
        return None, effort
    switch = reasoning_fields(model_id, reasoning, None)
    # Another switch than the form would send, or one with a budget, is not the form's own.
    is_the_forms = all(body.get(name) == value for name, value in switch.items())
    return (reasoning if switch and is_the_forms else None), effort


def _message_from(item: JsonObject) -> Message:
    role = as_text(item.get("role"))
    known_role = Role(role) if role in list(Role) else Role.USER
    content = item.get("content")
    if isinstance(content, str):
        return Message(known_role, content)
    parts = [as_object(part) for part in as_list(content)]
    texts = [as_text(part.get("text")) for part in parts if part.get("type") == "text"]
    urls = [
        as_text(as_object(part.get("image_url")).get("url"))
        for part in parts
        if part.get("type") == "image_url"
    ]
    # A picture that is somewhere else has no place in the form.
    images = (image_in(url) for url in urls)
    return Message(known_role, "".join(texts), tuple(filter(None, images)))


def _format_from(wanted: JsonObject) -> ResponseFormat | None:
    kind = as_text(wanted.get("type"))
    if kind not in list(FormatKind):
        return None
    if kind != FormatKind.JSON_SCHEMA:
        return ResponseFormat(FormatKind(kind))
    inner = as_object(wanted.get("json_schema"))
    schema = json.dumps(inner.get("schema", {}), ensure_ascii=False, indent=2)
    return ResponseFormat(FormatKind.JSON_SCHEMA, schema, as_text(inner.get("name")) or "answer")
