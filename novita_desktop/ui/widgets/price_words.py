"""What a run is going to cost, in the words that stand on the Run button."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from novita_desktop.domain.costs import Estimate
from novita_desktop.domain.records import record
from novita_desktop.ui import formatting


@record(frozen=True, slots=True)
class PriceWords:
    """Texts for the button, its description, and texts for how many tokens go in.

    The longest of several comes first.
    """

    on_button: tuple[str, ...] = ()
    description: str = ""
    tokens: tuple[str, ...] = ()


def price_words(estimate: Estimate | None) -> PriceWords:
    """Return the words for `estimate`, none while the form cannot be sent."""
    if estimate is None:
        return PriceWords()
    tr = QCoreApplication.translate
    count = estimate.prompt_tokens
    one, many = tr("PriceWords", "≈ 1 token in"), tr("PriceWords", "≈ {n} tokens in")
    short = tr("PriceWords", "≈ {n} in").format(n=formatting.whole(count))
    tokens = (formatting.counted(count, one, many), short)
    if estimate.likely_units is None or estimate.at_most_units is None:
        unknown = tr("PriceWords", "price unknown")
        whole = tr("PriceWords", "The price of this model is unknown.")
        return PriceWords((unknown,), whole, tokens)
    if not estimate.at_most_units:
        free = tr("PriceWords", "free")
        return PriceWords((free,), tr("PriceWords", "This run is free."), tokens)
    likely = formatting.money(estimate.likely_units)
    most = formatting.money(estimate.at_most_units)
    about = tr("PriceWords", "about {likely}").format(likely=likely)
    both = tr("PriceWords", "about {likely}, at most {most}").format(likely=likely, most=most)
    described = tr("PriceWords", "About {likely}, at most {most}.").format(likely=likely, most=most)
    return PriceWords((both, about), described, tokens)
