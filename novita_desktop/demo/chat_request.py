"""Reads and checks the body of `POST /chat/completions`.

Sources: novita/api.md sections 2 (fields and ranges) and 5.2 (messages of the refusals).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import msgspec

from novita_desktop.demo.catalogue import Row, whole, words
from novita_desktop.demo.demo_models import REFUSES_JSON
from novita_desktop.demo.errors import BODY, ErrorReply, Refusal, error, invalid_body, refuse

ROLES: Final = ("system", "user", "assistant", "tool")
IMAGE_TOKENS: Final = 765
MESSAGE_TOKENS: Final = 4

RANGES: Final[Mapping[str, tuple[float, float]]] = {
    "temperature": (0, 2),
    "top_p": (0, 1),
    "min_p": (0, 1),
    "frequency_penalty": (-2, 2),
    "presence_penalty": (-2, 2),
    "repetition_penalty": (0, 2),
    "top_k": (-1, 128),
}
ABOVE_LOWEST: Final = frozenset({"top_p", "repetition_penalty"})


@dataclass(frozen=True, slots=True)
class Message:
    """One message: who says it, its text, and how many images it carries."""

    role: str
    text: str
    images: int = 0


@dataclass(frozen=True, slots=True)
class ChatRequest:
    """What a chat request asks for. `wants_reasoning` is None for the model's own default."""

    model: str
    messages: tuple[Message, ...]
    max_tokens: int | None
    stream: bool
    include_usage: bool
    stop: tuple[str, ...]
    seed: int | None
    response_format: str
    schema: object
    tools: tuple[Mapping[str, object], ...]
    tool_choice: object
    wants_reasoning: bool | None
    effort: str

    @property
    def prompt(self) -> str:
        """The last text that a user said."""
        return next((said.text for said in reversed(self.messages) if said.role == "user"), "")

    @property
    def instructions(self) -> str:
        """What the system messages say."""
        return "\n".join(said.text for said in self.messages if said.role == "system")

    @property
    def images(self) -> int:
        """How many images all messages carry."""
        return sum(message.images for message in self.messages)


def decode_body(body: bytes) -> Mapping[str, object]:
    """Return the JSON object of a request body.

    Raises:
        Refusal: 400 when it is not one.
    """
    try:
        decoded: object = msgspec.json.decode(body)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        raise invalid_body("failed to parse request body: invalid JSON") from None
    if not isinstance(decoded, dict):
        raise invalid_body("failed to parse request body: an object is needed")
    return decoded


def parse_request(body: Mapping[str, object]) -> ChatRequest:
    """Return the request that `body` describes.

    Raises:
        Refusal: 400 for a field of a wrong type or out of its range.
    """
    for name, (low, high) in RANGES.items():
        if body.get(name) is not None:
            _check_range(name, body[name], low, high)
    options = body.get("stream_options")
    kind, schema = _response_format(body.get("response_format"))
    tools = body.get("tools") or []
    if not isinstance(tools, list) or not all(isinstance(tool, dict) for tool in tools):
        raise invalid_body("tools: a list of objects is needed")
    return ChatRequest(
        model=str(body.get("model") or ""),
        messages=_messages(body.get("messages")),
        max_tokens=_whole_number(body, "max_tokens")
        or _whole_number(body, "max_completion_tokens"),
        stream=body.get("stream") is True,
        include_usage=isinstance(options, dict) and options.get("include_usage") is True,
        stop=_stop(body.get("stop")),
        seed=_whole_number(body, "seed"),
        response_format=kind,
        schema=schema,
        tools=tuple(tools),
        tool_choice=body.get("tool_choice"),
        wants_reasoning=_wants_reasoning(body),
        effort=str(body.get("reasoning_effort") or ""),
    )


