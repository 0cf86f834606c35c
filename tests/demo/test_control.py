"""The control endpoints, as a program outside the process uses them."""

import threading

import httpx
import pytest


def test_scenarios_are_queued_as_json_or_text(client, ask, host) -> None:
    state = client.post("/demo/scenario", json={"queue": ["overloaded; times=2", "no-access"]})
    assert state.json()["queue"] == ["overloaded", "no-access"]
    client.post("/demo/scenario", content="rate-limited\n\nbad-key\n")
    assert [ask().status_code for _ in range(6)] == [503, 503, 403, 429, 401, 200]


def test_a_default_is_set_and_taken_back(client, ask) -> None:
    assert client.post("/demo/scenario", json={"default": "busy"}).json()["default"] == "busy"
    assert ask().status_code == 429
    assert client.post("/demo/scenario", json={"default": None}).json()["default"] is None
    assert ask().status_code == 200


def test_a_gate_is_opened_and_closed(client, ask, host) -> None:
    answers = []
    thread = threading.Thread(target=lambda: answers.append(ask(scenario="gate=half")))
    thread.start()
    assert host.wait_until_held("half")
    assert client.get("/demo/state").json()["held"] == ["half"]
    client.post("/demo/gate/half")
    thread.join(5)
    assert answers[0].status_code == 200
    client.delete("/demo/gate/half")
    with pytest.raises(httpx.ReadTimeout):
        client.post(
            "/openai/v1/chat/completions",
            json={},
            headers={"X-Demo-Scenario": "gate=half"},
            timeout=0.1,
        )


def test_the_log_is_read_and_filtered(client, ask, host) -> None:
    ask("One")
    ask("Two", model="deepseek/deepseek-v3.2")
    client.get("/openai/v1/models")
    page = client.get("/demo/log").json()
    assert page["total"] == 3
    assert page["counts"] == {"meta-llama/llama-3.1-8b-instruct": 1, "deepseek/deepseek-v3.2": 1}
    assert page["entries"][0]["body"]["messages"] == [{"role": "user", "content": "One"}]
    assert host.key not in client.get("/demo/log").text

    def numbers(**query: object) -> list[int]:
        entries = client.get("/demo/log", params=query).json()["entries"]
        return [entry["number"] for entry in entries]

    assert numbers(path="/chat/completions") == [1, 2]
    assert numbers(model="deepseek/deepseek-v3.2") == [2]
    assert numbers(after=2) == [3]
    assert numbers(after="x") == [1, 2, 3]


def test_settings_and_reset(client, ask) -> None:
    settings = {"balance_usd": "0.5", "requests_per_window": 1, "window_seconds": 30}
    state = client.post("/demo/settings", json=settings).json()
    assert state["balance_units"] == 5 * 10**9
    assert [ask().status_code for _ in range(2)] == [200, 429]
    assert client.post("/demo/reset").json()["total"] == 0
    assert [ask().status_code for _ in range(2)] == [200, 200]


def test_names_and_parameters_are_listed(client) -> None:
    listed = client.get("/demo/scenarios").json()
    assert "rate-limited" in listed["names"]
    assert "cut" in listed["parameters"]


@pytest.mark.parametrize(
    ("method", "path", "body"),
    [
        ("POST", "scenario", b"nonsense"),
        ("POST", "scenario", b'{"queue": 5}'),
        ("POST", "scenario", b'{"queue": ["nonsense"]}'),
        ("POST", "scenario", b'{"queue'),
        ("POST", "settings", b"[]"),
        ("POST", "settings", b'{"balance_usd": "much"}'),
        ("GET", "nothing", b""),
        ("GET", "reset", b""),
    ],
)
def test_mistakes_are_told(client, method: str, path: str, body: bytes) -> None:
    response = client.request(method, f"/demo/{path}", content=body)
    assert response.status_code == 400
    assert response.json()["error"]


@pytest.mark.parametrize("key", ["", "sk_demo_other", "wrong"])
def test_only_the_hosts_own_key_opens_them(host, key: str) -> None:
    headers = {"Authorization": f"Bearer {key}"} if key else {}
    assert httpx.get(f"{host.origin}/demo/log", headers=headers).status_code == 403


def test_a_web_page_does_not_open_them(client) -> None:
    headers = {"Origin": "https://example.com"}
    assert client.post("/demo/reset", headers=headers).status_code == 403
