"""Bodies of errors, in every shape, as the host sends them."""

import json
import re

import pytest

from novita_desktop.demo.errors import ERRORS, ErrorReply, Shape, error


@pytest.mark.parametrize("name", sorted(ERRORS))
def test_every_error_reaches_the_client_as_it_is_listed(ask, name: str) -> None:
    response = ask(scenario=name)
    reply = error(name, "meta-llama/llama-3.1-8b-instruct")
    assert response.status_code == reply.status
    assert "retry-after" not in response.headers
    if reply.shape is Shape.GATEWAY:
        decoded = response.json()
        assert decoded["code"] == reply.status
        assert decoded["reason"] == reply.reason
        assert decoded["message"] == reply.message
        assert decoded["metadata"] == {}


def test_the_model_is_named_in_the_message() -> None:
    text = error("no-structured-outputs", "some/model").message
    assert text == "model: some/model does not support feature: structured-outputs"


def _body(shape: Shape) -> tuple[bytes, str]:
    return ErrorReply(400, "SOME_REASON", "words", shape).content()


def test_shape_b_carries_a_trace_id() -> None:
    decoded = json.loads(_body(Shape.UPSTREAM)[0])
    assert re.fullmatch(r"words trace_id: [0-9a-f]{32}", decoded["message"])
    assert decoded["type"] == "invalid_request_error"


@pytest.mark.parametrize(
    ("shape", "expected"),
    [
        (Shape.NESTED, {"error": {"message": "words", "type": "some_reason", "code": 400}}),
        (Shape.ERROR_TEXT, {"error": "words"}),
        (Shape.DETAIL, {"detail": "words"}),
    ],
)
def test_the_other_json_shapes(shape: Shape, expected: dict) -> None:
    body, content_type = _body(shape)
    assert json.loads(body) == expected
    assert content_type == "application/json"


def test_the_shapes_without_json() -> None:
    assert _body(Shape.PLAIN) == (b"words", "text/plain; charset=utf-8")
    page, content_type = _body(Shape.HTML)
    assert b"<h1>400 words</h1>" in page
    assert content_type.startswith("text/html")
    assert _body(Shape.EMPTY)[0] == b""


def test_a_scenario_changes_status_words_shape_and_waiting_time(ask) -> None:
    text = "rate-limited; status=418; reason=TEAPOT; message=short and stout; shape=C"
    response = ask(scenario=text + "; retry_after=Wed, 21 Oct 2026 07:28:00 GMT")
    assert response.status_code == 418
    assert response.headers["retry-after"] == "Wed, 21 Oct 2026 07:28:00 GMT"
    assert response.json() == {
        "error": {"message": "short and stout", "type": "teapot", "code": 418}
    }
