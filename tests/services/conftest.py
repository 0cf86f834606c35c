"""A fast demo host for every test of the services."""

from collections.abc import Iterator

import pytest

from novita_desktop.demo import DemoHost, DemoThread


@pytest.fixture
def host() -> Iterator[DemoHost]:
    with DemoThread(speed=0) as running:
        yield running
