"""What is said about a model in a few words: its abilities, context and prices."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from novita_desktop.domain.catalogue import Ability, Model
from novita_desktop.domain.records import record
from novita_desktop.ui import formatting

SHOWN_ABILITIES = (Ability.VISION, Ability.JSON, Ability.TOOLS, Ability.REASONING)
"""The abilities that have a chip, in order; a long context is told by its figure."""


@record(frozen=True, slots=True)
class Fact:
    """A short fact; `is_ability` ones are tinted."""

    text: str
    is_ability: bool = False


def facts_of(model: Model) -> tuple[Fact, ...]:
    """Return what is said about `model` in its chips: context, prices, abilities."""
    tr = QCoreApplication.translate
    facts = []
    if model.context_size:
        size = formatting.context_size(model.context_size)
        facts.append(Fact(tr("ModelWords", "{size} context").format(size=size)))
    facts.append(Fact(price_words(model)))
    abilities = model.abilities
    facts += [
        Fact(formatting.ability(ability), is_ability=True)
        for ability in SHOWN_ABILITIES
        if ability in abilities
    ]
    return tuple(facts)


def price_words(model: Model) -> str:
    """Return the prices of a million tokens, with "from" when they depend on the length."""
    tr = QCoreApplication.translate
    if model.prices is None:
        return tr("ModelWords", "price unknown")
    if model.prices.is_free:
        return tr("ModelWords", "free")
    band = model.prices.bands[0]
    words = tr("ModelWords", "{input} in · {output} out / 1M")
    if model.prices.is_tiered:
        words = tr("ModelWords", "from {input} in · {output} out / 1M")
    return words.format(
        input=formatting.price_per_million(band.input),
        output=formatting.price_per_million(band.output),
    )
