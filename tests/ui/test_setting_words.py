"""The words of the settings."""

from dataclasses import fields

import pytest

from novita_desktop.domain.settings import Settings
from novita_desktop.ui.pages.settings.setting_words import setting_words

SHOWN = [spec for spec in fields(Settings) if spec.metadata["page"]]


@pytest.mark.parametrize("spec", SHOWN, ids=lambda spec: spec.name)
def test_every_setting_has_words_for_itself_and_its_choices(spec):
    words = setting_words(spec.name)
    assert words.title
    if spec.name != "language":  # its choices are the translations that there are
        assert set(words.choices) == set(spec.metadata["choices"])


def test_a_setting_that_no_page_shows_has_none():
    with pytest.raises(KeyError):
        setting_words("window_state")
