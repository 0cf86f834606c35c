"""Filtering, sorting and comparing catalogues."""

from novita_desktop.domain.catalogue import (
    Ability,
    Catalogue,
    Model,
    ModelFilter,
    SortKey,
    changes_between,
    filtered,
    ordered,
)
from novita_desktop.domain.costs import PriceBand, Prices


def model(model_id, price=None, **facts):
    prices = None if price is None else Prices((PriceBand(0, price, price * 2),))
    return Model(model_id, facts.pop("name", model_id.title()), prices=prices, **facts)


CHEAP = model("a/cheap", 10, context_size=8192, created=5, features=frozenset({"reasoning"}))
DEAR = model(
    "b/dear", 100, context_size=1_000_000, created=9, input_modalities=frozenset({"image"})
)
UNKNOWN = model("c", name="Unknown price")
RETIRED = model("d/old", 1, is_retired=True)
EMBEDDING = model("e/embed", 1, model_type="embedding")
ALL = (CHEAP, DEAR, UNKNOWN, RETIRED, EMBEDDING)


def test_only_models_that_can_be_run_are_offered():
    assert filtered(ALL, ModelFilter()) == [CHEAP, DEAR, UNKNOWN]
    assert Catalogue("", ALL).chat_models() == (CHEAP, DEAR, UNKNOWN)


def test_retired_models_show_when_asked():
    assert RETIRED in filtered(ALL, ModelFilter(with_retired=True))


def test_all_words_must_be_in_id_or_name():
    assert filtered(ALL, ModelFilter(words="unknown PRICE")) == [UNKNOWN]
    assert filtered(ALL, ModelFilter(words="a/ dear")) == []


def test_filters_of_abilities_price_and_favourites():
    assert filtered(ALL, ModelFilter(abilities=frozenset({Ability.REASONING}))) == [CHEAP]
    assert filtered(ALL, ModelFilter(abilities=frozenset({Ability.VISION, Ability.LONG_CONTEXT}))) == [DEAR]  # fmt: skip
    assert filtered(ALL, ModelFilter(max_input_price=50)) == [CHEAP]
    assert filtered(ALL, ModelFilter(favourites_only=True), frozenset({"b/dear"})) == [DEAR]


def test_orders_put_what_is_unknown_last():
    models = [UNKNOWN, DEAR, CHEAP]
    assert ordered(models, SortKey.INPUT_PRICE) == [CHEAP, DEAR, UNKNOWN]
    assert ordered(models, SortKey.OUTPUT_PRICE) == [CHEAP, DEAR, UNKNOWN]
    assert ordered(models, SortKey.CONTEXT) == [DEAR, CHEAP, UNKNOWN]
    assert ordered(models, SortKey.NEWEST) == [DEAR, CHEAP, UNKNOWN]
    assert ordered(models, SortKey.NAME) == [CHEAP, DEAR, UNKNOWN]


def test_the_output_limit_is_never_above_the_context():
    """Some rows say otherwise (novita/api.md section 11)."""
    assert model("x", max_output_tokens=32_000, context_size=8192).output_limit == 8192
    assert model("x").output_limit is None


def test_the_suggested_limit_leaves_room_to_reason():
    assert model("x", max_output_tokens=65_536).suggested_max_tokens == 4096
    reasons = frozenset({"reasoning"})
    assert model("x", features=reasons).suggested_max_tokens == 16_384
    assert model("x", features=reasons, max_output_tokens=1000).suggested_max_tokens == 1000


def test_the_maker_is_the_first_part_of_the_id():
    assert (CHEAP.maker, UNKNOWN.maker) == ("a", "")


def test_what_changed_since_last_time():
    old = Catalogue("", (CHEAP, DEAR, model("gone")))
    new = Catalogue("", (model("a/cheap", 11), model("b/dear", 100, is_retired=True), UNKNOWN))
    changes = changes_between(old, new)
    assert changes.added == ("c",)
    assert changes.removed == ("gone",)
    assert changes.retired == ("b/dear",)
    assert changes.repriced == ("a/cheap",)
    assert not changes.is_empty
    assert changes_between(new, new).is_empty


def test_finding_by_exact_id():
    catalogue = Catalogue("", ALL)
    assert catalogue.find("a/cheap") is CHEAP
    assert catalogue.find("A/Cheap") is None
