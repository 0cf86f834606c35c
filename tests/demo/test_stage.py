"""Which scenario a request plays, and what is remembered between requests."""

import asyncio

import pytest

from novita_desktop.demo.errors import Refusal
from novita_desktop.demo.scenarios import PLAIN, parse_scenario
from novita_desktop.demo.stage import Stage


def test_the_header_goes_before_the_queue_and_the_queue_before_the_default() -> None:
    stage = Stage(default=parse_scenario("busy"))
    stage.script(["overloaded"])

    def chosen(header: str | None) -> str:
        scenario = stage.choose("chat", header, b"")
        assert scenario is not None
        return scenario.name

    assert chosen("bad-key") == "bad-key"
    assert chosen(None) == "overloaded"
    assert chosen(None) == "busy"
    assert stage.choose("models", None, b"") is None


def test_tries_are_counted_by_body_and_start_over() -> None:
    stage = Stage()

    def outcome(body: bytes) -> str:
        scenario = stage.choose("chat", "overloaded; times=2", body)
        assert scenario is not None
        return scenario.error

    assert [outcome(b"a"), outcome(b"b"), outcome(b"a")] == ["overloaded"] * 3
    assert outcome(b"a") == ""
    assert outcome(b"a") == "overloaded"
    assert [outcome(b"b"), outcome(b"b")] == ["overloaded", ""]


def test_a_rate_limit_lets_requests_pass_again_after_its_window() -> None:
    moment = [100.0]
    stage = Stage(clock=lambda: moment[0])
    limited = parse_scenario("limit; rpm=2; window_s=30; retry_after=1")
    for _ in range(2):
        stage.check_rate("a", limited)
    with pytest.raises(Refusal) as refused:
        stage.check_rate("a", limited)
    assert refused.value.reply.status == 429
    assert refused.value.reply.retry_after == "1"
    stage.check_rate("b", limited)
    moment[0] += 29
    with pytest.raises(Refusal):
        stage.check_rate("a", limited)
    moment[0] += 1
    stage.check_rate("a", limited)


def test_a_gate_lets_everyone_pass_once_it_is_open() -> None:
    async def journey() -> list[str]:
        stage = Stage()
        passed = []

        async def visitor(name: str) -> None:
            await stage.pass_gate("door")
            passed.append(name)

        waiting = [asyncio.create_task(visitor(name)) for name in "ab"]
        await asyncio.sleep(0)
        assert passed == []
        stage.open_gate("door")
        await asyncio.gather(*waiting)
        await visitor("c")
        stage.close_gate("door")
        late = asyncio.create_task(visitor("d"))
        await asyncio.sleep(0)
        assert passed == ["a", "b", "c"]
        stage.forget_gates()
        await late
        return passed

    assert asyncio.run(journey()) == ["a", "b", "c", "d"]


def test_ready_made_scenarios_can_be_scripted() -> None:
    stage = Stage()
    stage.script([PLAIN])
    assert stage.choose("chat", None, b"") is PLAIN
