"""Every refusal that was recorded, and the error it becomes."""

import errno
import json
import socket
import ssl
import time
from datetime import UTC, datetime

import httpx
import pytest

from novita_desktop.api import failures
from novita_desktop.domain import errors


def error_for(status, body, headers=None):
    return failures.error_for(status, httpx.Headers(headers or {}), body)


@pytest.mark.parametrize(
    ("status", "body", "kind"),
    [
        (401, '{"code":401,"reason":"FAILED_TO_AUTH","message":"x"}', errors.KeyRefused),
        (403, '{"code":403,"reason":"INVALID_API_KEY","message":"x"}', errors.KeyMissing),
        (403, '{"code":403,"reason":"NOT_ENOUGH_BALANCE","message":"x"}', errors.NoCredit),
        (403, '{"code":403,"reason":"ACCESS_DENY","message":"x"}', errors.ModelAccessDenied),
        (403, "<html>no</html>", errors.RequestRefused),
        (404, '{"code":404,"reason":"MODEL_NOT_FOUND","message":"model not found"}', errors.ModelNotFound),
        (404, "404 page not found", errors.RouteNotFound),
        (404, "<html>Our models are elsewhere</html>", errors.RouteNotFound),
        (413, "", errors.RequestTooLarge),
        (429, '{"code":429,"reason":"RATE_LIMIT_EXCEEDED","message":"x"}', errors.RateLimited),
        (500, '{"message":"boom"}', errors.HostTrouble),
        (502, "<html><body>Bad gateway</body></html>", errors.HostTrouble),
        (503, '{"code":503,"reason":"SERVICE_NOT_AVAILABLE","message":"x"}', errors.HostTrouble),
        (504, "", errors.HostTrouble),
        (302, "", errors.RedirectRefused),
        (408, "", errors.RequestRefused),
        (418, "tea", errors.RequestRefused),
        (400, '{"message":"invalid request error trace_id: 0123456789abcdef0123456789abcdef","type":"invalid_request_error"}', errors.RequestRefused),
        (400, '{"code":400,"message":"This model\'s maximum context length is 8192 tokens"}', errors.ContextTooLong),
        (400, '{"error":{"message":"input length exceeds","type":"x"}}', errors.ContextTooLong),
        (400, '{"error":"bad thing"}', errors.RequestRefused),
        (400, '{"error":{"message":"Invalid model name passed in model=x","code":"400"}}', errors.ModelNotFound),
        (422, '{"detail":"temperature is out of range"}', errors.ParameterRefused),
    ],
)  # fmt: skip
def test_a_reply_becomes_its_error(status, body, kind):
    assert type(error_for(status, body)) is kind


@pytest.mark.parametrize(
    ("message", "feature"),
    [
        ("model: x/y does not support feature: structured-outputs", "structured-outputs"),
        ("model features structured outputs not support", "structured-outputs"),
        ("model features function calling not support", "function-calling"),
        ("model features vision not support", "vision"),
        (
            "x does not support 'json_schema' response format. Supported formats: json_object",
            "structured-outputs",
        ),
    ],
)
def test_a_feature_that_is_missing_is_named(message, feature):
    error = error_for(400, f'{{"code":400,"reason":"INVALID_REQUEST_BODY","message":"{message}"}}')
    assert isinstance(error, errors.FeatureUnsupported)
    assert error.feature == feature


def test_the_limit_of_max_tokens_is_read():
    message = "max_tokens (current value: 999999) must be between 0 and 65536 "
    error = error_for(400, f'{{"code":400,"message":"{message}"}}')
    assert isinstance(error, errors.MaxTokensTooHigh)
    assert error.limit == 65_536


def test_a_parameter_that_is_refused_is_named():
    error = error_for(400, '{"code":400,"reason":"INVALID_REQUEST_BODY","message":"bad top_k"}')
    assert isinstance(error, errors.ParameterRefused)
    assert error.parameter == "top_k"


def test_the_hosts_words_are_kept_without_secrets():
    error = error_for(
        500,
        '{"code":500,"reason":"X","message":"boom trace_id: 0123456789abcdef0123456789abcdef"}',
        {"Set-Cookie": "secret", "X-Thing": "1"},
    )
    assert error.reply.reason == "X"
    assert error.reply.trace_id == "0123456789abcdef0123456789abcdef"
    assert dict(error.reply.headers) == {"set-cookie": "…", "x-thing": "1"}


