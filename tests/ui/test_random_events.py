"""Whatever is pressed, wherever and whenever: no slot of any page fails.

`NOVITA_TEST_EVENTS=2000 NOVITA_TEST_SEED=7 ./dev test tests/ui/test_random_events.py` tries more.
"""

from __future__ import annotations

import os

import pytest

from tests.journeys.conftest import start

__all__ = ["start"]
EVENTS = int(os.environ.get("NOVITA_TEST_EVENTS", "200"))
SEED = os.environ.get("NOVITA_TEST_SEED", "20261124")


@pytest.mark.timeout(60 + EVENTS // 4)
@pytest.mark.parametrize("page", ["Prompt", "History", "Models", "Settings"])
def test_no_slot_fails(start, tmp_path, page):
    process = start(
        "tests.reliability.scenes:random_events",
        "--demo",
        SCENE_SEED=SEED,
        SCENE_PAGE=page,
        SCENE_EVENTS=str(EVENTS),
    )
    said, complaints = process.communicate(timeout=50 + EVENTS // 4)
    assert process.returncode == 0, complaints
    assert said.startswith("end")
    assert "Traceback" not in complaints
    assert list((tmp_path / "data").rglob("fault-*.txt")) == []
