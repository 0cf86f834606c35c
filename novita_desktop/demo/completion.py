"""Decides what one chat request is answered with: its pieces, its end and its usage.

Source: novita/api.md sections 2.4 to 2.6.
"""

import random
import time
from collections import OrderedDict
from dataclasses import dataclass
from hashlib import blake2b
from typing import Final
from uuid import uuid4

import msgspec

from novita_desktop.demo.account import has_cache_price
from novita_desktop.demo.answers import answer_body, json_answer, reasoning_text, sample_note
from novita_desktop.demo.catalogue import Row, display_name, whole, words
from novita_desktop.demo.chat_request import ChatRequest, count_prompt_tokens
from novita_desktop.demo.long_answers import long_answer
from novita_desktop.demo.scenarios import Scenario
from novita_desktop.demo.schema_answers import answer_for_schema
from novita_desktop.demo.tokens import split_tokens

CACHE_BLOCK: Final = 16
"""Cached tokens are told in whole blocks of this size."""

FRAGMENT_CHARACTERS: Final = 7

LEAST_REASONING: Final = {"low": 30, "medium": 80, "high": 220, "xhigh": 300, "max": 400}
"""About how many tokens a model thinks, by `reasoning_effort`."""


@dataclass(frozen=True, slots=True)
class ToolCall:
    """One call of a function; `arguments` is JSON text."""

    id: str
    name: str
    arguments: str

    @property
    def fragments(self) -> list[str]:
        """The arguments in the pieces that a stream sends; each counts as a token."""
        size = FRAGMENT_CHARACTERS
        return [
            self.arguments[start : start + size] for start in range(0, len(self.arguments), size)
        ]


@dataclass(frozen=True, slots=True)
class Completion:
    """An answer before it is sent. The pieces are its tokens."""

    id: str
    created: int
    model: str
    reasoning: list[str]
    content: list[str]
    tool_calls: tuple[ToolCall, ...]
    finish_reason: str
    prompt_tokens: int
    cached_tokens: int

    @property
    def tokens(self) -> int:
        """How many tokens the whole answer has."""
        calls = sum(1 + len(call.fragments) for call in self.tool_calls)
        return len(self.reasoning) + len(self.content) + calls

    def usage(self) -> dict[str, object]:
        """Return the `usage` object of the answer."""
        completion = self.tokens
        prompt_details = {"cached_tokens": self.cached_tokens} if self.cached_tokens else None
        details = {"reasoning_tokens": len(self.reasoning)} if self.reasoning else None
        return {
            "prompt_tokens": self.prompt_tokens,
            "completion_tokens": completion,
            "total_tokens": self.prompt_tokens + completion,
            "prompt_tokens_details": prompt_details,
            "completion_tokens_details": details,
        }


class PromptCache:
    """Remembers the starts of prompts, as the host's own cache does."""

    def __init__(self, kept: int = 4096) -> None:
        self._kept = kept
        self._seen: OrderedDict[int, None] = OrderedDict()

    def cached_tokens(self, request: ChatRequest, row: Row) -> int:
        """Return how many tokens of the prompt were seen before, and remember it."""
        if not has_cache_price(row):
            return 0
        key, tokens, cached = hash(request.model), 0, 0
        for message in request.messages:
            key = hash((key, message.role, message.text))
            tokens += 4 + len(message.text) // 4
            if key in self._seen:
                cached = tokens
            self._seen[key] = None
        while len(self._seen) > self._kept:
            self._seen.popitem(last=False)
        return cached // CACHE_BLOCK * CACHE_BLOCK

    def clear(self) -> None:
        """Forget every prompt."""
        self._seen.clear()


def compose(request: ChatRequest, row: Row, scenario: Scenario, cache: PromptCache) -> Completion:
    """Return the answer to `request`: the same for the same prompt, model and seed."""
    chance = random.Random(_seed(request))  # noqa: S311  # variety, not secrecy
    prompt_tokens = count_prompt_tokens(request)
    cached = cache.cached_tokens(request, row)
    if scenario.cached is not None:
        cached = min(scenario.cached, prompt_tokens)
    limit = _token_limit(request, row, scenario, prompt_tokens)
    reasoning = _reasoning(request, row, scenario, chance)
    calls = _tool_calls(request, scenario, chance)
    room = max(limit - len(reasoning), 0)
    content = [] if calls else _content(request, row, scenario, chance, room)
    is_cut = len(reasoning) + len(content) > limit
    finish = "tool_calls" if calls else "length" if is_cut else "stop"
    return Completion(
        id=uuid4().hex,
        created=int(time.time()),
        model=request.model,
        reasoning=reasoning[:limit],
        content=content[:room],
        tool_calls=calls,
        finish_reason=scenario.finish or finish,
        prompt_tokens=prompt_tokens,
        cached_tokens=cached,
    )


