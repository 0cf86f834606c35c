"""A fast demo host for every test of this folder, and a client with its key."""

from collections.abc import Callable, Iterator
from typing import Any

import httpx
import pytest

from novita_desktop.demo import DemoHost, DemoThread


@pytest.fixture
def host() -> Iterator[DemoHost]:
    with DemoThread(speed=0) as running:
        yield running


@pytest.fixture
def client(host: DemoHost) -> Iterator[httpx.Client]:
    headers = {"Authorization": f"Bearer {host.key}"}
    with httpx.Client(base_url=host.origin, headers=headers, timeout=10) as opened:
        yield opened


Ask = Callable[..., httpx.Response]


@pytest.fixture
def ask(client: httpx.Client) -> Ask:
    """Send one chat request: `ask("Hello", scenario="...", model="...", **fields)`."""

    def send(prompt: str = "Hello", scenario: str | None = None, **fields: Any) -> httpx.Response:
        body: dict[str, Any] = {
            "model": "meta-llama/llama-3.1-8b-instruct",
            "messages": [{"role": "user", "content": prompt}],
        }
        headers = {} if scenario is None else {"X-Demo-Scenario": scenario}
        return client.post("/openai/v1/chat/completions", json=body | fields, headers=headers)

    return send
