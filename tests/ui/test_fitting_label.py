"""A label says as much as there is room for, and never half a number."""

import pytest

from novita_desktop.ui.widgets.fitting_label import FittingLabel


@pytest.fixture
def label(qtbot):
    label = FittingLabel()
    qtbot.addWidget(label)
    label.set_words(("≈ 20,004 tokens in", "≈ 20,004 in"))
    return label


def test_the_longest_text_that_fits_is_shown(label):
    width_of = label.fontMetrics().horizontalAdvance
    for text in ("≈ 20,004 tokens in", "≈ 20,004 in"):
        label.resize(width_of(text), 20)
        assert label.shown_text() == text
    label.resize(width_of("≈ 20,0"), 20)
    assert label.shown_text() == ""


def test_assistive_technology_has_the_longest_text(label):
    label.resize(10, 20)
    assert label.text() == "≈ 20,004 tokens in"
    label.set_words(())
    assert label.text() == ""
