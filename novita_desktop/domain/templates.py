"""Finds and fills `{{ variables }}` in texts.

The language is Liquid, rendered by python-liquid under the limits of `template_limits`, because
presets come from strangers. A text without braces never loads it.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from novita_desktop.domain import template_marks
from novita_desktop.domain.errors import InputError

if TYPE_CHECKING:
    from liquid import BoundTemplate

_OPENING = "{{"
_TAG = "{%"
MAX_DETAIL_CHARACTERS = 300
_FAULTS = (ArithmeticError, AttributeError, LookupError, RecursionError, TypeError, ValueError)
"""What python-liquid lets through for values it did not expect, `cols: nil` for example."""


def has_variables(text: str) -> bool:
    """Return whether `text` needs filling in at all."""
    return _OPENING in text or _TAG in text


def has_whole_marks(text: str) -> bool:
    """Return whether `text` has a mark from its opening to its closing braces."""
    return any(
        start >= 0 and text.find(closing, start + 2) >= 0
        for start, closing in ((text.find(_OPENING), "}}"), (text.find(_TAG), "%}"))
    )


def variables_of(text: str) -> tuple[str, ...]:
    """Return the names that `text` needs, in the order they first appear.

    A dotted path counts by its first word. Raises InputError (`bad_template`) for broken text.
    """
    if not has_variables(text):
        return ()
    found = _parsed(text, "template").analyze().globals
    places = {name: min(use.span.index for use in uses) for name, uses in found.items()}
    return tuple(sorted(places, key=lambda name: places[name]))


def fill(text: str, values: Mapping[str, str], *, field: str) -> str:
    """Return `text` with every variable replaced by its value.

    Raises InputError: for `variable:NAME` with `missing` when a value is not there, or for
    `field` with `bad_template` or `template_too_large`.
    """
    if not has_variables(text):
        return text
    from liquid.exceptions import (  # noqa: PLC0415  # loaded when first needed
        LiquidError,
        ResourceLimitError,
        UndefinedError,
    )

    from novita_desktop.domain import template_limits  # noqa: PLC0415  # loads python-liquid

    template = _parsed(text, field)
    try:
        return template_limits.rendered(template, dict(values))
    except UndefinedError as error:
        raise _undefined(text, values, field, error) from None
    except ResourceLimitError:
        raise InputError(field, "template_too_large") from None
    except (LiquidError, *_FAULTS) as error:
        raise _broken(field, error, text) from None


def _undefined(text: str, values: Mapping[str, str], field: str, error: Exception) -> InputError:
    """Return what to say of a value that is not there: the one that was asked for, if known."""
    missing = [name for name in variables_of(text) if name not in values]
    if not missing:
        return _broken(field, error, text)
    words = str(getattr(error, "message", ""))
    named = (name for name in missing if words == f"'{name}' is undefined")
    return InputError(f"variable:{next(named, missing[0])}", "missing")


def _broken(field: str, error: Exception, text: str) -> InputError:
    """Return the fault with its mark, without python-liquid's drawing, which repeats whole lines."""
    words = str(getattr(error, "message", error))
    place = getattr(error, "place", getattr(getattr(error, "token", None), "start_index", None))
    mark = template_marks.mark_around(text, place) if isinstance(place, int) else ""
    return InputError(field, "bad_template", given=mark, detail=words[:MAX_DETAIL_CHARACTERS])


def escaped(text: str) -> str:
    """Return `text` so that filling it gives `text` itself back."""
    if not has_variables(text):
        return text
    if "endraw" not in text:
        return "{% raw %}" + text + "{% endraw %}"
    return text.replace("{", "{{ '{' }}")


def _parsed(text: str, field: str) -> BoundTemplate:
    from liquid.exceptions import LiquidError  # noqa: PLC0415  # loaded when first needed

    from novita_desktop.domain import template_limits  # noqa: PLC0415  # loads python-liquid

    try:
        return template_limits.parsed(text)
    except template_marks.TemplateTooLarge:
        raise InputError(field, "template_too_large") from None
    except (LiquidError, *_FAULTS) as error:
        raise _broken(field, error, text) from None