def _seed(request: ChatRequest) -> int:
    """Return a number that depends on prompt, model and seed only.

    A begun answer at the end is left out: its continuation must fit the whole answer.
    """
    messages = request.messages
    if messages[-1].role == "assistant":
        messages = messages[:-1]
    said = "\x00".join(f"{message.role}\x01{message.text}" for message in messages)
    text = f"{request.model}\x00{request.seed}\x00{said}"
    return int.from_bytes(blake2b(text.encode(errors="replace"), digest_size=8).digest(), "big")


def _token_limit(request: ChatRequest, row: Row, scenario: Scenario, prompt_tokens: int) -> int:
    """Return the most tokens of the answer; the context size lowers it without an error."""
    context = whole(row, "context_size")
    most = request.max_tokens
    if most is None:
        most = whole(row, "max_output_tokens") or context
    limit = min(most, context - prompt_tokens) if context else most
    return limit if scenario.truncate is None else min(limit, scenario.truncate)


def _reasoning(
    request: ChatRequest, row: Row, scenario: Scenario, chance: random.Random
) -> list[str]:
    forced = scenario.reasoning_tokens
    if forced is not None:
        return split_tokens(reasoning_text(request.prompt, chance, forced))[:forced]
    if "reasoning" not in words(row, "features") or request.wants_reasoning is False:
        return []
    least = LEAST_REASONING.get(request.effort, LEAST_REASONING["medium"])
    return split_tokens(reasoning_text(request.prompt, chance, least))


def _content(
    request: ChatRequest, row: Row, scenario: Scenario, chance: random.Random, room: int
) -> list[str]:
    """Return the answer's tokens, of which the first `room` will be sent."""
    note = sample_note(display_name(row))
    if scenario.text is not None:
        return _stopped(scenario.text, request.stop)
    if scenario.latency_ms is not None and request.response_format == "text":
        # Benchmarks ask so: little work for the host, yet each answer is its prompt's own.
        return _stopped(f"{note} It was asked: {request.prompt[:80]}", request.stop)
    if scenario.tokens is not None:
        return _stopped(long_answer(scenario.tokens, note), request.stop)
    if request.response_format == "json_schema":
        return _as_json(answer_for_schema(request.schema, request.prompt, chance))
    if request.response_format == "json_object":
        return _as_json(json_answer(request.prompt, note, chance))
    body = answer_body(request.prompt, request.instructions, chance)
    if request.messages[-1].role == "assistant":
        begun = request.messages[-1].text
        wholes = (f"{body}\n\n*{note}*", f"*{note}*\n\n{body}")
        return _stopped(_rest_of(begun, wholes), request.stop)
    said = _until_stop(body, request.stop)
    pieces = split_tokens(f"{said}\n\n*{note}*")
    if said == body and len(pieces) <= room:
        return pieces
    # At the end the mark would be cut off, and every answer has to carry it.
    return split_tokens(f"*{note}*\n\n{said}")


def _as_json(value: object) -> list[str]:
    return split_tokens(msgspec.json.format(msgspec.json.encode(value), indent=2).decode())


def _rest_of(begun: str, wholes: tuple[str, ...]) -> str:
    """Return what is missing after `begun`; a whole answer if it is not one of ours."""
    fitting = (whole.removeprefix(begun) for whole in wholes if whole.startswith(begun))
    return next(fitting, wholes[0])


def _until_stop(text: str, stop: tuple[str, ...]) -> str:
    """Return `text` up to and including the first stop sequence."""
    ends = [text.index(sequence) + len(sequence) for sequence in stop if sequence in text]
    return text[: min(ends)] if ends else text


def _stopped(text: str, stop: tuple[str, ...]) -> list[str]:
    return split_tokens(_until_stop(text, stop))


def _tool_calls(
    request: ChatRequest, scenario: Scenario, chance: random.Random
) -> tuple[ToolCall, ...]:
    """Return a call of the first tool, or of the one asked for; none after a tool's result."""
    is_answering = request.messages[-1].role == "tool" or request.tool_choice == "none"
    if not scenario.tool_call and (not request.tools or is_answering):
        return ()
    name, parameters = _function(request)
    arguments = answer_for_schema(parameters, request.prompt, chance)
    call_id = f"call_{chance.getrandbits(96):024x}"
    return (ToolCall(call_id, name, msgspec.json.encode(arguments).decode()),)


def _function(request: ChatRequest) -> tuple[str, object]:
    """Return the name and parameters of the function to call."""
    functions = [tool.get("function") for tool in request.tools]
    declared = [function for function in functions if isinstance(function, dict)]
    choice = request.tool_choice
    wanted = choice.get("function") if isinstance(choice, dict) else None
    name = wanted.get("name") if isinstance(wanted, dict) else None
    chosen = [function for function in declared if name in (None, function.get("name"))]
    if not chosen:
        return "look_up", {"type": "object", "properties": {"words": {"type": "string"}}}
    return str(chosen[0].get("name", "function")), chosen[0].get("parameters") or {}
