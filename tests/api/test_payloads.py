"""Catalogue rows, prices, usage and balance, from what hosts really send."""

import json
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from novita_desktop.api import payloads
from novita_desktop.domain.catalogue import Ability
from novita_desktop.domain.costs import PriceBand, Prices, Usage
from novita_desktop.domain.errors import NotJson

SHIPPED = Path(__file__).parents[2] / "resources" / "models.json"
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=10,
)


@pytest.fixture(scope="module")
def catalogue():
    return payloads.parse_catalogue(SHIPPED.read_bytes(), "https://api.novita.ai/openai/v1", None)


def test_the_real_catalogue_is_read_whole(catalogue):
    assert len(catalogue.models) == 139
    assert not any(model.name != model.name.strip() for model in catalogue.models)


def test_a_flat_price_is_read(catalogue):
    model = catalogue.find("deepseek/deepseek-v3.2")
    assert model.prices == Prices((PriceBand(0, 2690, 4000, 1345),))
    assert model.context_size == 163_840
    assert Ability.JSON in model.abilities


def test_a_tiered_price_is_read_in_bands(catalogue):
    bands = catalogue.find("minimax/minimax-m3").prices.bands
    assert [(b.from_tokens, b.input, b.output, b.cache_read) for b in bands] == [
        (0, 3000, 12_000, 600),
        (524_288, 6000, 24_000, 1200),
    ]


def test_a_retired_row_is_known_and_not_offered(catalogue):
    assert (
        catalogue.find("inclusionai/ling-3.0-tiny") is None
        or catalogue.find("inclusionai/ling-3.0-tiny").is_retired
    )
    retired = [model for model in catalogue.models if model.is_retired]
    assert retired
    assert not set(retired) & set(catalogue.chat_models())


def test_an_embedding_model_is_not_offered(catalogue):
    assert not catalogue.find("baai/bge-m3").is_chat


@pytest.mark.parametrize(
    ("row", "prices"),
    [
        (
            {"input_token_price_per_m": 0, "output_token_price_per_m": 0},
            Prices((PriceBand(0, 0, 0),)),
        ),
        (
            {
                "input_token_price_per_m": 0,
                "output_token_price_per_m": 0,
                "is_tiered_billing": True,
            },
            None,
        ),
        ({"input_token_price_per_m": -1, "output_token_price_per_m": 5}, None),
        ({"input_token_price_per_m": 10_000_001, "output_token_price_per_m": 5}, None),
        ({}, None),
        (
            {
                "pricing": {
                    "prompt": {"price_per_m_decimal": "1.48"},
                    "completion": {"price_per_m_decimal": "1.48"},
                }
            },
            Prices((PriceBand(0, 14_800, 14_800),)),
        ),
        (
            {
                "pricing": {
                    "prompt": {"price_per_m": 1, "price_per_m_decimal": "0.00005"},
                    "completion": {"price_per_m": 5},
                }
            },
            Prices((PriceBand(0, Fraction(1, 2), 5),)),
        ),
        (
            {
                "pricing": {
                    "prompt": {"price_per_m_decimal": "soon"},
                    "completion": {"price_per_m": 5},
                }
            },
            None,
        ),
        (
            {
                "tiered_billing_configs": [
                    {
                        "min_tokens": 1,
                        "pricing": {
                            "prompt": {"price_per_m": 0},
                            "completion": {"price_per_m": 0},
                        },
                    }
                ]
            },
            None,
        ),
    ],
)
def test_prices_that_are_odd(row, prices):
    assert payloads.parse_prices(row) == prices


def test_tiers_may_come_in_any_order():
    def tier(start, price):
        return {
            "min_tokens": start,
            "pricing": {"prompt": {"price_per_m": price}, "completion": {"price_per_m": price}},
        }

    prices = payloads.parse_prices({"tiered_billing_configs": [tier(100, 2), tier(1, 1)]})
    assert [band.from_tokens for band in prices.bands] == [0, 100]


def test_a_row_of_another_server_is_enough():
    payload = b'{"object":"list","data":[{"id":"gpt-x","object":"model","owned_by":"me"}]}'
    (model,) = payloads.parse_catalogue(payload, "http://localhost/v1", 5).models
    assert (model.id, model.name, model.prices, model.is_chat) == ("gpt-x", "gpt-x", None, True)
    assert model.suggested_max_tokens == 4096


