"""What is said about a model."""

import pytest

from novita_desktop.domain.catalogue import Model
from novita_desktop.domain.costs import PriceBand, Prices
from novita_desktop.ui import formatting
from novita_desktop.ui.widgets.model_words import Fact, facts_of, price_words

FLAT = Prices((PriceBand(0, 2_700, 4_000),))


def test_context_prices_and_abilities_in_order():
    model = Model(
        "a/b", "A", context_size=164_000, prices=FLAT,
        features=frozenset({"reasoning", "structured-outputs"}),
    )  # fmt: skip
    texts = [fact.text for fact in facts_of(model)]
    assert texts == ["164K context", price_words(model), "JSON", "Reasoning"]
    assert facts_of(model)[2] == Fact("JSON", is_ability=True)


@pytest.mark.parametrize(
    ("prices", "start"),
    [
        (None, "price unknown"),
        (Prices((PriceBand(0, 0, 0),)), "free"),
        (Prices((PriceBand(0, 10, 20), PriceBand(1_000, 20, 40))), "from "),
        (FLAT, f"{formatting.price_per_million(2_700)} in"),
    ],
)
def test_prices_of_every_kind(prices, start):
    assert price_words(Model("a/b", "A", prices=prices)).startswith(start)
