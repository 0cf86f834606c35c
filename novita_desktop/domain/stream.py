"""The events that an answer arrives as (novita/api.md section 2.5)."""

from __future__ import annotations

from novita_desktop.domain.costs import Usage
from novita_desktop.domain.json_values import JsonObject
from novita_desktop.domain.records import record


@record(frozen=True, slots=True)
class StreamOpened:
    """The host accepted the request and its answer begins; `headers` are free of secrets."""

    status: int
    headers: tuple[tuple[str, str], ...] = ()


@record(frozen=True, slots=True)
class ReasoningDelta:
    """More of the model's reasoning."""

    text: str


@record(frozen=True, slots=True)
class TextDelta:
    """More of the answer."""

    text: str


@record(frozen=True, slots=True)
class StreamFinished:
    """The answer is complete: the end mark came.

    `raw` is the whole answer as one `chat.completion` object, put together from the stream (or
    as it was sent when the host did not stream), with every field that the host sent.
    `finish_reason` is the host's word: `stop`, `length`, `tool_calls`, ... or empty.
    """

    finish_reason: str
    usage: Usage | None
    raw: JsonObject


StreamEvent = StreamOpened | ReasoningDelta | TextDelta | StreamFinished
"""What `api.client.NovitaClient.stream_chat` yields, in this order."""
