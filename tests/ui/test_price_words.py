"""The price on the Run button."""

from novita_desktop.domain.costs import Estimate
from novita_desktop.ui import formatting
from novita_desktop.ui.widgets.price_words import PriceWords, price_words


def test_the_range_is_said_long_and_short():
    words = price_words(Estimate(1_214, 8_000_000, 40_000_000))
    likely, most = formatting.money(8_000_000), formatting.money(40_000_000)
    assert words.on_button == (f"about {likely}, at most {most}", f"about {likely}")
    assert words.description == f"About {likely}, at most {most}."
    count = formatting.whole(1_214)
    assert words.tokens == (f"≈ {count} tokens in", f"≈ {count} in")


def test_unknown_is_not_free():
    assert price_words(Estimate(5, None, None)).on_button == ("price unknown",)
    assert price_words(Estimate(5, 0, 0)).on_button == ("free",)
    assert price_words(None) == PriceWords()
