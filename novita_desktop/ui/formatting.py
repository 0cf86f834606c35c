"""Numbers, money, times and statuses as people read them, in the language of the system."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date as calendar_date
from datetime import datetime
from fractions import Fraction
from functools import lru_cache

from PySide6.QtCore import QCoreApplication, QDate, QLocale

from novita_desktop.domain.catalogue import Ability
from novita_desktop.domain.costs import UNITS_PER_USD, Cost, Price, Usage
from novita_desktop.domain.records import record
from novita_desktop.domain.runs import RunStatus

DASH = "–"  # noqa: RUF001  # an en dash stands for "nothing"
ABOUT = "≈"
_SIGNIFICANT_DIGITS = 2
_LEAST_DECIMALS, _MOST_DECIMALS = 2, 10
_PRICE_UNITS_PER_USD = 10_000
_LEAST_SHOWN_UNITS = UNITS_PER_USD // 1_000_000


def _tr(text: str) -> str:
    return QCoreApplication.translate("Formatting", text)


def whole(number: int) -> str:
    """Return a whole number with the language's separators."""
    return QLocale().toString(number)


def counted(number: int, one: str, many: str) -> str:
    """Return `one` for 1, and for any other number `many` with it in the place of `{n}`."""
    return one if number == 1 else many.format(n=whole(number))


def money(units: int | None, *, is_estimate: bool = False) -> str:
    """Return an amount of 10^-10 USD units, such as `$18.42` or `$0.00015`; None is "unknown".

    Small amounts keep two digits that say something; below a millionth of a dollar it says so.
    """
    if units is None:
        return _tr("unknown")
    if 0 < abs(units) < _LEAST_SHOWN_UNITS:
        least = _written(Fraction(_LEAST_SHOWN_UNITS, UNITS_PER_USD), 6)
        return f"< {least}"
    return _dollars(Fraction(units, UNITS_PER_USD), is_estimate=is_estimate)


def _dollars(amount: Fraction, *, is_estimate: bool = False) -> str:
    decimals = _LEAST_DECIMALS
    smallest = 10 ** (_SIGNIFICANT_DIGITS - 1)
    while amount and decimals < _MOST_DECIMALS and abs(amount) * 10**decimals < smallest:
        decimals += 1
    written = _written(amount, decimals)
    return f"{ABOUT} {written}" if is_estimate else written


def _written(amount: Fraction, decimals: int) -> str:
    """Return dollars in the locale's own form, with `decimals` rounded half to even.

    Zeros at the end are left out down to the two decimals of cents.
    """
    digits = f"{round(abs(amount) * 10**decimals):0{decimals + 1}d}"
    part = digits[-decimals:].rstrip("0").ljust(_LEAST_DECIMALS, "0")
    locale = QLocale()
    signs = _signs(locale.name(), locale.decimalPoint())
    number = locale.toString(int(digits[:-decimals])) + signs.point + part.translate(signs.digits)
    text = signs.form.format(number)
    return f"{signs.negative}{text}" if amount < 0 else text


@record(frozen=True, slots=True)
class _Signs:
    """How a locale writes an amount of dollars; `form` has `{}` in the number's place."""

    point: str
    negative: str
    digits: Mapping[int, str]
    form: str


@lru_cache(maxsize=8)
def _signs(_name: str, point: str) -> _Signs:
    """Return the signs of the locale in force; both arguments tell locales apart."""
    locale = QLocale()
    digits = {ord(str(digit)): locale.toString(digit) for digit in range(10)}
    if locale.language() == QLocale.Language.C:
        return _Signs(point, "-", digits, "${}")
    # The locale's form of one dollar says where the sign of the currency stands.
    one = locale.toCurrencyString(1, "$", 0).replace("{", "{{").replace("}", "}}")
    return _Signs(point, locale.negativeSign(), digits, one.replace(locale.toString(1), "{}", 1))


def price_per_million(price: Price) -> str:
    """Return a price in units per token as dollars for a million tokens, exactly."""
    if not price:
        return _tr("free")
    amount = Fraction(price) / _PRICE_UNITS_PER_USD
    decimals = _LEAST_DECIMALS
    while decimals < _MOST_DECIMALS and (amount * 10**decimals).denominator != 1:
        decimals += 1
    return _written(amount, decimals)


def cost(amount: Cost | None, *, is_over: bool = True) -> str:
    """Return what a run cost; a dash while it runs or when nothing is known."""
    if amount is None:
        return DASH if is_over else ""
    return money(amount.units, is_estimate=amount.is_estimate)


def tokens(usage: Usage | None, *, is_estimate: bool = False) -> str:
    """Return how many tokens a run used in all."""
    if usage is None:
        return DASH
    return f"{ABOUT} {whole(usage.total)}" if is_estimate else whole(usage.total)


