"""Fixtures for tests that speak HTTP."""

import pytest

from tests.api.byte_server import ByteServer


@pytest.fixture
def server():
    """A loopback server whose replies a test scripts."""
    server = ByteServer()
    yield server
    server.close()
