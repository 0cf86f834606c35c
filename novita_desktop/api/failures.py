"""Status codes and network exceptions become domain errors (novita/api.md section 5)."""

from __future__ import annotations

import errno
import json
import math
import re
import socket
import ssl
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

import httpx

from novita_desktop.domain import errors
from novita_desktop.domain.errors import ApiError, HostReply
from novita_desktop.domain.json_values import JsonObject, as_object, as_text, as_whole

MAX_BODY_CHARACTERS = 16 * 1024
MAX_MATCHED_CHARACTERS = 2_000
"""How much of a message is searched for known words; some of the patterns work in squares."""

LONGEST_WAIT_SECONDS = 1e9

_SECRET_HEADERS = frozenset({"authorization", "proxy-authorization", "cookie", "set-cookie"})
_TRACE_HEADERS = ("x-trace-id", "x-request-id", "request-id", "trace-id", "cf-ray")
_TRACE_ID = re.compile(r"trace[_ ]?id:?\s*([0-9a-zA-Z-]{8,64})")
_FEATURES = (
    (re.compile(r"does not support feature:?\s*([\w-]+)"), None),
    (re.compile(r"model features? ([\w -]+?) not support"), None),
    (re.compile(r"does not support '?(json_schema|json_object)'? response format"), None),
    (re.compile(r"response_format"), "structured-outputs"),
)
_FEATURE_NAMES = {
    "structured outputs": "structured-outputs",
    "function calling": "function-calling",
    "json_schema": "structured-outputs",
    "json_object": "structured-outputs",
}
_NO_SUCH_MODEL = re.compile(
    r"invalid model|no such model|unknown model|model\b.{0,200}\b(?:not found|does not exist)",
    re.IGNORECASE | re.DOTALL,
)
_MAX_TOKENS_LIMIT = re.compile(r"max_tokens.*?between \d+ and (\d{1,12})\b", re.DOTALL)
_MAX_TOKENS = re.compile(
    r"max_(?:completion_)?tokens\b.{0,80}?(?:too (?:large|high|many)|exceed|at most|maximum|greater than)",
    re.DOTALL,
)
_CONTEXT = re.compile(
    r"context (?:length|window|limit)|input length exceed|too many tokens|maximum context",
    re.IGNORECASE,
)
_PARAMETERS = (
    "temperature",
    "top_p",
    "top_k",
    "min_p",
    "seed",
    "stop",
    "frequency_penalty",
    "presence_penalty",
    "repetition_penalty",
    "reasoning_effort",
    "enable_thinking",
    "thinking",
    "stream_options",
    "max_tokens",
)
_SCRIPT = re.compile(r"(?is)<(script|style)\b.*?(?:</\1>|\Z)")
_TAG = re.compile(r"<[^<>]{0,2000}>")
_PARAMETER = re.compile(rf"\b({'|'.join(_PARAMETERS)})\b")


def safe_headers(headers: httpx.Headers) -> tuple[tuple[str, str], ...]:
    """Return every header of a reply, with the values that hold secrets taken out."""
    return tuple(
        (name, "…" if name.lower() in _SECRET_HEADERS else value)
        for name, value in headers.multi_items()
    )


def reply_from(status: int | None, headers: httpx.Headers, body: str) -> HostReply:
    """Return what the host said, read in the order of novita/api.md section 5.1."""
    payload = _object_in(body)
    reason, message = words_of(payload)
    if not message and not payload:
        message = _without_markup(body)
    found = _TRACE_ID.search(message[:MAX_MATCHED_CHARACTERS])
    trace_id = found[1] if found else ""
    if not trace_id:
        trace_id = next((headers[name] for name in _TRACE_HEADERS if name in headers), "")
    return HostReply(
        status=status,
        reason=reason,
        message=message[:MAX_BODY_CHARACTERS].strip(),
        trace_id=trace_id,
        headers=safe_headers(headers),
        body=body[:MAX_BODY_CHARACTERS],
    )


