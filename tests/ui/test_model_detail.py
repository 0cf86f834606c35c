"""One model in full: prices as bands, what is unknown in words, no use of what cannot run."""

import pytest
from PySide6.QtCore import QLocale
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLabel, QPushButton, QToolButton

from novita_desktop.domain.catalogue import Model
from novita_desktop.domain.costs import PriceBand, Prices
from novita_desktop.ui.icons import Icons
from novita_desktop.ui.widgets.model_detail import ModelDetail


@pytest.fixture(autouse=True)
def american_english():
    before = QLocale()
    QLocale.setDefault(QLocale("en_US"))
    yield
    QLocale.setDefault(before)


@pytest.fixture
def panel(qtbot, theme):
    panel = ModelDetail(Icons(theme))
    qtbot.addWidget(panel)
    panel.show()
    return panel


def texts(panel):
    return [label.text() for label in panel.findChildren(QLabel) if not label.isHidden()]


def use(panel):
    return next(b for b in panel.findChildren(QPushButton) if b.text() == "Use in Prompt")


def test_a_flat_price_names_in_out_and_cache(panel):
    panel.show_model(Model("a/b", "B", prices=Prices((PriceBand(0, 2_000, 4_000, 500),))))
    shown = texts(panel)
    for name, price in (("In", "$0.20"), ("Out", "$0.40"), ("Cached in", "$0.05")):
        assert shown[shown.index(name) + 1] == price


def test_each_band_is_a_line(panel):
    bands = (PriceBand(0, 4_000, 24_000), PriceBand(256_000, 5_000, 30_000, 1_000))
    panel.show_model(Model("a/b", "B", prices=Prices(bands)))
    shown = texts(panel)
    assert shown[shown.index("Short prompts") + 1] == "$0.40 in · $2.40 out"
    high = shown[shown.index("From 256K tokens") + 1]
    assert high == "$0.50 in · $3.00 out · $0.10 cached in"


def test_unknown_and_free_prices_are_said(panel):
    panel.show_model(Model("a/b", "B"))
    assert any(text.startswith("Price unknown") for text in texts(panel))
    panel.show_model(Model("a/b", "B", prices=Prices((PriceBand(0, 0, 0),))))
    assert "This model is free." in texts(panel)
    assert "In" not in texts(panel)


@pytest.mark.parametrize(
    ("model", "words"),
    [
        (Model("a/b", "B", is_retired=True), "Retired:"),
        (Model("a/b", "B", model_type="embedding"), "Not a chat model:"),
    ],
)
def test_what_cannot_run_cannot_be_used_and_says_why(panel, model, words):
    panel.show_model(model)
    assert not use(panel).isEnabled()
    assert any(text.startswith(words) for text in texts(panel))
    panel.show_model(Model("c/d", "D"))
    assert use(panel).isEnabled()
    assert not any(text.startswith(words) for text in texts(panel))


def test_the_button_uses_the_model_that_is_shown(panel):
    used = []
    panel.use_pressed.connect(used.append)
    panel.show_model(Model("a/b", "B"))
    use(panel).click()
    panel.show_model(Model("c/d", "D"))
    use(panel).click()
    assert used == ["a/b", "c/d"]


def test_the_model_that_is_shown_is_added_to_compare(panel):
    added = []
    panel.compare_pressed.connect(added.append)
    panel.show_model(Model("a/b", "B"))
    compare = next(b for b in panel.findChildren(QPushButton) if b.text() == "Add to Compare")
    compare.click()
    panel.show_model(Model("c/d", "D", model_type="embedding"))
    assert not compare.isEnabled()
    assert added == ["a/b"]


def test_the_id_can_be_copied(panel):
    panel.show_model(Model("a/b", "B"))
    copy = next(b for b in panel.findChildren(QToolButton) if b.accessibleName() == "Copy the id")
    copy.click()
    assert QGuiApplication.clipboard().text() == "a/b"


def test_without_a_model_the_panel_is_empty(panel):
    panel.show_model(Model("a/b", "B"))
    panel.show_model(None)
    assert not use(panel).isVisible()
