"""The host that requests go to."""

from __future__ import annotations

import asyncio

from novita_desktop.demo import DemoHost
from novita_desktop.demo.request_log import fingerprint
from novita_desktop.services.connection import Connection


def test_requests_carry_the_key_in_use_and_its_host_alone(host: DemoHost) -> None:
    async def journey() -> None:
        hidden: list[str] = []
        connection = Connection(host.base_url, hide_key=hidden.append)
        assert not connection.has_key
        connection.use_key("sk_demo_first")
        assert connection.uses("sk_demo_first")
        assert connection.key_hint == "irst"
        await connection.client().balance()
        connection.use_key("sk_demo_second")
        await connection.client().balance()
        sent = [entry.headers["authorization"] for entry in host.log.entries()]
        assert sent == [fingerprint(f"Bearer sk_demo_{n}") for n in ("first", "second")]
        connection.use_address("https://other.example/v1")
        assert not connection.has_key
        assert connection.client().base_url == "https://other.example/v1"
        assert set(hidden) == {"sk_demo_first", "sk_demo_second"}
        await connection.close()

    asyncio.run(journey())


def test_a_client_stays_until_something_about_it_changes(host: DemoHost) -> None:
    async def journey() -> None:
        connection = Connection(host.base_url)
        first = connection.client()
        assert connection.client() is first
        connection.use_proxy("none", "")
        second = connection.client()
        assert second is not first
        connection.use_key("sk_demo_key")
        assert connection.client() is not second
        await connection.close()

    asyncio.run(journey())


def test_a_very_short_key_has_no_hint() -> None:
    connection = Connection("https://host.example")
    connection.use_key("sk_1234")
    assert connection.key_hint == ""
