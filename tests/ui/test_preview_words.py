"""What is said of a table before it is run."""

from __future__ import annotations

import pytest

from novita_desktop.domain.costs import UNITS_PER_USD, Estimate
from novita_desktop.domain.errors import InputError
from novita_desktop.services.batches import BatchPreview
from novita_desktop.ui.pages.batch.preview_words import price_of, problem_of

FAULT = InputError("variable:review", "missing")


@pytest.mark.parametrize(
    ("preview", "price"),
    [
        (
            BatchPreview(30, Estimate(9, UNITS_PER_USD, 2 * UNITS_PER_USD)),
            "30 rows: about $1.00, at most $2.00",
        ),
        (BatchPreview(1, Estimate(9, None, None)), "1 row: price unknown"),
        (BatchPreview(0, Estimate(9, 1, 2)), ""),
        (BatchPreview(5), ""),
    ],
)
def test_the_price_of_all_rows(qapp, preview, price):
    assert price_of(preview) == price


def test_the_first_fault_and_how_many_there_are(qapp):
    assert problem_of(BatchPreview(5)) == ""
    one = problem_of(BatchPreview(5, number=3, problem=FAULT, faulty_rows=1, looked_at=5))
    assert one.startswith("Row 3: ")
    assert "\n" not in one
    more = problem_of(BatchPreview(5, number=3, problem=FAULT, faulty_rows=2, looked_at=5))
    assert more.splitlines()[1].startswith("2 of the first 5 rows")
