"""Any saved values give valid settings."""

from dataclasses import fields, replace

from hypothesis import given
from hypothesis import strategies as st

from novita_desktop.domain.settings import Settings, from_saved, to_saved

NAMES = [spec.name for spec in fields(Settings)]
VALUE = st.none() | st.booleans() | st.integers() | st.floats() | st.text() | st.lists(st.text())


@given(st.dictionaries(st.sampled_from(NAMES) | st.text(), VALUE))
def test_any_file_gives_valid_settings(saved):
    settings = from_saved(saved)
    for spec in fields(Settings):
        value, limits = getattr(settings, spec.name), spec.metadata
        assert type(value) is type(spec.default)
        if limits["low"] is not None:
            assert limits["low"] <= value <= limits["high"]
        if limits["choices"]:
            assert value in limits["choices"]
    assert from_saved(to_saved(settings)) == settings


def test_one_bad_value_does_not_take_the_good_ones_with_it():
    settings = from_saved({"theme": "dark", "text_percent": "big", "proxy_mode": "magic"})
    assert settings == replace(Settings(), theme="dark")


def test_numbers_are_brought_inside_their_limits():
    assert from_saved({"text_percent": 999}).text_percent == 200
    assert from_saved({"connect_seconds": 0}).connect_seconds == 1
    assert from_saved({"connect_seconds": float("nan")}).connect_seconds == 1
    assert from_saved({"connect_seconds": 10**400}).connect_seconds == 120
    assert from_saved({"daily_limit_units": -(10**400)}).daily_limit_units == 0
    assert from_saved({"text_percent": True, "connect_seconds": True}) == Settings()


def test_only_what_differs_is_saved():
    assert to_saved(Settings()) == {}
    assert to_saved(replace(Settings(), favourite_models=("a",))) == {"favourite_models": ["a"]}