def test_a_status_repeated_as_code_is_no_reason():
    body = '{"error":{"message":"x","type":"invalid_request_error","code":"400"}}'
    assert error_for(400, body).reply.reason == "invalid_request_error"


def test_a_page_is_shown_as_its_words():
    reply = error_for(502, "<html><style>a{}</style><h1>Bad</h1> gateway</html>").reply
    assert reply.message == "Bad gateway"


@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        ("13", 13.0),
        ("0.5", 0.5),
        ("-4", 0.0),
        ("Tue, 24 Nov 2026 10:00:30 GMT", 30.0),
        ("soon", None),
        ("", None),
        ("1e300", None),
        ("nan", None),
        ("inf", None),
        ("0x10", None),
        ("Mon, 99999999999999999999999 Jan 2026 00:00:00 GMT", None),
        ("Mon, 01 Jan 99999 00:00:00 GMT", None),
        ("Fri, 01 Jan 9999 00:00:00 GMT", None),
        ("Tue, 24 Nov 2026 09:00:00 GMT", 0.0),
    ],
)
def test_retry_after(text, seconds):
    now = datetime(2026, 11, 24, 10, 0, 0, tzinfo=UTC)
    assert failures.retry_after(httpx.Headers({"Retry-After": text}), now) == seconds


def caused_by(cause, error=None):
    error = error or httpx.ConnectError("x")
    error.__cause__ = cause
    return failures.error_for_exception(error)


@pytest.mark.parametrize(
    ("cause", "kind"),
    [
        (socket.gaierror(socket.EAI_NONAME, "x"), errors.HostNotFound),
        (socket.gaierror(socket.EAI_AGAIN, "x"), errors.NoNetwork),
        (OSError(errno.ENETUNREACH, "x"), errors.NoNetwork),
        (ssl.SSLCertVerificationError("x"), errors.CertificateRefused),
        (ConnectionRefusedError(errno.ECONNREFUSED, "x"), errors.ConnectionRefused),
        (ConnectionResetError("x"), errors.ConnectionTrouble),
        (TimeoutError("x"), errors.ConnectionTrouble),
    ],
)
def test_a_network_fault_becomes_its_error(cause, kind):
    assert type(caused_by(cause)) is kind


def test_a_timeout_while_connecting():
    assert type(caused_by(None, httpx.ConnectTimeout("x"))) is errors.ConnectTimedOut


def test_a_proxy_that_refuses():
    assert type(caused_by(None, httpx.ProxyError("x"))) is errors.ProxyTrouble


@pytest.mark.parametrize("body", ["[1]", "null", '{"message": 3}', "\x00", '{"error": []}'])
def test_no_body_is_too_odd(body):
    assert isinstance(error_for(400, body), errors.RequestRefused)


def test_the_first_of_two_waits_counts():
    headers = httpx.Headers([("Retry-After", "3"), ("Retry-After", "9")])
    assert failures.retry_after(headers) == 3


HOSTILE = {
    "digits": "max_tokens must be between 0 and " + "9" * 5000,
    "max_tokens": "max_tokens " * 20_000,
    "features": "model feature " * 20_000,
    "scripts": "<script " * 20_000,
    "brackets": "<" * 200_000,
}


@pytest.mark.parametrize("name", HOSTILE)
@pytest.mark.parametrize("is_json", [True, False])
def test_no_message_takes_long_to_read(name, is_json):
    body = json.dumps({"code": 400, "message": HOSTILE[name]}) if is_json else HOSTILE[name]
    started = time.process_time()
    error = error_for(400, body)
    assert isinstance(error, errors.RequestRefused)
    assert time.process_time() - started < 0.5
    assert len(error.reply.message) <= failures.MAX_BODY_CHARACTERS


def test_a_status_as_text_counts_in_a_stream():
    payload = {"error": {"code": "429", "message": "slow down"}}
    assert type(failures.error_in_stream(payload, httpx.Headers())) is errors.RateLimited
    payload = {"error": {"code": "bad_thing", "message": "x"}}
    assert type(failures.error_in_stream(payload, httpx.Headers())) is errors.StreamReportedError


def test_an_address_that_is_none():
    error = failures.error_for_exception(httpx.InvalidURL("Invalid port"))
    assert type(error) is errors.HostNotFound
