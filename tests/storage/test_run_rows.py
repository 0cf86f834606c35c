"""Columns hold what runs hold, within what a column can."""

from __future__ import annotations

from hypothesis import given

from novita_desktop.domain.costs import Cost, Usage
from novita_desktop.storage.run_rows import (
    attempt_columns,
    attempt_of,
    bounded,
    bounded_cost,
    bounded_usage,
    cost_columns,
    usage_columns,
)
from tests.storage.samples import attempts


@given(attempts)
def test_an_attempt_comes_back(attempt) -> None:
    assert attempt_of(attempt_columns(attempt)) == attempt


def test_numbers_stay_within_64_bits() -> None:
    assert [bounded(number) for number in (-(2**70), -5, 2**63 - 1, 2**63)] == [
        -(2**63) + 1,
        -5,
        2**63 - 1,
        2**63 - 1,
    ]
    assert bounded_usage(Usage(2**70, 1, 2, 3)) == Usage(2**63 - 1, 1, 2, 3)
    assert bounded_cost(Cost(2**70, is_estimate=True)) == Cost(2**63 - 1, is_estimate=True)


def test_unknown_is_never_zero() -> None:
    assert (bounded_usage(None), bounded_cost(None)) == (None, None)
    assert usage_columns(None) == (None,) * 4
    assert cost_columns(None) == (None, False)
    assert cost_columns(Cost(0)) == (0, False)
