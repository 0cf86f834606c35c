"""The pace of a batch is that of its last rows."""

from __future__ import annotations

import pytest

from novita_desktop.services.batch_pace import WINDOW_SECONDS, BatchPace


def test_nothing_is_told_from_too_few_rows() -> None:
    pace = BatchPace()
    pace.begin(0.0)
    pace.ended(0.5)
    pace.ended(0.6)
    assert pace.rows_per_second(1.0) is None
    assert pace.seconds_left(1.0, 10) is None


def test_the_time_left_follows_the_rows_of_late() -> None:
    pace = BatchPace()
    pace.begin(0.0)
    for n in range(40):
        pace.ended(n / 4)
    assert pace.rows_per_second(10.0) == pytest.approx(4.0)
    assert pace.seconds_left(10.0, 80) == pytest.approx(20.0)
    for n in range(int(WINDOW_SECONDS)):
        pace.ended(20.0 + n)
    assert pace.rows_per_second(20.0 + WINDOW_SECONDS) == pytest.approx(1.0, rel=0.1)


def test_a_pause_is_not_counted() -> None:
    pace = BatchPace()
    pace.begin(0.0)
    for _ in range(10):
        pace.ended(1.0)
    pace.begin(500.0)
    for n in range(10):
        pace.ended(500.0 + n / 10)
    assert pace.rows_per_second(501.0) == pytest.approx(10.0)