def check_abilities(request: ChatRequest, row: Row) -> None:
    """Return if the model of `row` can do what `request` asks for.

    Raises:
        Refusal: 400 with the message observed for the missing ability.
    """
    features = words(row, "features")
    endpoints = words(row, "endpoints")
    if endpoints and "chat/completions" not in endpoints:
        raise refuse("no-endpoint", request.model)
    if request.images and "image" not in words(row, "input_modalities"):
        raise refuse("no-vision")
    wants_json = request.response_format != "text"
    if wants_json and ("structured-outputs" not in features or request.model == REFUSES_JSON):
        raise refuse("no-structured-outputs", request.model)
    if request.tools and "function-calling" not in features:
        raise refuse("no-functions")
    most = whole(row, "max_output_tokens") or whole(row, "context_size")
    limit = request.max_tokens
    if limit is not None and not 0 <= limit <= most:
        raise invalid_body(f"max_tokens (current value: {limit}) must be between 0 and {most} ")


def count_prompt_tokens(request: ChatRequest) -> int:
    """Return about how many tokens the prompt has: four characters each, and its images."""
    return sum(
        MESSAGE_TOKENS + -(-len(message.text) // 4) + message.images * IMAGE_TOKENS
        for message in request.messages
    )


def check_context(prompt_tokens: int, row: Row) -> None:
    """Return if a prompt of that size fits the model.

    Raises:
        Refusal: 400 when it does not.
    """
    size = whole(row, "context_size")
    if size and prompt_tokens >= size:
        text = error("context").message.replace("8192", str(size))
        raise Refusal(ErrorReply(400, BODY, text.replace("9000", str(prompt_tokens))))


def _check_range(name: str, value: object, low: float, high: float) -> None:
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise invalid_body(f"{name}: a number is needed")
    if not low <= value <= high or (name in ABOVE_LOWEST and value == low):
        raise invalid_body(f"{name} (current value: {value}) must be between {low:g} and {high:g} ")


def _whole_number(body: Mapping[str, object], name: str) -> int | None:
    value = body.get(name)
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, int):
        raise invalid_body(f"{name}: a whole number is needed")
    return value


def _messages(value: object) -> tuple[Message, ...]:
    if not isinstance(value, list) or not value:
        raise invalid_body("messages: a list with at least one message is needed")
    return tuple(_message(entry) for entry in value)


def _message(entry: object) -> Message:
    if not isinstance(entry, dict) or entry.get("role") not in ROLES:
        raise invalid_body(f"messages: the role must be one of {', '.join(ROLES)}")
    content = entry.get("content")
    if content is None or isinstance(content, str):
        return Message(entry["role"], content or "")
    if not isinstance(content, list) or not all(isinstance(part, dict) for part in content):
        raise invalid_body("messages: content must be a text or a list of parts")
    texts = [str(part.get("text", "")) for part in content if part.get("type") == "text"]
    images = sum(part.get("type") == "image_url" for part in content)
    return Message(entry["role"], "\n".join(texts), images)


def _stop(value: object) -> tuple[str, ...]:
    if value is None:
        return ()
    sequences: Sequence[object] = value if isinstance(value, list) else [value]
    if len(sequences) > 4 or not all(isinstance(entry, str) for entry in sequences):
        raise invalid_body("stop: up to 4 texts are possible")
    return tuple(str(entry) for entry in sequences if entry)


def _response_format(value: object) -> tuple[str, object]:
    if value is None:
        return "text", None
    kind = value.get("type") if isinstance(value, dict) else None
    if not isinstance(value, dict) or kind not in ("text", "json_object", "json_schema"):
        raise invalid_body("response_format: type must be text, json_object or json_schema")
    if kind != "json_schema":
        return str(kind), None
    declared = value.get("json_schema")
    schema = declared.get("schema") if isinstance(declared, dict) else None
    if not isinstance(schema, dict):
        raise invalid_body("response_format: json_schema needs a schema")
    return "json_schema", schema


def _wants_reasoning(body: Mapping[str, object]) -> bool | None:
    """Return what the request says about thinking, in any of the three ways known."""
    if isinstance(body.get("enable_thinking"), bool):
        return body["enable_thinking"] is True
    thinking = body.get("thinking")
    if isinstance(thinking, dict) and thinking.get("type") in ("enabled", "disabled"):
        return bool(thinking["type"] == "enabled")
    effort = body.get("reasoning_effort")
    return None if effort is None else effort != "none"
