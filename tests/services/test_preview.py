"""What the form would send, and what it would cost."""

from __future__ import annotations

import asyncio
import json
from datetime import UTC, datetime

import pytest

from novita_desktop.domain.catalogue import Model
from novita_desktop.domain.costs import PriceBand, Prices
from novita_desktop.domain.errors import InputError
from novita_desktop.domain.prompt_form import PromptForm
from novita_desktop.domain.request_body import body_of
from novita_desktop.domain.requests import RetryPolicy
from novita_desktop.domain.settings import Settings
from novita_desktop.services.clock import Clock
from novita_desktop.services.preview import (
    automatic_values,
    defaults_of,
    preview,
    request_of_form,
)

MODEL = Model("a/b", "B", max_output_tokens=1_000, prices=Prices((PriceBand(0, 10, 20),)))
FORM = PromptForm("a/b", message="Hello there you")
CLOCK = Clock(now=lambda: 1_795_000_000_000_000)


def test_the_preview_is_the_body_that_is_sent() -> None:
    shown = asyncio.run(preview(FORM, MODEL, Settings(), CLOCK))
    assert shown.problem is None
    assert json.loads(shown.body_json) == body_of(request_of_form(FORM, MODEL, Settings(), CLOCK))
    assert shown.estimate is not None
    assert shown.estimate.prompt_tokens == 4
    assert shown.estimate.likely_units == 4 * 10 + 400 * 20
    assert shown.estimate.at_most_units == 4 * 10 + 1_000 * 20


def test_a_problem_takes_the_place_of_the_body() -> None:
    shown = asyncio.run(preview(FORM.with_input("temperature", "warm"), MODEL, Settings(), CLOCK))
    assert shown.body_json == ""
    assert shown.estimate is None
    assert shown.problem is not None
    assert (shown.problem.field, shown.problem.problem) == ("temperature", "not_a_number")


def test_a_problem_leaves_the_messages_as_far_as_they_go() -> None:
    form = PromptForm("a/b", "Be {{ tone }}", "Hi {{ name }}, {{ clipboard }}", {}, {"name": "Ann"})
    shown = asyncio.run(preview(form, MODEL, Settings(), CLOCK))
    assert shown.problem is not None
    assert shown.problem.field == "variable:tone"
    messages = json.loads(shown.partial_json)["messages"]
    assert [each["content"] for each in messages] == ["Be [tone]", "Hi Ann, [clipboard]"]


def test_an_unknown_price_is_not_free() -> None:
    shown = asyncio.run(preview(FORM, None, Settings(), CLOCK))
    assert shown.estimate is not None
    assert shown.estimate.likely_units is None


def test_the_clipboard_is_a_placeholder_until_run_is_pressed() -> None:
    form = PromptForm("a/b", message="Sum up: {{ clipboard }}")
    shown = asyncio.run(preview(form, MODEL, Settings(), CLOCK))
    assert "[clipboard]" in shown.body_json
    sent = request_of_form(form, MODEL, Settings(), CLOCK, "copied text")
    assert sent.message_text == "Sum up: copied text"
    with pytest.raises(InputError) as problem:
        request_of_form(form, MODEL, Settings(), CLOCK)
    assert problem.value.field == "variable:clipboard"


def test_automatic_variables_are_local_and_typed_values_win() -> None:
    local = datetime.fromtimestamp(1_795_000_000, UTC).astimezone()
    values = automatic_values(CLOCK)
    assert values["today"] == local.strftime("%Y-%m-%d")
    assert values["now"] == local.strftime("%Y-%m-%d %H:%M")
    form = PromptForm("a/b", message="{{ today }} {{ now }}", values={"today": "someday"})
    assert request_of_form(form, MODEL, Settings(), CLOCK).message_text == (
        f"someday {values['now']}"
    )


def test_the_settings_give_policy_and_limits() -> None:
    settings = Settings(retry_policy="patient", connect_seconds=3.0, silence_seconds=7.0)
    defaults = defaults_of(settings)
    assert defaults.retry_policy is RetryPolicy.PATIENT
    assert defaults.time_limits.connect_seconds == 3.0
    assert defaults.time_limits.silence_seconds == 7.0
    assert request_of_form(FORM, MODEL, settings, CLOCK).retry_policy is RetryPolicy.PATIENT