def words_of(payload: JsonObject) -> tuple[str, str]:
    """Return reason and message of an error object in any of its known shapes."""
    if as_text(payload.get("reason")):
        return as_text(payload["reason"]), as_text(payload.get("message"))
    inner = payload.get("error")
    if isinstance(inner, str):
        return "", inner
    if isinstance(inner, dict):
        code = as_text(inner.get("code"))
        # LiteLLM repeats the status here, as text.
        kind = code if code and not code.isdigit() else as_text(inner.get("type"))
        return kind, as_text(inner.get("message"))
    message = payload.get("message") or payload.get("detail")
    text = message if isinstance(message, str) else json.dumps(message) if message else ""
    return as_text(payload.get("type")), text


def error_for(status: int, headers: httpx.Headers, body: str) -> ApiError:
    """Return the domain error for a reply that is not a success."""
    return error_from(reply_from(status, headers, body), headers)


def error_in_stream(payload: JsonObject, headers: httpx.Headers) -> ApiError:
    """Return the error for an error object that came before the first word of a stream."""
    inner = as_object(payload.get("error"))
    status = _status_in(payload) or _status_in(inner)
    reply = reply_from(status, headers, json.dumps(payload, ensure_ascii=False))
    if status is None or not 400 <= status < 600:
        return errors.StreamReportedError(reply=reply)
    return error_from(reply, headers)


def _status_in(payload: JsonObject) -> int | None:
    """Return the status that an error object repeats; LiteLLM does so as text."""
    code = payload.get("code")
    text = as_text(code)
    return int(text) if re.fullmatch(r"[1-5]\d\d", text, re.ASCII) else as_whole(code)


def error_from(reply: HostReply, headers: httpx.Headers) -> ApiError:
    """Return the domain error that a host's reply stands for."""
    status = reply.status or 0
    if status == 429:
        return errors.RateLimited(retry_after_seconds=retry_after(headers), reply=reply)
    if status >= 500 and status != 511:
        return errors.HostTrouble(retry_after_seconds=retry_after(headers), reply=reply)
    if 300 <= status < 400:
        return errors.RedirectRefused(reply=reply)
    return _CLASSES.get(status, _request_refused)(reply)


def _request_refused(reply: HostReply) -> ApiError:
    return errors.RequestRefused(reply=reply)


def _forbidden(reply: HostReply) -> ApiError:
    match reply.reason.upper():
        case "NOT_ENOUGH_BALANCE":
            return errors.NoCredit(reply=reply)
        case "ACCESS_DENY":
            return errors.ModelAccessDenied(reply=reply)
        case "INVALID_API_KEY":
            return errors.KeyMissing(reply=reply)
        case _:
            return errors.RequestRefused(reply=reply)


def _not_found(reply: HostReply) -> ApiError:
    is_json = bool(_object_in(reply.body))
    if "MODEL" in reply.reason.upper() or (is_json and "model" in reply.message.lower()):
        return errors.ModelNotFound(reply=reply)
    return errors.RouteNotFound(reply=reply)


def _refusal(reply: HostReply) -> ApiError:
    message = reply.message[:MAX_MATCHED_CHARACTERS]
    for pattern, fixed in _FEATURES:
        if found := pattern.search(message):
            name = fixed or found[1].strip().lower()
            return errors.FeatureUnsupported(_FEATURE_NAMES.get(name, name), reply=reply)
    if _NO_SUCH_MODEL.search(message):
        return errors.ModelNotFound(reply=reply)
    if found := _MAX_TOKENS_LIMIT.search(message):
        return errors.MaxTokensTooHigh(int(found[1]), reply=reply)
    if _CONTEXT.search(message):
        return errors.ContextTooLong(reply=reply)
    if _MAX_TOKENS.search(message):
        return errors.MaxTokensTooHigh(None, reply=reply)
    if found := _PARAMETER.search(message):
        return errors.ParameterRefused(found[1], reply=reply)
    return errors.RequestRefused(reply=reply)


