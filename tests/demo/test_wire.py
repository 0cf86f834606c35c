"""Bodies that are compressed, cut and broken on their way."""

import gzip

import httpx
import pytest


def _read(host, scenario: str) -> httpx.Response:
    return httpx.get(f"{host.base_url}/models", headers={"X-Demo-Scenario": scenario})


def test_every_way_carries_the_same_body(host) -> None:
    plain = _read(host, "plain").content
    for scenario in ("gzip", "cut=997", "gzip; cut=13", "break_at=999999999"):
        assert _read(host, scenario).content == plain


def test_a_compressed_body_can_break_off_inside(host) -> None:
    got = bytearray()
    headers = {"X-Demo-Scenario": "gzip; break_at=500"}

    def collect(response: httpx.Response) -> None:
        for part in response.iter_raw():
            got.extend(part)

    with (
        httpx.stream("GET", f"{host.base_url}/models", headers=headers) as response,
        pytest.raises(httpx.RemoteProtocolError),
    ):
        collect(response)
    assert len(got) == 500
    with pytest.raises(EOFError):
        gzip.decompress(bytes(got))


def test_a_broken_body_told_its_whole_length(host) -> None:
    headers = {"X-Demo-Scenario": "break_at=10"}
    with httpx.stream("GET", f"{host.base_url}/models", headers=headers) as response:
        assert int(response.headers["content-length"]) > 10_000
        with pytest.raises(httpx.RemoteProtocolError):
            response.read()
