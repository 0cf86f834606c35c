"""Puts an answer together from the chunks of its stream (novita/api.md section 2.5)."""

from __future__ import annotations

import json

import msgspec

from novita_desktop.api.payloads import parse_usage
from novita_desktop.domain.costs import Usage
from novita_desktop.domain.json_values import (
    JsonObject,
    JsonValue,
    as_list,
    as_object,
    as_text,
    as_whole,
)
from novita_desktop.domain.stream import StreamFinished

MAX_ANSWER_BYTES = 64 * 1024 * 1024
"""About how much of one answer is kept; an endless one must not take all memory."""


class _Delta(msgspec.Struct, gc=False):
    content: str | None = None
    reasoning_content: str | None = None
    reasoning: str | None = None
    tool_calls: object = None
    reasoning_details: object = None
    refusal: object = None
    audio: object = None


class _Choice(msgspec.Struct, gc=False):
    delta: _Delta | None = None
    index: int = 0
    finish_reason: str | None = None
    logprobs: object = None


class _Chunk(msgspec.Struct, gc=False):
    choices: list[_Choice]
    usage: object = None
    error: object = None
    reason: object = None


_decode_chunk = msgspec.json.Decoder(_Chunk).decode


Words = tuple[str, str]
"""What a chunk adds: reasoning and answer, both may be empty."""

_NOTHING: Words = ("", "")

_CHOICE_FIELDS = frozenset({"index", "finish_reason", "delta", "message"})
_WORD_FIELDS = frozenset({"content", "reasoning_content", "reasoning", "tool_calls"})
"""What is put together field by field; everything else is kept as it comes."""


class Unreadable(ValueError):
    """A piece of the stream is not a chunk of an answer."""


class ErrorObject(Exception):  # it is what the host sent, told apart by the client
    """The host sent an error object instead of a chunk; `payload` is that object."""

    def __init__(self, payload: JsonObject) -> None:
        super().__init__("error object in a stream")
        self.payload = payload


class AnswerAssembly:
    """Takes the data of events, tells what is new, and keeps the whole answer.

    `progress` grows with every word, part of a tool call and reason to finish.
    """

    def __init__(self) -> None:
        self.finish_reason = ""
        self.usage: Usage | None = None
        self._size = 0
        self.progress = 0
        self.has_choices = False
        self._frame: dict[str, JsonValue] = {}
        self._usage_object: JsonValue = None
        self._message: dict[str, JsonValue] = {"role": "assistant"}
        self._choice: dict[str, JsonValue] = {}
        self._text: list[str] = []
        self._reasoning: list[str] = []
        self._tool_calls: dict[int, dict[str, str]] = {}

    def take(self, data: bytes) -> Words:
        """Return the words in one event's data. Raises Unreadable or ErrorObject."""
        if self._size > MAX_ANSWER_BYTES:
            raise Unreadable("the answer is too large")
        delta = self._plain_delta(data) if self._frame else None
        if delta is None:
            return self._take_any(data)
        reasoning = delta.reasoning_content or delta.reasoning
        if reasoning is None:
            text = delta.content
            if text is None:
                return _NOTHING
            return self._add("", text)
        return self._add(reasoning, delta.content or "")

    @staticmethod
    def _plain_delta(data: bytes) -> _Delta | None:
        """Return the one delta of a chunk that holds words and nothing else, or None.

        Nearly all chunks are of this kind; the typed decoder reads them several times faster.
        """
        try:
            chunk = _decode_chunk(data)
        except (msgspec.ValidationError, msgspec.DecodeError, RecursionError, UnicodeDecodeError):
            return None
        if len(chunk.choices) != 1 or chunk.usage or chunk.error or chunk.reason:
            return None
        choice = chunk.choices[0]
        delta = choice.delta
        if choice.index or choice.finish_reason or choice.logprobs or delta is None:
            return None
        if delta.tool_calls or delta.reasoning_details or delta.refusal or delta.audio:
            return None
        return delta

    def _take_any(self, data: bytes) -> Words:
        words = _NOTHING
        self._size += len(data)
        for chunk in _objects_in(data):
            if _is_error(chunk):
                raise ErrorObject(chunk)
            self._frame |= {
                name: value
                for name, value in chunk.items()
                if name not in {"choices", "usage"} and value is not None
            }
            if as_object(chunk.get("usage")):
                self._usage_object = chunk["usage"]
                self.usage = parse_usage(chunk["usage"]) or self.usage
            for choice in map(as_object, as_list(chunk.get("choices"))):
                self.has_choices = True
                if (as_whole(choice.get("index")) or 0) == 0:
                    reasoning, text = self._take_choice(choice)
                    words = (words[0] + reasoning, words[1] + text)
        return words

    def _take_choice(self, choice: JsonObject) -> Words:
        reason = as_text(choice.get("finish_reason"))
        if reason:
            self.finish_reason = reason
            self.progress += 1
        part = as_object(choice.get("delta")) or as_object(choice.get("message"))
        for position, call in enumerate(as_list(part.get("tool_calls"))):
            self._add_tool_call(as_object(call), position)
        _keep_others(self._choice, choice, _CHOICE_FIELDS)
        _keep_others(self._message, part, _WORD_FIELDS)
        reasoning = as_text(part.get("reasoning_content")) or as_text(part.get("reasoning"))
        return self._add(reasoning, _text_in(part.get("content")))

    def _add(self, reasoning: str, text: str) -> Words:
        if reasoning:
            self._reasoning.append(reasoning)
        if text:
            self._text.append(text)
        added = len(reasoning) + len(text)
        self._size += added
        self.progress += added
        return (reasoning, text)

    def _add_tool_call(self, call: JsonObject, position: int) -> None:
        """Join a fragment: by index; a missing index means the position in its list."""
        self.progress += 1
        index = as_whole(call.get("index"))
        function = as_object(call.get("function"))
        known = self._tool_calls.setdefault(
            position if index is None else index, {"id": "", "name": "", "arguments": ""}
        )
        known["id"] = as_text(call.get("id")) or known["id"]
        known["name"] = as_text(function.get("name")) or known["name"]
        known["arguments"] += as_text(function.get("arguments"))

    @property
    def has_words(self) -> bool:
        """Whether any answer, reasoning or tool call arrived."""
        return any(self._text) or any(self._reasoning) or bool(self._tool_calls)

    def finished(self) -> StreamFinished:
        """Return the end of the stream, with the whole answer as one object."""
        message: dict[str, JsonValue] = {**self._message, "content": "".join(self._text)}
        if self._reasoning:
            message["reasoning_content"] = "".join(self._reasoning)
        if self._tool_calls:
            message["tool_calls"] = [
                {
                    "index": index,
                    "id": call["id"],
                    "type": "function",
                    "function": {"name": call["name"], "arguments": call["arguments"]},
                }
                for index, call in sorted(self._tool_calls.items())
            ]
        choice: JsonObject = {
            **self._choice,
            "index": 0,
            "message": message,
            "finish_reason": self.finish_reason or None,
        }
        raw: dict[str, JsonValue] = {
            **self._frame,
            "object": "chat.completion",
            "choices": [choice],
        }
        if self._usage_object is not None:
            raw["usage"] = self._usage_object
        return StreamFinished(self.finish_reason, self.usage, raw)