def test_odd_ids_are_kept_as_they_are():
    payload = b'{"data":[{"id":"Sao10K/L3-8B-Stheno-v3.2"},{"id":"elephant"},{"id":"a/b/c"},{"id":""},{}]}'
    ids = [model.id for model in payloads.parse_catalogue(payload, "", None).models]
    assert ids == ["Sao10K/L3-8B-Stheno-v3.2", "elephant", "a/b/c"]


@pytest.mark.parametrize("payload", [b"<html>", b"", b'"text"', b"{}", b"\xff"])
def test_what_is_no_catalogue_is_refused(payload):
    with pytest.raises(NotJson):
        payloads.parse_catalogue(payload, "", None)


@given(JSON)
def test_any_row_gives_a_model_or_nothing(value):
    model = payloads.parse_model(
        value if isinstance(value, dict) else {"id": "x", "pricing": value}
    )
    if model is not None and model.prices is not None:
        assert all(band.input >= 0 for band in model.prices.bands)


@pytest.mark.parametrize(
    ("value", "usage"),
    [
        (
            {"prompt_tokens": 40, "completion_tokens": 2, "prompt_tokens_details": None},
            Usage(40, 2),
        ),
        (
            {
                "prompt_tokens": 3295,
                "completion_tokens": 137,
                "prompt_tokens_details": {"cached_tokens": 448},
                "completion_tokens_details": {"reasoning_tokens": 100},
            },
            Usage(3295, 137, 448, 100),
        ),
        (
            {
                "prompt_tokens": 10,
                "completion_tokens": 1,
                "prompt_tokens_details": {"cached_tokens": 99},
            },
            Usage(10, 1, 10),
        ),
        ({"prompt_tokens": -1, "completion_tokens": 1}, None),
        ({"prompt_tokens": 10**12, "completion_tokens": 1}, None),
        ({"prompt_tokens": "3"}, None),
        (None, None),
    ],
)
def test_usage(value, usage):
    assert payloads.parse_usage(value) == usage


@pytest.mark.parametrize(
    ("payload", "units"),
    [
        (b'{"availableBalance":"497975"}', 497_975_000_000),
        (b'{"availableBalance":-10}', -10_000_000),
        (b'{"availableBalance":"much"}', None),
        (b"<html>", None),
        (b"[]", None),
    ],
)
def test_balance(payload, units):
    assert payloads.parse_balance(payload) == units


@pytest.mark.parametrize(
    "text", ["1E+999999999", "1E-999999999", "NaN", "Infinity", "-1", "\uff11"]
)
def test_an_absurd_decimal_is_refused_at_once(text):
    entry = {"price_per_m_decimal": text}
    prices = payloads.parse_prices({"pricing": {"prompt": entry, "completion": entry}})
    assert prices is None or prices.bands[0].input == 10_000


@pytest.mark.parametrize("text", ["sNaN", "NaN", "Infinity", "1E99", "-0.1", "x", "1e-30"])
def test_a_price_that_is_none_is_unknown(text):
    entry = {"price_per_m_decimal": text}
    assert payloads.parse_prices({"pricing": {"prompt": entry, "completion": entry}}) is None


@pytest.mark.parametrize("balance", ["1_0", "9" * 13, "9" * 5000, "\u0661", "1.5", "", " ", None])
def test_a_balance_that_is_none_is_unknown(balance):
    assert payloads.parse_balance(json.dumps({"availableBalance": balance}).encode()) is None


def test_a_debt_is_a_balance():
    assert payloads.parse_balance(b'{"availableBalance":"-12"}') == -12_000_000


def test_two_bands_from_the_same_place_are_unknown():
    def tier(**place):
        entry = {"price_per_m": 1}
        return {**place, "pricing": {"prompt": entry, "completion": entry}}

    tiers = [tier(min_tokens=1), tier(min_tokens=1)]
    assert payloads.parse_prices({"tiered_billing_configs": tiers}) is None
    tiers = [tier(), tier(max_tokens=9)]
    assert payloads.parse_prices({"tiered_billing_configs": tiers}) is None


def test_reasoning_is_never_more_than_the_completion():
    usage = {
        "prompt_tokens": 1,
        "completion_tokens": 2,
        "completion_tokens_details": {"reasoning_tokens": 2**60},
    }
    assert payloads.parse_usage(usage).reasoning == 2
