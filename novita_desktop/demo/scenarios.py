"""What a request is to live through: named scenarios and their parameters.

A scenario is written `name; key=value; key=value`, for example
`rate-limited; times=2; retry_after=1`. A name stands for some parameters with a value, so every
parameter can be added to every name. `docs/demo-host.md` lists both.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields, replace
from functools import lru_cache
from typing import Final, TypeVar

from novita_desktop.demo.errors import ERRORS, ErrorReply, Shape, error

T = TypeVar("T")

TARGETS: Final = ("chat", "models", "balance", "any")


class ScenarioUnknown(ValueError):
    """A scenario's name, parameter or value is not one that the host knows."""


def _parameter(default: T, parse: Callable[[str], object], about: str) -> T:
    declared: T = field(default=default, metadata={"parse": parse, "about": about})
    return declared


def _flag(about: str) -> bool:
    return _parameter(default=False, parse=_yes, about=about)


def _shape_letter(text: str) -> str:
    return Shape(text).value


def _yes(text: str) -> bool:
    if text not in {"1", "0", "true", "false", ""}:
        raise ValueError(text)
    return text not in {"0", "false"}


def _target(text: str) -> str:
    if text not in TARGETS:
        raise ValueError(text)
    return text


def _error_name(text: str) -> str:
    if text not in ERRORS:
        raise ValueError(text)
    return text


@dataclass(frozen=True, slots=True)
class Scenario:
    """One scenario with all its parameters; the defaults are a plain, correct answer."""

    name: str = "plain"
    # Who it is for.
    on: str = _parameter("chat", _target, "which endpoint: chat, models, balance, any")
    times: int | None = _parameter(None, int, "only the first N tries, then a plain answer")
    # Instead of an answer.
    error: str = _parameter("", _error_name, "answer with this error")
    status: int | None = _parameter(None, int, "the error's HTTP status")
    reason: str | None = _parameter(None, str, "the error's reason word")
    message: str | None = _parameter(None, str, "the error's message")
    shape: str | None = _parameter(
        None, _shape_letter, "the error body: A B C D E html detail empty"
    )
    retry_after: str | None = _parameter(None, str, "a Retry-After header: seconds or HTTP date")
    portal: bool = _flag("status 200 with the HTML page of a guest network")
    redirect: str | None = _parameter(None, str, "answer 307 to this address")
    drop: bool = _flag("close the connection without any answer")
    garbage: bool = _flag("answer with bytes that are not HTTP")
    hang: bool = _flag("accept the request and never answer")
    rpm: int | None = _parameter(None, int, "429 above N requests a window and model")
    window_s: float = _parameter(60.0, float, "the length of that window in seconds")
    # Pace.
    ttft_ms: float | None = _parameter(None, float, "milliseconds to the first word")
    speed: float | None = _parameter(None, float, "tokens a second; 0 = as fast as possible")
    latency_ms: float | None = _parameter(None, float, "the whole answer after N milliseconds")
    # What the answer says.
    text: str | None = _parameter(None, str, "answer with this text")
    tokens: int | None = _parameter(None, int, "a long Markdown answer of N tokens")
    reasoning_tokens: int | None = _parameter(None, int, "think for N tokens first")
    truncate: int | None = _parameter(None, int, "cut after N tokens, finish_reason length")
    finish: str | None = _parameter(None, str, "send this finish_reason")
    tool_call: bool = _flag("call a tool; the arguments come in fragments")
    usage: str = _parameter("normal", str, "normal, missing, null or empty-choice")
    cached: int | None = _parameter(None, int, "say that N prompt tokens were cached")
    # How the stream is built.
    reasoning_field: str = _parameter("reasoning_content", str, "the delta field of reasoning")
    null_first: bool = _flag("the first delta has content null")
    no_done: bool = _flag("leave out the [DONE] line")
    no_finish: bool = _flag("leave out the finish_reason")
    crlf: bool = _flag("lines end with CR LF")
    no_space: bool = _flag("no space after data:")
    comments: bool = _flag("comment lines between the events")
    extra_fields: bool = _flag("unknown event and id fields, retry lines")
    malformed_after: int | None = _parameter(None, int, "a broken data line after N chunks")
    error_after: int | None = _parameter(None, int, "an error object after N chunks, then the end")
    break_after: int | None = _parameter(None, int, "close the connection after N chunks")
    end_after: int | None = _parameter(None, int, "end the body cleanly after N chunks")
    hang_after: int | None = _parameter(None, int, "fall silent after N chunks")
    gate: str | None = _parameter(None, str, "hold at this gate until it is released")
    gate_after: int = _parameter(1, int, "chunks sent before the gate")
    # How its bytes travel.
    break_at: int | None = _parameter(None, int, "close the connection after N body bytes")
    reset: bool = _flag("break with a reset instead of an end")
    cut: int | None = _parameter(None, int, "write the body N bytes at a time")
    cut_ms: float = _parameter(0.0, float, "milliseconds between those writes")
    gzip: bool = _flag("compress the body")

    def reply(self, model: str) -> ErrorReply | None:
        """Return the error to answer a request for `model` with; None when it is not an error."""
        if not self.error:
            return None
        base = error(self.error, model)
        return replace(
            base,
            status=base.status if self.status is None else self.status,
            reason=base.reason if self.reason is None else self.reason,
            message=base.message if self.message is None else self.message,
            shape=base.shape if self.shape is None else Shape(self.shape),
            retry_after=self.retry_after,
        )

    @property
    def bends_bytes(self) -> bool:
        """Whether the body's bytes travel in any unusual way."""
        return self.gzip or self.cut is not None or self.break_at is not None

    def recovered(self) -> "Scenario":
        """Return what follows once the `times` tries are over: a plain answer at this pace."""
        return Scenario(ttft_ms=self.ttft_ms, speed=self.speed, latency_ms=self.latency_ms)


