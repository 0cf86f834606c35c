"""The demo's own models play what their names say."""

import json

import pytest


def test_busy_twice_then_answers_and_so_again(ask) -> None:
    statuses = [ask(model="demo/rate-limited-twice").status_code for _ in range(6)]
    assert statuses == [429, 429, 200] * 2
    assert ask(model="demo/rate-limited-twice").headers["retry-after"] == "2"


def test_three_requests_a_minute(ask) -> None:
    statuses = [ask(str(number), model="demo/three-a-minute").status_code for number in range(5)]
    assert statuses == [200] * 3 + [429] * 2


@pytest.mark.parametrize(
    ("model", "status", "reason"),
    [
        ("demo/always-busy", 429, "RATE_LIMIT_EXCEEDED"),
        ("demo/unavailable-once", 503, "SERVICE_NOT_AVAILABLE"),
        ("demo/no-credit", 403, "NOT_ENOUGH_BALANCE"),
        ("demo/no-access", 403, "ACCESS_DENY"),
    ],
)
def test_refusals(ask, model: str, status: int, reason: str) -> None:
    response = ask(model=model)
    assert response.status_code == status
    assert response.json()["reason"] == reason


def test_it_fails_once_and_then_answers(ask) -> None:
    assert [ask(model="demo/unavailable-once").status_code for _ in range(2)] == [503, 200]


def test_it_thinks_and_says_nothing(ask) -> None:
    (choice,) = ask(model="demo/only-thinks").json()["choices"]
    assert choice["message"]["content"] == ""
    assert choice["message"]["reasoning_content"]
    assert choice["finish_reason"] == "length"


def test_a_header_goes_before_the_model(ask) -> None:
    assert ask(model="demo/always-busy", scenario="plain").status_code == 200


def test_the_long_answer_is_long(ask) -> None:
    response = ask(model="demo/long-answer", scenario="long; speed=0")
    assert response.json()["usage"]["completion_tokens"] == 20_000
    assert len(json.loads(response.text)["choices"][0]["message"]["content"]) > 60_000
