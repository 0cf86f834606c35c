"""Novita's JSON becomes domain objects: catalogue rows, usage, balance.

Nothing here trusts a field to be there or to be of its kind: what is missing or wrong is unknown.
"""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from decimal import Decimal, InvalidOperation
from fractions import Fraction
from functools import lru_cache

from novita_desktop.domain.catalogue import Catalogue, Model
from novita_desktop.domain.costs import IMPLAUSIBLE_PRICE, Price, PriceBand, Prices, Usage
from novita_desktop.domain.errors import HostReply, NotJson
from novita_desktop.domain.json_values import JsonObject, as_list, as_object, as_text, as_whole

RETIRED_STATUS = 4
"""A row that is still listed but no longer served (novita/api.md section 0, fact 7)."""

UNITS_PER_BALANCE_UNIT = 1_000_000
"""A balance is in 1/10,000 USD (novita/api.md section 8); our unit is 10^-10 USD."""

_UNITS_PER_TOKEN_OF_USD_PER_MILLION = 10_000
_MOST_DECIMALS = 18
_WHOLE_NUMBER = re.compile(r"-?[0-9]{1,12}")
"""At most 100 million dollars: more does not fit the data file, and no account has it."""

_MOST_TOKENS = 1_000_000_000
"""More tokens than any request can have; with any plausible price the cost fits the data file."""


def parse_catalogue(payload: bytes, base_url: str, fetched_at: int | None) -> Catalogue:
    """Return the catalogue in a `GET /models` body (novita/api.md section 4).

    `{"data": [...]}` and a bare list are both read. Raises NotJson for anything else.
    """
    try:
        value = _decoded(payload)
    except (ValueError, RecursionError) as error:
        raise _not_json(payload) from error
    rows: object = value.get("data") if isinstance(value, dict) else value
    if not isinstance(rows, list):
        raise _not_json(payload)
    models: dict[str, Model] = {}
    for row in rows:
        model = parse_model(as_object(row))
        if model is not None:
            models.setdefault(model.id, model)
    return Catalogue(base_url, tuple(models.values()), fetched_at)


def _decoded(payload: bytes) -> object:
    """Return what a JSON body holds. Raises ValueError and RecursionError.

    These bodies are few and small, and one of them is a part of the start: the faster decoder,
    which answers are read with, takes longer to load than it saves here.
    """
    value: object = json.loads(payload.decode("utf-8"))
    return value


def _not_json(payload: bytes) -> NotJson:
    return NotJson(reply=HostReply(body=payload[:16_384].decode("utf-8", "replace")))


def parse_model(row: JsonObject) -> Model | None:
    """Return the model of one row, or None if it has no id."""
    model_id = as_text(row.get("id"))
    if not model_id:
        return None
    name = as_text(row.get("display_name")).strip() or as_text(row.get("title")).strip()
    return Model(
        id=model_id,
        name=name or model_id,
        description=as_text(row.get("description")).strip(),
        created=_positive(row.get("created")),
        context_size=_positive(row.get("context_size")) or _positive(row.get("context_length")),
        max_output_tokens=_positive(row.get("max_output_tokens")),
        prices=parse_prices(row),
        features=_words(row.get("features")),
        endpoints=_words(row.get("endpoints")),
        input_modalities=_words(row.get("input_modalities")) or frozenset({"text"}),
        output_modalities=_words(row.get("output_modalities")) or frozenset({"text"}),
        model_type=as_text(row.get("model_type")),
        is_retired=as_whole(row.get("status")) == RETIRED_STATUS,
    )


def _positive(value: object) -> int | None:
    number = as_whole(value)
    return number if number is not None and number > 0 else None


def _words(value: object) -> frozenset[str]:
    return frozenset(word for item in as_list(value) if (word := as_text(item)))