PLAIN: Final = Scenario()

_PARSERS: Final[dict[str, Callable[[str], object]]] = {
    parameter.name: parameter.metadata["parse"]
    for parameter in fields(Scenario)
    if parameter.name != "name"
}

PARAMETERS: Final[dict[str, str]] = {
    parameter.name: parameter.metadata["about"]
    for parameter in fields(Scenario)
    if parameter.name != "name"
}

NAMES: Final[dict[str, Mapping[str, str]]] = {
    "plain": {},
    **{name: {"error": name} for name in ERRORS},
    "busy": {"error": "rate-limited", "retry_after": "1"},
    "fail": {"error": "server-error", "times": "2"},
    "limit": {"rpm": "30"},
    "captive-portal": {"portal": "1"},
    "redirect": {"redirect": ""},
    "drop": {"drop": "1"},
    "garbage": {"garbage": "1"},
    "hang": {"hang": "1"},
    "hang-midway": {"hang_after": "5"},
    "slow-start": {"ttft_ms": "8000"},
    "slow-drip": {"speed": "4"},
    "long": {"tokens": "20000"},
    "truncated": {"truncate": "40"},
    "empty-answer": {"reasoning_tokens": "200", "text": "", "finish": "length"},
    "blank": {"text": ""},
    "broken": {"break_after": "12"},
    "broken-at": {"break_at": "600"},
    "no-done": {"no_done": "1"},
    "no-finish": {"no_finish": "1"},
    "ends-early": {"end_after": "12"},
    "malformed": {"malformed_after": "3"},
    "error-midway": {"error_after": "8", "error": "server-error"},
    "no-space": {"no_space": "1"},
    "comments": {"comments": "1"},
    "crlf": {"crlf": "1"},
    "odd-lines": {"crlf": "1", "no_space": "1", "comments": "1", "extra_fields": "1"},
    "cut": {"cut": "1"},
    "gzip": {"gzip": "1"},
    "gate": {"gate": "gate"},
    "tool-call": {"tool_call": "1"},
    "reasoning-field": {"reasoning_field": "reasoning"},
    "null-first": {"null_first": "1"},
    "no-usage": {"usage": "missing"},
}


@lru_cache(maxsize=512)
def parse_scenario(text: str) -> Scenario:
    """Return the scenario written as `name; key=value; ...`.

    A text may start with a parameter: the name is then `plain`.

    Raises:
        ScenarioUnknown: a name, parameter or value is not known.
    """
    parts = [part.strip() for part in text.split(";") if part.strip()]
    name = parts.pop(0) if parts and "=" not in parts[0] else "plain"
    if name not in NAMES:
        raise ScenarioUnknown(f"The demo host knows no scenario {name!r}.")
    written = dict(NAMES[name])
    for part in parts:
        key, _, value = part.partition("=")
        written[key.strip()] = value.strip()
    return _build(name, written)


def _build(name: str, written: Mapping[str, str]) -> Scenario:
    values: dict[str, object] = {}
    for key, value in written.items():
        parse = _PARSERS.get(key)
        if parse is None:
            raise ScenarioUnknown(f"The demo host knows no parameter {key!r}.")
        try:
            values[key] = parse(value.replace("\\n", "\n"))
        except ValueError as problem:
            raise ScenarioUnknown(f"{key}={value} is not a value of {key}.") from problem
    return replace(PLAIN, name=name, **values)  # type: ignore[arg-type]  # each parser gives its field's type
