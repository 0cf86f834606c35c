"""Money: exact to 10^-10 USD, against an independent computation."""

import time
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from novita_desktop.domain.costs import (
    UNITS_PER_USD,
    Estimate,
    PriceBand,
    Prices,
    Usage,
    cost_of,
    estimate,
    estimated_tokens,
    sum_of,
)

V32 = Prices((PriceBand(0, 2690, 4000, 1345),))
M3 = Prices((PriceBand(0, 3000, 12_000, 600), PriceBand(524_288, 6000, 24_000, 1200)))
TOKENS = st.integers(0, 2_000_000)
PRICE = st.integers(0, 1_000_000) | st.fractions(0, 1_000_000, max_denominator=1000)


def test_the_worked_example_of_the_api_notes():
    """novita/api.md section 4.2: $0.002552."""
    assert cost_of(Usage(10_000, 1000, cached=4000), V32) == UNITS_PER_USD * 2552 // 1_000_000


@pytest.mark.parametrize(
    ("prompt", "units"),
    [
        (524_287, 524_287 * 3000 + 10 * 12_000),
        (524_288, 524_288 * 6000 + 10 * 24_000),
        (0, 10 * 12_000),
    ],
)
def test_the_whole_request_is_billed_at_the_band_of_its_prompt(prompt, units):
    assert cost_of(Usage(prompt, 10), M3) == units


def test_cached_tokens_without_a_price_of_their_own_cost_as_input():
    assert cost_of(Usage(10, 0, cached=5), Prices((PriceBand(0, 7, 1),))) == 70


def test_free_is_free():
    free = Prices((PriceBand(0, 0, 0),))
    assert free.is_free
    assert cost_of(Usage(10, 10), free) == 0


@given(TOKENS, TOKENS, TOKENS, PRICE, PRICE, PRICE | st.none())
def test_a_cost_is_what_fractions_of_dollars_say(prompt, cached, completion, inp, out, cache):
    cached = min(cached, prompt)
    prices = Prices((PriceBand(0, inp, out, cache),))
    usd = (
        Fraction(prompt - cached) * inp
        + Fraction(cached) * (inp if cache is None else cache)
        + Fraction(completion) * out
    ) / UNITS_PER_USD
    units = cost_of(Usage(prompt, completion, cached), prices)
    assert abs(Fraction(units, UNITS_PER_USD) - usd) <= Fraction(1, 2 * UNITS_PER_USD)
    if all(isinstance(price, int) for price in (inp, out, cache or 0)):
        assert Fraction(units, UNITS_PER_USD) == usd


def test_ten_thousand_models_with_whole_prices_are_priced_within_moments():
    prices = [Prices((PriceBand(0, n % 900, n % 1700),)) for n in range(10_000)]
    started = time.process_time()
    total = sum(cost_of(Usage(1000, 400, 100), one) for one in prices)
    assert time.process_time() - started < 0.1
    assert type(total) is int


def test_an_unknown_price_is_unknown_not_zero():
    assert estimate(100, 400, None) == Estimate(100, None, None)


def test_the_estimate_counts_the_usual_answer_and_the_longest():
    expected = Estimate(100, 100 * 2690 + 400 * 4000, 100 * 2690 + 4096 * 4000)
    assert estimate(100, 4096, V32) == expected


def test_the_likely_price_is_never_above_the_highest():
    found = estimate(100, 10, V32)
    assert found.likely_units == found.at_most_units


def test_wide_scripts_count_a_token_a_sign():
    assert estimated_tokens("世界") == 2
    assert estimated_tokens("word") == 1
    assert estimated_tokens("") == 0


def test_prices_need_a_band():
    with pytest.raises(ValueError, match="at least one band"):
        Prices(())


@given(st.text())
def test_an_estimate_counts_wide_signs_whole_and_others_by_four(text):
    wide = sum(ord(sign) >= 0x2E80 for sign in text)
    assert estimated_tokens(text) == wide + -(-(len(text) - wide) // 4)


def test_a_long_document_is_estimated_quickly():
    text = "Ein längeres Dokument mit ein paar 漢字. " * 50_000
    started = time.process_time()
    assert estimated_tokens(text) > 500_000
    assert time.process_time() - started < 0.25


@pytest.mark.parametrize(("tokens", "units"), [(0, 1), (524_287, 1), (524_288, 2), (10**9, 2)])
def test_a_band_begins_at_its_lower_bound(tokens, units):
    prices = Prices((PriceBand(0, 1, 1), PriceBand(524_288, 2, 2)))
    assert prices.band_for(tokens).input == units


def test_the_price_of_several_is_unknown_as_soon_as_one_is():
    known = Estimate(10, 5, 9)
    assert sum_of([known, known]) == Estimate(20, 10, 18)
    assert sum_of([known, Estimate(3, None, None)]) == Estimate(13, None, None)
