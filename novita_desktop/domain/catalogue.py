"""What a model of the catalogue is: id, context, abilities, prices; filtering and sorting.

Facts about the rows come from novita/api.md section 4.
"""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum

from novita_desktop.domain.costs import Prices
from novita_desktop.domain.records import record

SUGGESTED_MAX_TOKENS = 4_096
SUGGESTED_MAX_TOKENS_REASONING = 16_384
LONG_CONTEXT_TOKENS = 100_000


class Ability(StrEnum):
    """What a model can do beyond text, as far as the catalogue says."""

    VISION = "vision"
    JSON = "json"
    TOOLS = "tools"
    REASONING = "reasoning"
    LONG_CONTEXT = "long_context"


class SortKey(StrEnum):
    """How lists of models can be ordered."""

    NAME = "name"
    NEWEST = "newest"
    CONTEXT = "context"
    INPUT_PRICE = "input_price"
    OUTPUT_PRICE = "output_price"


@record(frozen=True, slots=True)
class Model:
    """One row of the catalogue.

    `context_size` and `max_output_tokens` are in tokens, None when the host does not say.
    `created` is in unix seconds. `prices` is None when unknown, which is never the same as free.
    """

    id: str
    name: str
    description: str = ""
    created: int | None = None
    context_size: int | None = None
    max_output_tokens: int | None = None
    prices: Prices | None = None
    features: frozenset[str] = frozenset()
    endpoints: frozenset[str] = frozenset()
    input_modalities: frozenset[str] = frozenset({"text"})
    output_modalities: frozenset[str] = frozenset({"text"})
    model_type: str = "chat"
    is_retired: bool = False

    @property
    def maker(self) -> str:
        """The part of the id before its first slash, or an empty text."""
        return self.id.partition("/")[0] if "/" in self.id else ""

    @property
    def is_chat(self) -> bool:
        """Whether the model answers chat completions (embedding and image models do not)."""
        if self.model_type not in {"", "chat"}:
            return False
        return not self.endpoints or "chat/completions" in self.endpoints

    @property
    def abilities(self) -> frozenset[Ability]:
        """What the catalogue says the model can do."""
        found = {
            Ability.VISION: "image" in self.input_modalities,
            Ability.JSON: "structured-outputs" in self.features,
            Ability.TOOLS: "function-calling" in self.features,
            Ability.REASONING: "reasoning" in self.features,
            Ability.LONG_CONTEXT: (self.context_size or 0) >= LONG_CONTEXT_TOKENS,
        }
        return frozenset(ability for ability, is_there in found.items() if is_there)

    @property
    def output_limit(self) -> int | None:
        """The most tokens an answer may have: never above the context, which some rows exceed."""
        limits = [n for n in (self.max_output_tokens, self.context_size) if n]
        return min(limits) if limits else None

    @property
    def suggested_max_tokens(self) -> int:
        """What is sent as `max_tokens` when the person set nothing (product rule)."""
        reasons = Ability.REASONING in self.abilities
        suggested = SUGGESTED_MAX_TOKENS_REASONING if reasons else SUGGESTED_MAX_TOKENS
        return min(suggested, self.output_limit or suggested)


@record(frozen=True, slots=True)
class Catalogue:
    """The models of one connection, with the time they were fetched.

    `fetched_at` is in unix microseconds (UTC); None for the list shipped with the program.
    """

    base_url: str
    models: tuple[Model, ...]
    fetched_at: int | None = None

    def find(self, model_id: str) -> Model | None:
        """Return the model with this exact id, or None."""
        return next((model for model in self.models if model.id == model_id), None)

    def chat_models(self) -> tuple[Model, ...]:
        """Return the models that can be run: chat models that are not retired."""
        return tuple(m for m in self.models if m.is_chat and not m.is_retired)


@record(frozen=True, slots=True)
class ModelFilter:
    """Which models a list shows.

    `words` are searched in id and name. `max_input_price` is in 10^-10 USD per token.
    """

    words: str = ""
    abilities: frozenset[Ability] = frozenset()
    favourites_only: bool = False
    chat_only: bool = True
    with_retired: bool = False
    max_input_price: int | None = None


def filtered(
    models: Iterable[Model], wanted: ModelFilter, favourites: frozenset[str] = frozenset()
) -> list[Model]:
    """Return the models that match `wanted`, in the order given."""
    words = wanted.words.lower().split()
    return [model for model in models if _matches(model, wanted, words, favourites)]


def _matches(
    model: Model, wanted: ModelFilter, words: list[str], favourites: frozenset[str]
) -> bool:
    if (wanted.chat_only and not model.is_chat) or (model.is_retired and not wanted.with_retired):
        return False
    if wanted.favourites_only and model.id not in favourites:
        return False
    if wanted.max_input_price is not None and (
        model.prices is None or model.prices.bands[0].input > wanted.max_input_price
    ):
        return False
    if wanted.abilities and not wanted.abilities <= model.abilities:
        return False
    text = f"{model.id} {model.name}".lower()
    return all(word in text for word in words)


def ordered(models: Iterable[Model], key: SortKey) -> list[Model]:
    """Return the models ordered by `key`; rows that lack the figure come last."""
    match key:
        case SortKey.NAME:
            return sorted(models, key=lambda m: (m.name.lower(), m.id))
        case SortKey.NEWEST:
            return sorted(models, key=lambda m: (-(m.created or 0), m.name.lower()))
        case SortKey.CONTEXT:
            return sorted(models, key=lambda m: (-(m.context_size or 0), m.name.lower()))
        case SortKey.INPUT_PRICE:
            return sorted(models, key=lambda m: _price_order(m, output=False))
        case SortKey.OUTPUT_PRICE:
            return sorted(models, key=lambda m: _price_order(m, output=True))


def _price_order(model: Model, *, output: bool) -> tuple[bool, object, str]:
    if model.prices is None:
        return (True, 0, model.name.lower())
    band = model.prices.bands[0]
    return (False, band.output if output else band.input, model.name.lower())


@record(frozen=True, slots=True)
class CatalogueChanges:
    """What differs between two fetches of a catalogue: ids, in the order of the new list."""

    added: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    retired: tuple[str, ...] = ()
    repriced: tuple[str, ...] = ()

    @property
    def is_empty(self) -> bool:
        """Whether nothing differs."""
        return not (self.added or self.removed or self.retired or self.repriced)


def changes_between(old: Catalogue, new: Catalogue) -> CatalogueChanges:
    """Return what is new, gone, retired or priced differently in `new`."""
    before = {model.id: model for model in old.models}
    now = {model.id: model for model in new.models}
    both = [model for model in new.models if model.id in before]
    return CatalogueChanges(
        added=tuple(model.id for model in new.models if model.id not in before),
        removed=tuple(model.id for model in old.models if model.id not in now),
        retired=tuple(m.id for m in both if m.is_retired and not before[m.id].is_retired),
        repriced=tuple(m.id for m in both if m.prices != before[m.id].prices),
    )
