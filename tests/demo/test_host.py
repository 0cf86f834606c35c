"""The host as an object: start, stop, script, release, reset."""

import asyncio
import socket
import subprocess
import sys
import threading

import httpx
import pytest

from novita_desktop import demo
from novita_desktop.demo import DemoHost, DemoThread
from novita_desktop.demo.scenarios import ScenarioUnknown


def test_it_serves_on_the_loopback_address_only(host: DemoHost) -> None:
    assert host.base_url == f"http://127.0.0.1:{host.port}/openai/v1"
    assert httpx.get(f"{host.base_url}/models").status_code == 200


def test_it_stops_while_answers_are_held(ask, host: DemoHost) -> None:
    with DemoThread(speed=0) as other:
        failures = []

        def held() -> None:
            try:
                httpx.post(
                    f"{other.base_url}/chat/completions",
                    json={
                        "model": "meta-llama/llama-3.1-8b-instruct",
                        "messages": [{"role": "user", "content": "Hi"}],
                    },
                    headers={
                        "Authorization": f"Bearer {other.key}",
                        "X-Demo-Scenario": "hang",
                    },
                    timeout=10,
                )
            except httpx.HTTPError as problem:
                failures.append(problem)

        thread = threading.Thread(target=held)
        thread.start()
        assert other.wait_for_requests(1)
    thread.join(5)
    assert len(failures) == 1


def test_a_host_runs_on_the_callers_loop_and_starts_again() -> None:
    async def journey() -> list[int]:
        host = DemoHost(speed=0)
        statuses = []
        for _ in range(2):
            await host.start()
            async with httpx.AsyncClient() as client:
                statuses.append((await client.get(f"{host.base_url}/models")).status_code)
            await host.stop()
        await host.stop()
        return statuses

    assert asyncio.run(journey()) == [200, 200]


def test_a_taken_port_is_an_error_and_leaves_no_thread() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        thread = DemoThread(taken.getsockname()[1])
        with pytest.raises(OSError, match="address"):
            thread.start().result(10)
        thread.stop()
        assert not thread._thread.is_alive()


def test_scripted_scenarios_are_played_in_order_and_then_answers_are_plain(ask, host) -> None:
    host.script(["rate-limited; times=2", "overloaded"])
    assert [ask().status_code for _ in range(4)] == [429, 429, 503, 200]
    assert host.counts == {"meta-llama/llama-3.1-8b-instruct": 4}


def test_a_script_for_another_endpoint_waits_for_it(ask, client, host) -> None:
    host.script(["server-error; on=balance", "no-access"])
    assert ask().status_code == 403
    assert client.get("/openapi/v1/billing/balance/detail").status_code == 500
    assert client.get("/openapi/v1/billing/balance/detail").status_code == 200


def test_a_default_scenario_lasts_until_it_is_taken_back(ask, host) -> None:
    host.play_always("overloaded")
    assert [ask().status_code for _ in range(3)] == [503] * 3
    host.play_always(None)
    assert ask().status_code == 200


def test_a_misspelt_script_is_refused_at_once(host) -> None:
    with pytest.raises(ScenarioUnknown):
        host.script(["rate-limit"])


def test_reset_forgets_everything(ask, host) -> None:
    host.script(["overloaded"])
    host.limit_requests(0)
    host.account.set_balance(0)
    host.reset()
    assert ask().status_code == 200
    assert len(host.chats) == 1


def test_a_limit_of_requests_counts_each_model_by_itself(ask, host) -> None:
    host.limit_requests(2)
    assert [ask().status_code for _ in range(3)] == [200, 200, 429]
    assert ask(model="deepseek/deepseek-v3.2").status_code == 200
    host.limit_requests(None)
    assert ask().status_code == 200


def test_importing_the_package_is_light() -> None:
    code = (
        "import sys, novita_desktop.demo as demo; "
        "mine = [name for name in sys.modules if name.startswith('novita_desktop.demo.')]; "
        "sys.exit('aiohttp' in sys.modules or mine != ['novita_desktop.demo.thread'])"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False, timeout=30).returncode == 0


def test_the_package_has_nothing_else() -> None:
    with pytest.raises(AttributeError, match="Other"):
        _ = demo.Other
