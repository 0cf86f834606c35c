"""Scenarios as text, and that the documentation lists them all."""

import re
from pathlib import Path

import pytest

from novita_desktop.demo.scenarios import (
    NAMES,
    PARAMETERS,
    PLAIN,
    Scenario,
    ScenarioUnknown,
    parse_scenario,
)

DOCUMENT = Path(__file__).parents[2] / "docs" / "demo-host.md"


@pytest.mark.parametrize("name", sorted(NAMES))
def test_every_name_is_a_scenario(name: str) -> None:
    assert parse_scenario(name).name == name


def test_parameters_are_added_to_a_name_and_win_over_it() -> None:
    scenario = parse_scenario(" busy ;retry_after=7;  times = 3 ")
    assert scenario.retry_after == "7"
    assert scenario.times == 3
    reply = scenario.reply("some/model")
    assert reply is not None
    assert reply.status == 429


def test_a_text_may_start_with_a_parameter() -> None:
    assert parse_scenario("speed=5; gzip=1") == Scenario(speed=5.0, gzip=True)
    assert parse_scenario("") == PLAIN


def test_a_text_can_have_lines() -> None:
    assert parse_scenario(r"text=one\ntwo").text == "one\ntwo"


@pytest.mark.parametrize(
    "text",
    ["nonsense", "plain; nonsense=1", "plain; speed=fast", "plain; on=moon", "shape=Z", "gzip=maybe", "error=none"],
)  # fmt: skip
def test_what_is_not_known_is_refused(text: str) -> None:
    with pytest.raises(ScenarioUnknown):
        parse_scenario(text)


def test_a_misspelt_header_is_told_to_the_client(ask) -> None:
    response = ask(scenario="nonsense")
    assert response.status_code == 400
    assert "nonsense" in response.text


def test_recovery_keeps_the_pace_only() -> None:
    scenario = parse_scenario("overloaded; times=1; speed=7; ttft_ms=9")
    assert scenario.recovered() == Scenario(speed=7.0, ttft_ms=9.0)


def test_the_documentation_lists_every_name_and_parameter() -> None:
    text = DOCUMENT.read_text(encoding="utf-8")
    listed = set(re.findall(r"^\| `([\w-]+)`", text, re.MULTILINE))
    assert set(NAMES) | set(PARAMETERS) <= listed