def parse_prices(row: JsonObject) -> Prices | None:
    """Return the prices of a row, None when they are unknown or not plausible.

    Tiers win over flat prices; a flat 0 on a tiered row is not "free" (novita/api.md section 0,
    fact 6, and section 4.2).
    """
    tiers = as_list(row.get("tiered_billing_configs"))
    if tiers:
        return _tiered(tiers)
    if row.get("is_tiered_billing") is True:
        return None
    band = _band(as_object(row.get("pricing")), 0, row)
    return Prices((band,)) if band else None


def _tiered(tiers: Sequence[object]) -> Prices | None:
    bands: list[PriceBand] = []
    for tier in map(as_object, tiers):
        start = as_whole(tier.get("min_tokens"))
        band = _band(as_object(tier.get("pricing")), max(start or 0, 0), {})
        if band is None or not (band.input or band.output):
            return None
        bands.append(band)
    bands.sort(key=lambda band: band.from_tokens)
    if len({band.from_tokens for band in bands}) < len(bands):
        # Two bands from the same place: nobody could say which of them counts.
        return None
    first = bands[0]
    if first.from_tokens <= 1:
        bands[0] = PriceBand(0, first.input, first.output, first.cache_read)
    return Prices(tuple(bands))


def _band(pricing: JsonObject, start: int, row: JsonObject) -> PriceBand | None:
    input_price = _price(pricing, "prompt", row.get("input_token_price_per_m"))
    output_price = _price(pricing, "completion", row.get("output_token_price_per_m"))
    if input_price is None or output_price is None:
        return None
    return PriceBand(start, input_price, output_price, _price(pricing, "input_cache_read", None))


def _price(pricing: JsonObject, name: str, flat: object) -> Price | None:
    """Return units per token: the exact decimal when there is one, else the integer."""
    entry = as_object(pricing.get(name))
    price: Price | None = None
    decimal_text = as_text(entry.get("price_per_m_decimal"))
    if decimal_text:
        price = _exact(decimal_text)
        if price is None:
            return None
    if price is None:
        price = as_whole(entry.get("price_per_m"))
    if price is None:
        price = as_whole(flat)
    if price is None or price < 0 or price > IMPLAUSIBLE_PRICE:
        return None
    return price


@lru_cache(maxsize=1_024)
def _exact(usd_per_million: str) -> Price | None:
    """Return the units per token of a decimal text, None if it is no plausible price."""
    try:
        usd = Decimal(usd_per_million)
    except InvalidOperation:
        return None
    if not usd.is_finite():
        return None
    # An exponent of a billion is a valid decimal, and would take all memory as a fraction.
    if not -_MOST_DECIMALS <= usd.adjusted() <= _MOST_DECIMALS:
        return 0 if usd == 0 else None
    units = Fraction(usd) * _UNITS_PER_TOKEN_OF_USD_PER_MILLION
    return int(units) if units.denominator == 1 else units


def parse_usage(value: object) -> Usage | None:
    """Return the usage object of an answer, or None (novita/api.md section 2.6)."""
    usage = as_object(value)
    prompt, completion = (
        as_whole(usage.get("prompt_tokens")),
        as_whole(usage.get("completion_tokens")),
    )
    if prompt is None or completion is None:
        return None
    if not (0 <= prompt <= _MOST_TOKENS and 0 <= completion <= _MOST_TOKENS):
        return None
    prompt_details = as_object(usage.get("prompt_tokens_details"))
    completion_details = as_object(usage.get("completion_tokens_details"))
    return Usage(
        prompt=prompt,
        completion=completion,
        cached=min(max(as_whole(prompt_details.get("cached_tokens")) or 0, 0), prompt),
        reasoning=min(
            max(as_whole(completion_details.get("reasoning_tokens")) or 0, 0), completion
        ),
    )


def parse_balance(payload: bytes) -> int | None:
    """Return the available balance in units of 10^-10 USD, or None if there is none in it."""
    try:
        value = as_object(_decoded(payload))
    except (ValueError, RecursionError):
        return None
    balance = value.get("availableBalance")
    number = as_whole(balance)
    if number is None and _WHOLE_NUMBER.fullmatch(as_text(balance).strip()):
        number = int(as_text(balance))
    return None if number is None else number * UNITS_PER_BALANCE_UNIT