def context_size(size: int | None) -> str:
    """Return a number of tokens in thousands or millions, such as `164K` or `1M`."""
    if not size:
        return DASH
    if size >= 1_000_000:
        return f"{QLocale().toString(round(size / 1_000_000, 1), 'g', 3)}M"
    return f"{whole(round(size / 1000))}K" if size >= 1000 else whole(size)


def duration(milliseconds: int | None) -> str:
    """Return a duration: `0.42 s`, `3.1 s`, `64 s`, `5 min 3 s`, `2 h 5 min`."""
    if milliseconds is None:
        return DASH
    seconds = milliseconds / 1000
    locale = QLocale()
    if seconds < 1:
        return _tr("{seconds} s").format(seconds=locale.toString(seconds, "f", 2))
    if seconds < 10:
        return _tr("{seconds} s").format(seconds=locale.toString(seconds, "f", 1))
    if seconds < 120:
        return _tr("{seconds} s").format(seconds=whole(round(seconds)))
    minutes, rest = divmod(round(seconds), 60)
    if minutes < 60:
        return _tr("{minutes} min {seconds} s").format(minutes=minutes, seconds=rest)
    hours, minutes = divmod(minutes, 60)
    return _tr("{hours} h {minutes} min").format(hours=hours, minutes=minutes)


def run_time(microseconds: int, now: datetime | None = None) -> str:
    """Return when a run was made: the time today, with the date on other days."""
    # Without a zone a moment is local, which is all that is shown and is made much faster.
    moment = datetime.fromtimestamp(microseconds / 1_000_000)  # noqa: DTZ006
    today = now.astimezone().date() if now else datetime.now().date()  # noqa: DTZ005
    time = f"{moment.hour:02d}:{moment.minute:02d}:{moment.second:02d}"
    if moment.date() == today:
        return time
    return f"{_short_date(moment.date(), QLocale().name())} {time}"


@lru_cache(maxsize=512)
def _short_date(shown: calendar_date, _locale_name: str) -> str:
    place = QDate(shown.year, shown.month, shown.day)
    return QLocale().toString(place, QLocale.FormatType.ShortFormat)


def day_of(microseconds: int) -> int:
    """Return the local day of a moment as a number, for comparing days."""
    return datetime.fromtimestamp(microseconds / 1_000_000).astimezone().toordinal()


def day(microseconds: int, now: datetime | None = None) -> str:
    """Return the day of a moment: today, yesterday, or the date."""
    moment = datetime.fromtimestamp(microseconds / 1_000_000).astimezone()
    today = (now or datetime.now().astimezone()).date()
    match (today - moment.date()).days:
        case 0:
            return _tr("Today")
        case 1:
            return _tr("Yesterday")
        case _:
            return QLocale().toString(_qt_date(moment), QLocale.FormatType.LongFormat)


def date(unix_seconds: int | None) -> str:
    """Return a date from unix seconds."""
    if unix_seconds is None:
        return DASH
    moment = datetime.fromtimestamp(unix_seconds).astimezone()
    # The month in letters: as a number, half of the world takes it for the day.
    return QLocale().toString(_qt_date(moment), _tr("d MMM yyyy"))


def _qt_date(moment: datetime) -> QDate:
    return QDate(moment.year, moment.month, moment.day)


def ago(microseconds: int | None, now_microseconds: int) -> str:
    """Return how long ago a moment was, in words."""
    if microseconds is None:
        return _tr("shipped with the program")
    minutes = max(0, now_microseconds - microseconds) // 60_000_000
    if minutes < 1:
        return _tr("updated just now")
    if minutes < 60:
        return _tr("updated {minutes} min ago").format(minutes=minutes)
    hours = minutes // 60
    if hours < 48:
        return _tr("updated {hours} h ago").format(hours=hours)
    return _tr("updated {days} days ago").format(days=hours // 24)  # never one: those are hours


def file_size(size: int) -> str:
    """Return a size of a file in bytes, kB, MB or GB."""
    return QLocale().formattedDataSize(size, 1, QLocale.DataSizeFormat.DataSizeSIFormat)


def status(value: RunStatus) -> str:
    """Return a run's status in one word."""
    match value:
        case RunStatus.QUEUED:
            return _tr("Queued")
        case RunStatus.WAITING:
            return _tr("Waiting")
        case RunStatus.RUNNING:
            return _tr("Running")
        case RunStatus.SUCCEEDED:
            return _tr("Done")
        case RunStatus.FAILED:
            return _tr("Failed")
        case RunStatus.STOPPED:
            return _tr("Stopped")
        case RunStatus.INTERRUPTED:
            return _tr("Interrupted")


def ability(value: Ability) -> str:
    """Return an ability in one word."""
    return {
        Ability.VISION: _tr("Images"),
        Ability.JSON: _tr("JSON"),
        Ability.TOOLS: _tr("Tools"),
        Ability.REASONING: _tr("Reasoning"),
        Ability.LONG_CONTEXT: _tr("Long context"),
    }[value]