def _keep_others(kept: dict[str, JsonValue], part: JsonObject, known: frozenset[str]) -> None:
    """Keep fields that only the raw answer shows; lists are joined, all else replaces."""
    for name, value in part.items():
        if name in known or value is None:
            continue
        before = kept.get(name)
        if isinstance(before, dict) and isinstance(value, dict):
            # The log probabilities of a stream are such lists, one level down.
            for inner, added in value.items():
                before[inner] = _joined(before.get(inner), added)
        else:
            kept[name] = _joined(before, value)


def _joined(before: JsonValue, value: JsonValue) -> JsonValue:
    if isinstance(before, list) and isinstance(value, list):
        before.extend(value)
        return before
    return value


def _is_error(chunk: JsonObject) -> bool:
    if chunk.get("error"):
        return True
    return not as_list(chunk.get("choices")) and bool(
        as_text(chunk.get("message"))
        and (chunk.get("reason") or chunk.get("type") or chunk.get("code"))
    )


def _text_in(content: object) -> str:
    if isinstance(content, str):
        return content
    parts = (as_object(part) for part in as_list(content))
    return "".join(as_text(part.get("text")) for part in parts)


def _objects_in(data: bytes) -> list[JsonObject]:
    """Return the JSON objects in an event; some servers forget the blank line between two."""
    try:
        return [_object(data)]
    except Unreadable:
        lines = [line for line in data.split(b"\n") if line.strip()]
        if len(lines) < 2:
            raise
        return [_object(line) for line in lines if line.strip() != b"[DONE]"]


def _object(data: bytes) -> JsonObject:
    try:
        value: object = msgspec.json.decode(data)
    except (msgspec.DecodeError, RecursionError, UnicodeDecodeError):
        value = _leniently(data)
    if not isinstance(value, dict):
        raise Unreadable(data[:200].decode("utf-8", "replace"))
    return value


def _leniently(data: bytes) -> object:
    """Decode what the strict decoder refuses: bad UTF-8, half surrogate pairs, control signs."""
    try:
        text = data.decode("utf-8", "replace")
        value = json.loads(text, strict=False)
        whole = json.dumps(value, ensure_ascii=False)
        return json.loads(whole.encode("utf-16", "surrogatepass").decode("utf-16", "replace"))
    except (ValueError, RecursionError) as error:
        raise Unreadable(data[:200].decode("utf-8", "replace")) from error
