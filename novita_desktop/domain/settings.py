"""Every setting, declared once: default, limits, choices and the page that shows it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field, fields, replace
from typing import Any, TypeVar

from novita_desktop.domain.account import NOVITA_BASE_URL
from novita_desktop.domain.records import record
from novita_desktop.domain.requests import RetryPolicy

T = TypeVar("T", str, int, float, bool, "tuple[str, ...]")


def setting(
    default: T,
    *,
    page: str,
    low: float | None = None,
    high: float | None = None,
    choices: tuple[str, ...] = (),
) -> T:
    """Declare a setting: a dataclass field with its limits beside its default."""
    metadata = {"page": page, "low": low, "high": high, "choices": choices}
    return field(default=default, metadata=metadata)


@record(frozen=True, slots=True)
class Settings:
    """All settings at one moment. Money is in units of 10^-10 USD; 0 means no limit."""

    base_url: str = setting(NOVITA_BASE_URL, page="connection")
    requests_per_minute: int = setting(0, page="connection", low=0, high=100_000)

    proxy_mode: str = setting("system", page="network", choices=("system", "none", "manual"))
    proxy_url: str = setting("", page="network")

    retry_policy: str = setting(
        RetryPolicy.DEFAULT.value, page="retries", choices=tuple(p.value for p in RetryPolicy)
    )
    connect_seconds: float = setting(10.0, page="retries", low=1, high=120)
    first_word_seconds: float = setting(120.0, page="retries", low=5, high=3_600)
    silence_seconds: float = setting(60.0, page="retries", low=5, high=3_600)
    interactive_runs: int = setting(16, page="retries", low=1, high=64)

    daily_limit_units: int = setting(0, page="budget", low=0, high=10**16)

    theme: str = setting("system", page="appearance", choices=("system", "light", "dark"))
    text_percent: int = setting(100, page="appearance", low=80, high=200)
    language: str = setting("system", page="language", choices=("system", "en"))

    favourite_models: tuple[str, ...] = setting((), page="")
    recent_models: tuple[str, ...] = setting((), page="")
    model_sets: tuple[str, ...] = setting((), page="")  # as domain.model_sets writes them
    window_state: str = setting("", page="")


def from_saved(saved: Mapping[str, object]) -> Settings:
    """Return settings from saved values that may be older, newer or edited by hand.

    A value of the wrong kind or outside its choices is left at its default; a number outside
    its limits is brought inside. One bad value does not take the good ones with it.
    """
    good: dict[str, Any] = {}
    for spec in fields(Settings):
        value = saved.get(spec.name)
        match spec.default:
            case tuple():
                if isinstance(value, list | tuple) and all(isinstance(v, str) for v in value):
                    good[spec.name] = tuple(value)
            case float():
                if isinstance(value, int | float) and not isinstance(value, bool):
                    good[spec.name] = float(_inside(value, spec.metadata))
            case bool() | str():
                if type(value) is type(spec.default) and _is_allowed(value, spec.metadata):
                    good[spec.name] = value
            case int():
                if isinstance(value, int) and not isinstance(value, bool):
                    good[spec.name] = int(_inside(value, spec.metadata))
    return replace(Settings(), **good)


def _is_allowed(value: object, metadata: Mapping[str, Any]) -> bool:
    return not metadata["choices"] or value in metadata["choices"]


def _inside(number: float, metadata: Mapping[str, Any]) -> float:
    """Return `number` within its limits. What is not a number becomes the lower one."""
    low, high = metadata["low"], metadata["high"]
    limited: float = number if low is None else max(low, min(number, high))
    return limited


def to_saved(settings: Settings) -> dict[str, object]:
    """Return the settings that differ from their defaults, as JSON values."""
    return {
        spec.name: list(value) if isinstance(value, tuple) else value
        for spec in fields(Settings)
        if (value := getattr(settings, spec.name)) != spec.default
    }
