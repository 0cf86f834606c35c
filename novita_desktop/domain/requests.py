"""What the person asked for: messages, parameters, and one RunRequest that is ready to send.

Ranges and wire names come from novita/api.md sections 2 and 3; product rules for what is sent
when nothing is set are in `prompt_form.py`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from enum import StrEnum
from typing import Final

from novita_desktop.domain.json_values import JsonValue
from novita_desktop.domain.records import record


class Role(StrEnum):
    """Who speaks in a message."""

    SYSTEM = "system"
    USER = "user"
    ASSISTANT = "assistant"


@record(frozen=True, slots=True)
class Image:
    """A picture that goes with a message: its media type (`image/png`) and base64 text."""

    media_type: str
    base64: str

    @property
    def data_url(self) -> str:
        """The picture as the host takes it (novita/api.md section 10.2)."""
        return f"data:{self.media_type};base64,{self.base64}"

    @property
    def byte_count(self) -> int:
        """How many bytes the picture has: four characters of base64 stand for three of them."""
        return len(self.base64) * 3 // 4 - self.base64[-2:].count("=")


IMAGE_TYPES: Final = ("image/png", "image/jpeg", "image/webp", "image/gif")
"""The kinds of pictures that hosts take."""


def image_in(url: str) -> Image | None:
    """Return the picture in a data URL, None for any other text."""
    head, comma, data = url.partition(";base64,")
    if not comma or not head.startswith("data:"):
        return None
    return Image(head.removeprefix("data:"), data)


@record(frozen=True, slots=True)
class Message:
    """One message of a request."""

    role: Role
    text: str
    images: tuple[Image, ...] = ()


class FormatKind(StrEnum):
    """What shape of answer is asked for; the values are the wire names."""

    TEXT = "text"
    JSON_OBJECT = "json_object"
    JSON_SCHEMA = "json_schema"


@record(frozen=True, slots=True)
class ResponseFormat:
    """The shape of answer asked for; `schema` (a JSON text) belongs to JSON_SCHEMA alone."""

    kind: FormatKind
    schema: str = ""
    name: str = "answer"


class Reasoning(StrEnum):
    """Whether the model is asked to reason before it answers."""

    ON = "on"
    OFF = "off"


@record(frozen=True, slots=True)
class Parameters:
    """The sampling parameters that are sent; None means not sent."""

    temperature: float | None = None
    top_p: float | None = None
    max_tokens: int | None = None
    stop: tuple[str, ...] = ()
    seed: int | None = None
    frequency_penalty: float | None = None
    presence_penalty: float | None = None
    repetition_penalty: float | None = None
    top_k: int | None = None
    min_p: float | None = None
    response_format: ResponseFormat | None = None
    reasoning: Reasoning | None = None
    reasoning_effort: str | None = None


class RetryPolicy(StrEnum):
    """How a failed request is tried again by itself (product rules, section 5)."""

    DEFAULT = "default"
    PATIENT = "patient"
    NONE = "none"


@record(frozen=True, slots=True)
class TimeLimits:
    """How long to wait, in seconds; there is no limit on the whole."""

    connect_seconds: float = 10.0
    first_word_seconds: float = 120.0
    silence_seconds: float = 60.0


class Lane(StrEnum):
    """Who waits for a run: a person at the window, or a batch in the background."""

    INTERACTIVE = "interactive"
    BACKGROUND = "background"


@record(frozen=True, slots=True)
class PresetUse:
    """Which version of which preset a form was opened from, and the preset's name then."""

    id: int
    version: int
    name: str


@record(frozen=True, slots=True)
class RunRequest:
    """One fully resolved call: what `request_body.body_of` turns into the exact JSON.

    `extra` is the free JSON field: it is laid over the body last, so it wins. `preset` and
    `variables`, the values that were filled in, are not sent; they are recorded with the run.
    Nothing of a private run is recorded, but what it cost.
    """

    model: str
    messages: tuple[Message, ...]
    parameters: Parameters = Parameters()
    extra: Mapping[str, JsonValue] = field(default_factory=dict)
    retry_policy: RetryPolicy = RetryPolicy.DEFAULT
    time_limits: TimeLimits = TimeLimits()
    preset: PresetUse | None = None
    variables: Mapping[str, str] = field(default_factory=dict)
    is_private: bool = False

    @property
    def message_text(self) -> str:
        """The last user message's text."""
        users = (m.text for m in reversed(self.messages) if m.role is Role.USER)
        return next(users, "")

    @property
    def system_text(self) -> str:
        """The system prompt's text."""
        return next((m.text for m in self.messages if m.role is Role.SYSTEM), "")