_CLASSES: Mapping[int, Callable[[HostReply], ApiError]] = {
    400: _refusal,
    401: lambda reply: errors.KeyRefused(reply=reply),
    402: lambda reply: errors.NoCredit(reply=reply),
    403: _forbidden,
    404: _not_found,
    409: _refusal,
    413: lambda reply: errors.RequestTooLarge(reply=reply),
    415: _refusal,
    422: _refusal,
    511: lambda reply: errors.NotJson(reply=reply),
}
"""What each status means that is neither a redirect nor worth another try."""


def retry_after(headers: httpx.Headers, now: datetime | None = None) -> float | None:
    """Return the seconds that a `Retry-After` header asks for, or None.

    The header holds seconds or an HTTP date (RFC 9110 section 10.2.3).
    """
    text = next(iter(headers.get_list("retry-after")), "").strip()
    try:
        seconds = float(text)
    except ValueError:
        seconds = _seconds_until(text, now or datetime.now(UTC))
    return max(0.0, seconds) if seconds < LONGEST_WAIT_SECONDS else None


def _seconds_until(text: str, now: datetime) -> float:
    """Return the seconds until an HTTP date, not a number for anything else."""
    try:
        when = parsedate_to_datetime(text)
    except (ValueError, TypeError, OverflowError, LookupError):
        return math.nan
    if when.tzinfo is None:
        when = when.replace(tzinfo=UTC)
    return (when - now).total_seconds()


def error_for_exception(error: Exception) -> ApiError:
    """Return the domain error for a connection that failed before any answer.

    The cause decides where the network library's own class is too coarse.
    """
    message = str(error) or type(error).__name__
    causes = list(_causes_of(error))
    if isinstance(error, httpx.InvalidURL | httpx.UnsupportedProtocol):
        return errors.HostNotFound(message)
    if isinstance(error, httpx.ProxyError) or _named(causes, "ProxyConnectionError"):
        return errors.ProxyTrouble(message)
    if any(isinstance(cause, ssl.SSLError | ssl.CertificateError) for cause in causes):
        return errors.CertificateRefused(message)
    for cause in causes:
        if isinstance(cause, socket.gaierror):
            offline = cause.errno == socket.EAI_AGAIN
            return errors.NoNetwork(message) if offline else errors.HostNotFound(message)
        if isinstance(cause, OSError) and cause.errno in {errno.ENETUNREACH, errno.ENETDOWN}:
            return errors.NoNetwork(message)
        if isinstance(cause, ConnectionRefusedError):
            return errors.ConnectionRefused(message)
    if isinstance(error, httpx.ConnectTimeout | httpx.PoolTimeout | httpx.TimeoutException) and (
        _named(causes, "TimeoutError") or not error.__cause__
    ):
        return errors.ConnectTimedOut(message)
    return errors.ConnectionTrouble(message)


def _named(causes: Iterable[BaseException], name: str) -> bool:
    return any(base.__name__.endswith(name) for c in causes for base in type(c).__mro__)


def _causes_of(error: BaseException) -> Iterator[BaseException]:
    current: BaseException | None = error
    seen: set[int] = set()
    while current is not None and id(current) not in seen:
        seen.add(id(current))
        yield current
        inner = getattr(current, "os_error", None)
        if isinstance(inner, BaseException):
            yield inner
        current = current.__cause__ or current.__context__


def _object_in(body: str) -> JsonObject:
    try:
        return as_object(json.loads(body))
    except (ValueError, RecursionError):
        return {}


def _without_markup(body: str) -> str:
    text = _SCRIPT.sub(" ", body[: MAX_BODY_CHARACTERS * 4])
    return " ".join(_TAG.sub(" ", text).split())[:500]
