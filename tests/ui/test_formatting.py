"""Money, tokens and times in words."""

from datetime import UTC, datetime
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QLocale

from novita_desktop.domain.catalogue import Ability
from novita_desktop.domain.costs import UNITS_PER_USD, Cost, Usage
from novita_desktop.domain.runs import RunStatus
from novita_desktop.ui import formatting

USD = UNITS_PER_USD


@pytest.fixture(autouse=True)
def locale():
    before = QLocale()
    QLocale.setDefault(QLocale("en_US"))
    yield
    QLocale.setDefault(before)


@pytest.mark.parametrize(
    ("units", "text"),
    [
        (None, "unknown"),
        (0, "$0.00"),
        (USD * 1842 // 100, "$18.42"),
        (USD * 1_234_567, "$1,234,567.00"),
        (8_000_000, "$0.0008"),
        (8_123_456, "$0.00081"),
        (1_500_000, "$0.00015"),
        (1, "< $0.000001"),
        (10_000, "$0.000001"),
        (-USD // 2, "-$0.50"),
        (USD * 995 // 1000, "$1.00"),
    ],
)
def test_money_keeps_the_digits_that_say_something(units, text):
    assert formatting.money(units) == text


def test_estimates_are_marked():
    assert formatting.money(USD, is_estimate=True) == "≈ $1.00"
    assert formatting.cost(Cost(USD, is_estimate=True)) == "≈ $1.00"
    assert formatting.tokens(Usage(5, 1_000), is_estimate=True) == "≈ 1,005"


def test_money_has_its_sign_in_front_where_no_locale_is_set():
    QLocale.setDefault(QLocale.c())
    assert formatting.money(USD // 4) == "$0.25"
    assert formatting.money(-USD) == "-$1.00"


def test_money_follows_the_locale():
    QLocale.setDefault(QLocale("de_DE"))
    assert formatting.money(USD * 1842 // 100).replace("\u00a0", " ") == "18,42 $"


@given(st.integers(min_value=10_000, max_value=10**16) | st.just(0))
def test_money_is_off_by_less_than_a_tenth_and_never_by_half_a_cent(units):
    text = formatting.money(units).replace("$", "").replace(",", "")
    shown = Fraction(text)
    real = Fraction(units, USD)
    assert abs(shown - real) <= Fraction(1, 200)
    assert abs(shown - real) <= abs(real) / 10


@pytest.mark.parametrize(
    ("price", "text"),
    [
        (2_700, "$0.27"),
        (145, "$0.0145"),
        (40_000, "$4.00"),
        (0, "free"),
        (Fraction(1, 2), "$0.00005"),
    ],
)
def test_prices_are_exact(price, text):
    assert formatting.price_per_million(price) == text


@pytest.mark.parametrize(
    ("size", "text"),
    [
        (163_840, "164K"),
        (1_000_000, "1M"),
        (512, "512"),
        (None, formatting.DASH),
        (1_048_576, "1M"),
    ],
)
def test_context_sizes_are_short(size, text):
    assert formatting.context_size(size) == text


@pytest.mark.parametrize(
    ("milliseconds", "text"),
    [
        (None, formatting.DASH),
        (420, "0.42 s"),
        (3_100, "3.1 s"),
        (64_000, "64 s"),
        (303_000, "5 min 3 s"),
        (7_500_000, "2 h 5 min"),
    ],
)
def test_durations(milliseconds, text):
    assert formatting.duration(milliseconds) == text


def test_a_run_of_today_shows_the_time_alone():
    now = datetime(2026, 11, 24, 15, 0, tzinfo=UTC).astimezone()
    today = round(now.timestamp() * 1_000_000)
    assert formatting.run_time(today, now) == now.strftime("%H:%M:%S")
    assert formatting.run_time(today - 86_400_000_000, now).startswith("11/23/26")


def test_a_day_is_named_as_people_do():
    now = datetime(2026, 11, 24, 0, 5).astimezone()
    moment = round(now.timestamp() * 1_000_000)
    assert formatting.day(moment, now) == "Today"
    assert formatting.day(moment - 600_000_000, now) == "Yesterday"
    assert formatting.day(moment - 48 * 3_600_000_000, now) == "Sunday, November 22, 2026"
    assert formatting.day_of(moment) == formatting.day_of(moment - 600_000_000) + 1


@pytest.mark.parametrize(
    ("minutes", "text"),
    [
        (0, "updated just now"),
        (5, "updated 5 min ago"),
        (180, "updated 3 h ago"),
        (5_000, "updated 3 days ago"),
    ],
)
def test_how_long_ago(minutes, text):
    assert formatting.ago(0, minutes * 60_000_000) == text


def test_the_shipped_list_has_no_age():
    assert formatting.ago(None, 1) == "shipped with the program"


def test_sizes_and_dates():
    assert formatting.file_size(3_400_000) == "3.4 MB"
    assert formatting.date(None) == formatting.DASH
    assert formatting.date(1_764_000_000) != formatting.DASH


def test_every_status_and_ability_has_a_word():
    assert len({formatting.status(status) for status in RunStatus}) == len(RunStatus)
    assert len({formatting.ability(ability) for ability in Ability}) == len(Ability)


@pytest.mark.parametrize(
    ("number", "words"), [(0, "0 runs"), (1, "1 run"), (2, "2 runs"), (12_345, "12,345 runs")]
)
def test_a_count_agrees_with_its_word(number, words):
    assert formatting.counted(number, "1 run", "{n} runs") == words
