"""What stands in the form at the first start."""

from novita_desktop.domain.catalogue import Catalogue, Model
from novita_desktop.domain.costs import PriceBand, Prices
from novita_desktop.domain.settings import Settings
from novita_desktop.ui.pages.prompt.starter import USUAL_MODELS, first_model, starter_form


def catalogue(*ids):
    prices = Prices((PriceBand(0, 1, 1),))
    return Catalogue("https://host", tuple(Model(i, i, prices=prices) for i in ids))


def test_the_message_can_be_run_as_it_stands(qapp):
    form = starter_form(catalogue("a/b"), Settings())
    assert form.model == "a/b"
    assert form.message.strip()
    assert form.variables() == ()


def test_the_persons_own_models_come_before_the_usual_ones():
    models = catalogue("a/b", "c/d", *USUAL_MODELS)
    assert first_model(models, Settings()) == USUAL_MODELS[0]
    assert first_model(models, Settings(favourite_models=("c/d",))) == "c/d"
    recent = Settings(favourite_models=("c/d",), recent_models=("gone/x", "a/b"))
    assert first_model(models, recent) == "a/b"
    assert first_model(catalogue(), Settings()) == ""
