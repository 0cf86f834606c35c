"""Every error reply the demo host can give, in each body shape seen from Novita.

Source: novita/api.md section 5. The letters of the shapes are those of its table 5.1.
"""

from dataclasses import dataclass, replace
from enum import StrEnum
from uuid import uuid4

import msgspec

JSON = "application/json"
PLAIN_TEXT = "text/plain; charset=utf-8"
HTML_TEXT = "text/html; charset=utf-8"


class Shape(StrEnum):
    """How the body of an error is built."""

    GATEWAY = "A"
    UPSTREAM = "B"
    NESTED = "C"
    ERROR_TEXT = "D"
    PLAIN = "E"
    HTML = "html"
    DETAIL = "detail"
    EMPTY = "empty"


@dataclass(frozen=True, slots=True)
class ErrorReply:
    """One error: its HTTP status, Novita's reason word, a message and the body's shape.

    `retry_after` is the text of a `Retry-After` header (seconds or an HTTP date), if one is sent.
    """

    status: int
    reason: str
    message: str
    shape: Shape = Shape.GATEWAY
    retry_after: str | None = None

    def fields(self) -> dict[str, object]:
        """Return the error as the JSON object that its shape asks for."""
        match self.shape:
            case Shape.UPSTREAM:
                text = f"{self.message} trace_id: {uuid4().hex}"
                return {"message": text, "type": "invalid_request_error"}
            case Shape.NESTED:
                kind = self.reason.lower() or "error"
                return {"error": {"message": self.message, "type": kind, "code": self.status}}
            case Shape.ERROR_TEXT:
                return {"error": self.message}
            case Shape.DETAIL:
                return {"detail": self.message}
            case _:
                return {
                    "code": self.status,
                    "reason": self.reason,
                    "message": self.message,
                    "metadata": {},
                }

    def content(self) -> tuple[bytes, str]:
        """Return the body's bytes and its content type."""
        match self.shape:
            case Shape.PLAIN:
                return self.message.encode(), PLAIN_TEXT
            case Shape.HTML:
                return _page(f"{self.status} {self.message}").encode(), HTML_TEXT
            case Shape.EMPTY:
                return b"", PLAIN_TEXT
            case _:
                return msgspec.json.encode(self.fields()), JSON


class Refusal(Exception):
    """The request cannot be answered; `reply` says why, as Novita would."""

    def __init__(self, reply: ErrorReply) -> None:
        super().__init__(reply.message)
        self.reply = reply


def _page(title: str) -> str:
    return (
        f"<html>\r\n<head><title>{title}</title></head>\r\n<body>\r\n"
        f"<center><h1>{title}</h1></center>\r\n</body>\r\n</html>\r\n"
    )


CAPTIVE_PORTAL = (
    b"<!DOCTYPE html><html><head><title>Welcome to the guest network</title></head>"
    b"<body><h1>Please accept the terms to go online</h1>"
    b'<form method="post"><button>Accept</button></form></body></html>'
)

BODY = "INVALID_REQUEST_BODY"

ERRORS: dict[str, ErrorReply] = {
    "bad-parameter": ErrorReply(
        400, BODY, "temperature (current value: 3) must be between 0 and 2 "
    ),
    "no-structured-outputs": ErrorReply(
        400, BODY, "model: {model} does not support feature: structured-outputs"
    ),
    "no-json-schema": ErrorReply(
        400,
        BODY,
        "model: {model} does not support 'json_schema' response format. "
        "Supported formats: json_object",
    ),
    "no-functions": ErrorReply(400, BODY, "model features function calling not support"),
    "no-vision": ErrorReply(400, BODY, "model features vision not support"),
    "no-endpoint": ErrorReply(
        400, BODY, "model: {model} does not support endpoint: chat/completions"
    ),
    "max-tokens": ErrorReply(
        400, BODY, "max_tokens (current value: 99999999) must be between 0 and 8192 "
    ),
    "context": ErrorReply(
        400,
        BODY,
        "This model's maximum context length is 8192 tokens. "
        "However, your messages resulted in 9000 tokens. Please reduce the length.",
    ),
    "upstream": ErrorReply(400, "", "invalid request error", Shape.UPSTREAM),
    "nested": ErrorReply(400, "invalid_request_error", "invalid request", Shape.NESTED),
    "error-text": ErrorReply(400, "", "invalid request", Shape.ERROR_TEXT),
    "detail": ErrorReply(422, "", "the request could not be understood", Shape.DETAIL),
    "bad-key": ErrorReply(401, "FAILED_TO_AUTH", "failed to authenticate API key"),
    "bad-key-billing": ErrorReply(401, "UNAUTHORIZED", "key not found"),
    "missing-key": ErrorReply(403, "INVALID_API_KEY", "invalid api-key"),
    "no-balance": ErrorReply(403, "NOT_ENOUGH_BALANCE", "not enough balance"),
    "no-access": ErrorReply(
        403, "ACCESS_DENY", "you do not have permission to use the model {model}"
    ),
    "model-not-found": ErrorReply(404, "MODEL_NOT_FOUND", "model not found"),
    "route-not-found": ErrorReply(404, "", "404 page not found\n", Shape.PLAIN),
    "too-large": ErrorReply(413, "", "Request Entity Too Large", Shape.HTML),
    "rate-limited": ErrorReply(
        429, "RATE_LIMIT_EXCEEDED", "request rate limit exceeded, please try again later"
    ),
    "token-limited": ErrorReply(
        429, "TOKEN_LIMIT_EXCEEDED", "token rate limit exceeded, please try again later"
    ),
    "server-error": ErrorReply(500, "INTERNAL_SERVER_ERROR", "internal server error"),
    "server-error-text": ErrorReply(500, "", "upstream connect error", Shape.PLAIN),
    "bad-gateway": ErrorReply(502, "", "Bad Gateway", Shape.HTML),
    "overloaded": ErrorReply(
        503, "SERVICE_NOT_AVAILABLE", "service is temporarily unavailable, please try again later"
    ),
    "gateway-timeout": ErrorReply(504, "", "Gateway Time-out", Shape.HTML),
}


def error(name: str, model: str = "") -> ErrorReply:
    """Return the error called `name`, with `model` filled into its message.

    Raises:
        KeyError: no error has that name.
    """
    reply = ERRORS[name]
    return replace(reply, message=reply.message.replace("{model}", model))


def refuse(name: str, model: str = "") -> Refusal:
    """Return the exception that answers a request with the error called `name`."""
    return Refusal(error(name, model))


def invalid_body(message: str) -> Refusal:
    """Return the 400 of a request body that says something wrong."""
    return Refusal(ErrorReply(400, BODY, message))
