"""The demo account: which keys it takes, and a balance that falls as runs are charged.

Sources: novita/api.md sections 4.2 (prices), 5 (refusals) and 8 (balance).
"""

import hmac
from collections.abc import Mapping
from decimal import Decimal
from typing import Final

import msgspec

from novita_desktop.demo.catalogue import Row, whole
from novita_desktop.demo.errors import refuse

KEY_PREFIX: Final = "sk_demo"
UNITS_PER_USD: Final = 10_000_000_000
"""Money is counted in 10^-10 USD: a catalogue price (1/10000 USD per million) times one token."""
UNITS_PER_BALANCE_STEP: Final = 1_000_000
"""The balance is told in 0.0001 USD."""


class DemoAccount:
    """Takes `key`, and any key that starts with `sk_demo`; pays from `balance_usd`."""

    def __init__(self, key: str, balance_usd: Decimal) -> None:
        self.key = key
        self._opening = int(balance_usd * UNITS_PER_USD)
        self._balance = self._opening

    @property
    def balance_units(self) -> int:
        """What is left, in 10^-10 USD."""
        return self._balance

    def set_balance(self, usd: Decimal) -> None:
        """Set what is left."""
        self._balance = int(usd * UNITS_PER_USD)

    def reset(self) -> None:
        """Put the opening balance back."""
        self._balance = self._opening

    def check_key(self, authorization: str, *, billing: bool = False) -> None:
        """Return if the `Authorization` header carries a good key.

        Raises:
            Refusal: 403 without a key, 401 with a wrong one.
        """
        key = bearer_key(authorization)
        if not key:
            raise refuse("missing-key")
        if not (key.startswith(KEY_PREFIX) or same_text(key, self.key)):
            raise refuse("bad-key-billing" if billing else "bad-key")

    def check_balance(self) -> None:
        """Return if there is credit; Novita refuses even free models without any.

        Raises:
            Refusal: 403 NOT_ENOUGH_BALANCE.
        """
        if self._balance <= 0:
            raise refuse("no-balance")

    def charge(self, row: Row, prompt: int, cached: int, completion: int) -> int:
        """Take the price of these token counts; return it in 10^-10 USD."""
        cost = cost_units(row, prompt, cached, completion)
        self._balance -= cost
        return cost

    def balance_page(self) -> bytes:
        """Return the body of `GET /openapi/v1/billing/balance/detail`."""
        left = str(self._balance // UNITS_PER_BALANCE_STEP)
        return msgspec.json.encode(
            {
                "availableBalance": left,
                "cashBalance": left,
                "creditLimit": "0",
                "outstandingInvoices": "0",
            }
        )


def bearer_key(authorization: str) -> str:
    """Return the key of an `Authorization` header; empty when there is none."""
    scheme, _, key = authorization.partition(" ")
    return key.strip() if scheme.lower() == "bearer" else ""


def same_text(one: str, other: str) -> bool:
    """Whether two secrets are equal, in constant time."""
    return hmac.compare_digest(one.encode(), other.encode())


def cost_units(row: Row, prompt: int, cached: int, completion: int) -> int:
    """Return the price of a run in 10^-10 USD, by the band that its prompt falls in."""
    pricing = _band(row, prompt) or row.get("pricing")
    prices = pricing if isinstance(pricing, Mapping) else {}
    input_price = _price(prices, "prompt", whole(row, "input_token_price_per_m"))
    output_price = _price(prices, "completion", whole(row, "output_token_price_per_m"))
    cache_price = _price(prices, "input_cache_read", input_price)
    return (prompt - cached) * input_price + cached * cache_price + completion * output_price


def has_cache_price(row: Row) -> bool:
    """Whether the model tells a price for cached tokens."""
    pricing = row.get("pricing")
    return isinstance(pricing, Mapping) and "input_cache_read" in pricing


def _band(row: Row, prompt: int) -> object:
    """Return the pricing of the band with the highest lower bound that `prompt` reaches."""
    bands = row.get("tiered_billing_configs")
    if not isinstance(bands, list):
        return None
    reached = [band for band in bands if whole(band, "min_tokens") <= max(prompt, 1)]
    return max(reached, key=lambda band: whole(band, "min_tokens"))["pricing"] if reached else None


def _price(prices: Mapping[str, object], name: str, default: int) -> int:
    price = prices.get(name)
    return whole(price, "price_per_m", default) if isinstance(price, Mapping) else default
