"""What usage costs, and estimates before a run.

The unit is 10^-10 USD, in whole numbers: Novita prices a million tokens in 1/10,000 USD
(novita/api.md section 4.2), so one of its price units times one token is exactly one of ours,
and every sum is exact. A price that is finer than that unit is kept as a fraction and the cost
of a run is rounded once, half to even.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from fractions import Fraction

from novita_desktop.domain.records import record

UNITS_PER_USD = 10_000_000_000
"""How many of our money units one US dollar has."""

IMPLAUSIBLE_PRICE = 10_000_000
"""Above this many units per token (1,000 USD per million) a price is taken for a mistake."""

CHARACTERS_PER_TOKEN = 4
"""The usual rule of thumb for English text; used only for estimates, marked as such."""

_WIDE = re.compile("[\u2e80-\U0010ffff]+")

TOKENS_PER_IMAGE = 1_100
"""A middling figure for one image at usual sizes; used only for estimates."""

Price = int | Fraction
"""Units (10^-10 USD) per token."""


@record(frozen=True, slots=True)
class Usage:
    """Tokens of one request. `cached` is part of `prompt`; `reasoning` is part of `completion`."""

    prompt: int
    completion: int
    cached: int = 0
    reasoning: int = 0

    @property
    def total(self) -> int:
        """Prompt and completion together."""
        return self.prompt + self.completion


@record(frozen=True, slots=True)
class PriceBand:
    """Prices that hold from `from_tokens` prompt tokens on, in units per token.

    `cache_read` is None when the host names no price for cached tokens: they cost `input`.
    """

    from_tokens: int
    input: Price
    output: Price
    cache_read: Price | None = None


@record(frozen=True, slots=True)
class Prices:
    """The price bands of a model, lowest first; a flat price is one band from 0."""

    bands: tuple[PriceBand, ...]

    def __post_init__(self) -> None:
        if not self.bands:
            raise ValueError("prices need at least one band")

    def band_for(self, prompt_tokens: int) -> PriceBand:
        """Return the band that a prompt of this many tokens falls in.

        The lower bound counts as inside (novita/api.md section 4.2, Tiers).
        """
        if len(self.bands) == 1:
            return self.bands[0]
        fitting = [band for band in self.bands if band.from_tokens <= prompt_tokens]
        return max(fitting, key=lambda band: band.from_tokens, default=self.bands[0])

    @property
    def is_free(self) -> bool:
        """Whether every price is zero."""
        return all(not band.input and not band.output for band in self.bands)

    @property
    def is_tiered(self) -> bool:
        """Whether the price depends on the prompt's length."""
        return len(self.bands) > 1


@record(frozen=True, slots=True)
class Cost:
    """An amount in units of 10^-10 USD; `is_estimate` when no usage came from the host."""

    units: int
    is_estimate: bool = False


def cost_of(usage: Usage, prices: Prices) -> int:
    """Return what `usage` costs, in units of 10^-10 USD.

    The whole request is billed at the band of its prompt tokens; cached tokens at the band's
    cache price (novita/api.md section 4.2).
    """
    band = prices.band_for(usage.prompt)
    cached = min(max(usage.cached, 0), usage.prompt)
    cache_price = band.input if band.cache_read is None else band.cache_read
    # Whole prices, which nearly all are, stay whole numbers: a list of models is priced at once.
    return round(
        (usage.prompt - cached) * band.input + cached * cache_price + usage.completion * band.output
    )


def estimated_tokens(text: str) -> int:
    """Return about how many tokens `text` has: wide scripts count a token per character."""
    # By pattern instead of a loop: a pasted document has a million characters.
    narrow = len(text) if text.isascii() else len(_WIDE.sub("", text))
    wide = len(text) - narrow
    return wide + -(-narrow // CHARACTERS_PER_TOKEN)


@record(frozen=True, slots=True)
class Estimate:
    """What a run will use and cost; costs are None when the price is unknown.

    `likely_units` counts the usual answer's length, `at_most_units` the whole of max_tokens.
    """

    prompt_tokens: int
    likely_units: int | None
    at_most_units: int | None


USUAL_ANSWER_TOKENS = 400
"""How long an answer usually is; the likely price on the button counts this many tokens."""


def estimate(
    prompt_tokens: int, max_tokens: int, prices: Prices | None, usual_answer: int | None = None
) -> Estimate:
    """Return the price range of a request before it is sent."""
    if prices is None:
        return Estimate(prompt_tokens, None, None)
    likely = min(usual_answer or USUAL_ANSWER_TOKENS, max_tokens)
    return Estimate(
        prompt_tokens,
        cost_of(Usage(prompt_tokens, likely), prices),
        cost_of(Usage(prompt_tokens, max_tokens), prices),
    )


def sum_of(estimates: Sequence[Estimate]) -> Estimate:
    """Return the price range of several requests; it is unknown as soon as that of one is."""
    likely = [each.likely_units for each in estimates if each.likely_units is not None]
    most = [each.at_most_units for each in estimates if each.at_most_units is not None]
    is_known = len(likely) == len(most) == len(estimates)
    return Estimate(
        sum(each.prompt_tokens for each in estimates),
        sum(likely) if is_known else None,
        sum(most) if is_known else None,
    )
