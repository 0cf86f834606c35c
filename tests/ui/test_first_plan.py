"""The first visit has two models that there are, those wanted first."""

from __future__ import annotations

from novita_desktop.domain.catalogue import Catalogue, Model
from novita_desktop.domain.costs import PriceBand, Prices
from novita_desktop.domain.settings import Settings
from novita_desktop.ui.pages.compare.first_plan import USUAL_MODELS, first_columns


def model(model_id: str, price: int = 1) -> Model:
    return Model(model_id, model_id, prices=Prices((PriceBand(0, price, price),)))


CATALOGUE = Catalogue("", tuple(model(i, n) for n, i in enumerate(("a/a", "b/b", *USUAL_MODELS))))


def ids(settings: Settings, wanted: tuple[str, ...] = (), catalogue: Catalogue = CATALOGUE):
    return [column.model for column in first_columns(catalogue, settings, wanted)]


def test_without_any_habit_the_usual_models_are_compared() -> None:
    assert ids(Settings()) == list(USUAL_MODELS)


def test_what_is_wanted_comes_first_then_what_was_used() -> None:
    settings = Settings(recent_models=("gone/x", "b/b"), favourite_models=("a/a",))
    assert ids(settings) == ["b/b", "a/a"]
    assert ids(settings, ("own/model", "")) == ["own/model", "b/b"]
    assert ids(settings, ("1", "2", "3")) == ["1", "2", "3"]


def test_with_other_models_alone_the_cheapest_are_compared() -> None:
    other = Catalogue("", (model("x/dear", 9), model("x/cheap"), model("x/middle", 5)))
    assert ids(Settings(), catalogue=other) == ["x/cheap", "x/middle"]
