"""What the host does with any request: its Host header, scenarios before an answer, its log."""

import threading
import time

import httpx
import pytest

from novita_desktop.demo.request_log import fingerprint

BALANCE = "/openapi/v1/billing/balance/detail"


@pytest.mark.parametrize("name", ["127.0.0.1", "localhost", "LOCALHOST"])
def test_its_own_names_are_answered(host, name: str) -> None:
    headers = {"Host": f"{name}:{host.port}"}
    assert httpx.get(f"{host.base_url}/models", headers=headers).status_code == 200


@pytest.mark.parametrize("name", ["evil.example", "127.0.0.1.evil.example", "[::1]:80", "a:b:c"])
@pytest.mark.parametrize("path", ["/openai/v1/models", "/demo/state"])
def test_other_names_are_not(host, name: str, path: str) -> None:
    response = httpx.get(f"{host.origin}{path}", headers={"Host": name})
    assert response.status_code == 421
    assert host.log.total == 0


def test_a_captive_portal_answers_everything_with_a_page(client, ask) -> None:
    headers = {"X-Demo-Scenario": "captive-portal"}
    for response in (
        ask(scenario="captive-portal"),
        ask(scenario="captive-portal", stream=True),
        client.get("/openai/v1/models", headers=headers),
        client.get(BALANCE, headers=headers),
    ):
        assert response.status_code == 200
        assert response.headers["content-type"].startswith("text/html")
        assert "<html>" in response.text


def test_a_redirect_leads_to_another_host(ask, host) -> None:
    response = ask(scenario="redirect")
    assert response.status_code == 307
    assert (
        response.headers["location"] == f"http://localhost:{host.port}/openai/v1/chat/completions"
    )
    elsewhere = ask(scenario="redirect=https://example.com/x")
    assert elsewhere.headers["location"] == "https://example.com/x"


def test_a_dropped_connection_and_bytes_that_are_not_http(ask, host) -> None:
    for scenario in ("drop", "garbage"):
        with pytest.raises(httpx.RemoteProtocolError):
            ask(scenario=scenario)
    assert host.log.wait_for(lambda log: all(entry.ended_at for entry in log.entries()))
    assert [(entry.broken, entry.hung_up) for entry in host.chats] == [(True, False)] * 2


def test_a_reset_without_an_answer(ask) -> None:
    with pytest.raises(httpx.NetworkError):
        ask(scenario="drop; reset=1")


@pytest.mark.parametrize("path", ["/openai/v1/models", BALANCE])
def test_a_hanging_request_notices_the_hang_up(client, host, path: str) -> None:
    with pytest.raises(httpx.ReadTimeout):
        client.get(path, headers={"X-Demo-Scenario": "hang"}, timeout=0.2)
    assert host.wait_for_hang_ups(1)
    assert host.log.entries()[0].status == 0


@pytest.mark.parametrize("path", ["/openai/v1/models", BALANCE])
def test_other_endpoints_take_errors_gates_gzip_and_latency(client, host, path: str) -> None:
    def get(scenario: str) -> httpx.Response:
        return client.get(path, headers={"X-Demo-Scenario": scenario})

    plain = get("plain").content
    assert get("overloaded").status_code == 503
    assert get("gzip").content == plain
    assert get("gzip").headers["content-encoding"] == "gzip"
    start = time.monotonic()
    assert get("latency_ms=60").content == plain
    assert time.monotonic() - start >= 0.06
    with pytest.raises(httpx.RemoteProtocolError):
        get("break_at=20")
    threading.Timer(0.05, host.release, ["door"]).start()
    assert get("gate=door").content == plain


def test_an_error_can_take_its_time(ask) -> None:
    start = time.monotonic()
    assert ask(scenario="gateway-timeout; latency_ms=80").status_code == 504
    assert time.monotonic() - start >= 0.08


def test_a_whole_answer_can_wait_at_a_gate(ask, host) -> None:
    threading.Timer(0.05, host.release, ["door"]).start()
    assert ask(scenario="gate=door").status_code == 200


def test_scenarios_come_before_the_key_and_demo_models_after_it(host) -> None:
    def post(model: str, scenario: str) -> int:
        headers = {"Authorization": "Bearer wrong", "X-Demo-Scenario": scenario}
        if not scenario:
            del headers["X-Demo-Scenario"]
        body = {"model": model, "messages": [{"role": "user", "content": "Hi"}]}
        return httpx.post(
            f"{host.base_url}/chat/completions", json=body, headers=headers
        ).status_code

    assert post("demo/always-busy", "") == 401
    assert post("demo/always-busy", "plain") == 401
    assert post("demo/always-busy", "overloaded") == 503


def test_every_request_is_in_the_log_with_its_key_as_a_fingerprint(ask, client, host) -> None:
    ask("Hello", scenario="overloaded")
    client.get("/openai/v1/nothing")
    first, second = host.log.entries()
    assert (first.method, first.path) == ("POST", "/openai/v1/chat/completions")
    assert first.json["messages"][0]["content"] == "Hello"
    assert first.scenario == "overloaded"
    assert first.status == 503
    assert first.headers["authorization"] == fingerprint(f"Bearer {host.key}")
    assert host.key not in repr(host.log.entries())
    assert second.status == 404


def test_a_thousand_requests_over_many_connections_are_all_counted(host) -> None:
    body = {
        "model": "meta-llama/llama-3.1-8b-instruct",
        "messages": [{"role": "user", "content": "Hi"}],
    }
    headers = {
        "Authorization": f"Bearer {host.key}",
        "X-Demo-Scenario": "plain; latency_ms=5",
    }
    statuses = []

    def work() -> None:
        with httpx.Client(headers=headers, timeout=30) as client:
            for _ in range(50):
                response = client.post(f"{host.base_url}/chat/completions", json=body)
                statuses.append(response.status_code)

    threads = [threading.Thread(target=work) for _ in range(20)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert statuses == [200] * 1000
    assert host.counts == {"meta-llama/llama-3.1-8b-instruct": 1000}
