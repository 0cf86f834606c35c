"""What the Settings page says about each setting: its title, its help, its choices."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field

from PySide6.QtCore import QCoreApplication

from novita_desktop.domain.records import record


@record(frozen=True, slots=True)
class SettingWords:
    """A setting's words. `unset` is what a number says at its lowest value, where that is none."""

    title: str
    help: str = ""
    suffix: str = ""
    unset: str = ""
    choices: Mapping[str, str] = field(default_factory=dict)


def setting_words(name: str) -> SettingWords:
    """Return the words for a setting. Raises KeyError for one that no page shows."""
    return {**_host_words(), **_run_words(), **_look_words()}[name]


def _host_words() -> dict[str, SettingWords]:
    return {
        "base_url": SettingWords(
            _tr("Base URL"), _tr("Novita AI's address; any OpenAI-compatible host works")
        ),
        "requests_per_minute": SettingWords(
            _tr("Requests per minute"),
            _tr("what your account's tier allows for each model"),
            unset=_tr("Learned from the host"),
        ),
        "proxy_mode": SettingWords(
            _tr("Proxy"),
            choices={
                "system": _tr("As the system says"),
                "none": _tr("None"),
                "manual": _tr("This one"),
            },
        ),
        "proxy_url": SettingWords(
            _tr("Proxy address"), _tr("such as http://proxy.example:8080 or socks5://…")
        ),
    }


def _run_words() -> dict[str, SettingWords]:
    seconds = _tr(" s")
    return {
        "retry_policy": SettingWords(
            _tr("When a run fails to begin"),
            _tr("an answer that has begun is never sent again by itself"),
            choices={
                "default": _tr("Try up to 5 times, within about a minute and a half"),
                "patient": _tr("Try up to 5 times, over many minutes"),
                "none": _tr("Do not try again"),
            },
        ),
        "connect_seconds": SettingWords(
            _tr("Connecting may take"), _tr("then the attempt counts as failed"), seconds
        ),
        "first_word_seconds": SettingWords(
            _tr("The first word may take"), _tr("models that reason can need long"), seconds
        ),
        "silence_seconds": SettingWords(
            _tr("A pause between words may take"), _tr("what arrived is kept"), seconds
        ),
        "interactive_runs": SettingWords(_tr("Runs at once"), _tr("more wait for their turn")),
    }


def _look_words() -> dict[str, SettingWords]:
    return {
        "theme": SettingWords(
            _tr("Theme"),
            choices={
                "system": _tr("As the system"),
                "light": _tr("Light"),
                "dark": _tr("Dark"),
            },
        ),
        "text_percent": SettingWords(_tr("Text size"), _tr("of the whole window"), _tr(" %")),
        "language": SettingWords(
            _tr("Language"), _tr("texts on the screen follow at the next start")
        ),
        "daily_limit_units": SettingWords(
            _tr("Daily limit"),
            _tr("above it, the Run button asks once more"),
            unset=_tr("No limit"),
        ),
    }


def _tr(text: str) -> str:
    return QCoreApplication.translate("SettingWords", text)
