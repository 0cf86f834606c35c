"""What is wrong inside a `{{ field }}`, for people who never learned its language.

The faults come from `domain/templates.py` in the words of python-liquid; those that people meet are
said here in the program's own words, and the rest as they are.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QCoreApplication

_UNKNOWN_FILTER: Final = re.compile(r"unknown filter '(.+)'")
_UNEXPECTED_TAG: Final = re.compile(r"unexpected tag '(.+)'")
_MISSING_TAG: Final = re.compile(r"expected tag (\w+), found .*")
_NOT_CLOSED: Final = re.compile(r"(\{\{|\{%) without (\}\}|%\})")
_VERBATIM: Final = re.compile(r"\{% \w+ %\} without \{% (\w+) %\}")
_EMPTY: Final = re.compile(r"missing expression|expected a primitive expression, found .*")
_TWO_WORDS: Final = re.compile(r"expected end of expression, found .*")
_RESERVED: Final = re.compile(r"(.+) is not the name of a field")
_UNDEFINED: Final = re.compile(r"'?(.+?)'? is undefined")
_FILTER_USE: Final = re.compile(r"(\w+)\(\) (?:missing|takes|got) .*")


def template_reason(detail: str) -> str:
    """Return the reason behind the words of a fault, to follow a colon, without a full stop."""
    reasons: tuple[tuple[re.Pattern[str], Callable[..., str]], ...] = (
        (_UNKNOWN_FILTER, lambda name: _tr("there is no filter “{0}”").format(name)),
        (_UNEXPECTED_TAG, lambda name: _tr("“{0}” cannot stand there").format(name)),
        (_MISSING_TAG, _missing_tag),
        (_NOT_CLOSED, lambda _, mark: _tr("it does not end with {0}").format(mark)),
        (_VERBATIM, _missing_tag),
        (_EMPTY, lambda: _tr("something is missing in it")),
        (_TWO_WORDS, lambda: _tr("a name is one word, such as first_name")),
        (
            _RESERVED,
            lambda name: _tr("“{0}” cannot be a field's name: choose another").format(name),
        ),
        (_UNDEFINED, lambda name: _tr("there is no “{0}”").format(name)),
        (_FILTER_USE, lambda name: _tr("the filter “{0}” is used otherwise").format(name)),
    )
    for pattern, words in reasons:
        if found := pattern.fullmatch(detail):
            return words(*found.groups())
    return detail


def _missing_tag(name: str) -> str:
    return _tr("its end is missing, {0}").format(f"{{% {name} %}}")


def _tr(text: str) -> str:
    return QCoreApplication.translate("TemplateMessages", text)
