"""Money is right from the host's catalogue to the stored receipt and the day's sum.

The expected costs are worked out here with fractions of dollars, from the catalogue's rows alone.
"""

from __future__ import annotations

import asyncio
import json
from fractions import Fraction

import pytest

from novita_desktop.demo import DemoThread
from novita_desktop.domain.runs import RunStatus
from tests.services.stage import open_stage

UNITS_PER_USD = 10**10


def pricing(prompt: str, completion: str, cache: str | None = None) -> dict[str, object]:
    prices = {"prompt": prompt, "completion": completion, "input_cache_read": cache}
    return {name: {"price_per_m_decimal": price} for name, price in prices.items() if price}


def tier(low: int, high: int, *prices: str) -> dict[str, object]:
    return {"min_tokens": low, "max_tokens": high, "pricing": pricing(*prices)}


# Dollars per million tokens: input, output, cached input; None is unknown.
CASES: dict[str, tuple[dict[str, object], tuple[str, str, str] | None]] = {
    "flat": ({"pricing": pricing("0.269", "0.4")}, ("0.269", "0.4", "0.269")),
    "cached": ({"pricing": pricing("0.3", "1.2", "0.06")}, ("0.3", "1.2", "0.06")),
    "small": ({"pricing": pricing("0.0001", "0.0003")}, ("0.0001", "0.0003", "0.0001")),
    "free": ({"input_token_price_per_m": 0, "output_token_price_per_m": 0}, ("0", "0", "0")),
    "low tier": (
        {
            "is_tiered_billing": True,
            "tiered_billing_configs": [
                tier(1, 100_000, "0.3", "1.2"),
                tier(100_000, 200_000, "0.6", "2.4"),
            ],
        },
        ("0.3", "1.2", "0.3"),
    ),
    "high tier": (
        {
            "is_tiered_billing": True,
            "tiered_billing_configs": [
                tier(1, 4, "0.3", "1.2"),
                tier(4, 200_000, "0.6", "2.4", "0.12"),
            ],
        },
        ("0.6", "2.4", "0.12"),
    ),
    "missing": ({}, None),
    "negative": ({"input_token_price_per_m": -1, "output_token_price_per_m": 5}, None),
    "absurd": ({"pricing": pricing("1000.01", "1")}, None),
    "zero and tiered": (
        {"is_tiered_billing": True, "input_token_price_per_m": 0, "output_token_price_per_m": 0},
        None,
    ),
}


@pytest.fixture
def shop(tmp_path):
    """A host whose catalogue has one model for each case."""
    rows = [
        {
            "id": f"shop/{name.replace(' ', '-')}",
            "status": 1,
            "model_type": "chat",
            "context_size": 200_000,
            "max_output_tokens": 8_192,
            "endpoints": ["chat/completions"],
            **prices,
        }
        for name, (prices, _) in CASES.items()
    ]
    path = tmp_path / "shop.json"
    path.write_text(json.dumps({"data": rows}))
    with DemoThread(speed=0, models=path) as host:
        yield host


def expected_units(usage, dollars: tuple[str, str, str]) -> Fraction:
    prompt, completion, cached = (Fraction(price) / 1_000_000 for price in dollars)
    usd = (
        (usage.prompt - usage.cached) * prompt
        + usage.cached * cached
        + usage.completion * completion
    )
    return usd * UNITS_PER_USD


def test_every_receipt_and_the_days_sum_are_exact(tmp_path, shop):
    async def journey() -> None:
        async with open_stage(tmp_path / "data", shop) as stage:
            await stage.workspace.go_online()
            total = Fraction(0)
            for name, (_, dollars) in CASES.items():
                for scenario in ("plain", "plain; cached=3", "server-error; times=1"):
                    shop.script([scenario])
                    model = f"shop/{name.replace(' ', '-')}"
                    summary = await stage.run("Explain how tides work", model=model)
                    assert summary.status is RunStatus.SUCCEEDED
                    stored = (await stage.detail(summary.id)).summary
                    assert stored.usage is not None
                    assert bool(stored.usage.cached) == ("cached" in scenario)
                    if dollars is None:
                        assert stored.cost is None, name
                        continue
                    expected = expected_units(stored.usage, dollars)
                    assert expected.denominator == 1, name
                    assert stored.cost is not None, name
                    assert stored.cost.units == expected, name
                    assert not stored.cost.is_estimate
                    total += expected
            # Known and estimated spending are never mixed.
            assert await stage.workspace.spending.today() == (total, 0)

    asyncio.run(journey())
