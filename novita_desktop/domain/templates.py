"""Finds and fills `{{ variables }}` in texts, with limits, because presets come from strangers.

The Liquid language is rendered by python-liquid with every limit set; see the decision record
on variables for the trials behind the figures.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import TYPE_CHECKING

from novita_desktop.domain.errors import InputError

if TYPE_CHECKING:
    from liquid import BoundTemplate, Environment

MAX_TEMPLATE_CHARACTERS = 1_000_000
MAX_OUTPUT_BYTES = 8_000_000
MAX_LOOP_STEPS = 20_000
MAX_LOCAL_BYTES = 2_000_000
MAX_NESTING = 12

_OPENING = "{{"
_TAG = "{%"


def has_variables(text: str) -> bool:
    """Return whether `text` needs filling in at all."""
    return _OPENING in text or _TAG in text


def variables_of(text: str) -> tuple[str, ...]:
    """Return the names that `text` needs, in the order they first appear.

    A dotted path counts by its first word. Raises InputError (`bad_template`) for broken text.
    """
    if not has_variables(text):
        return ()
    found = _parsed(text, "template").analyze().globals
    places = {name: min(v.span.index for v in uses) for name, uses in found.items()}
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

    template = _parsed(text, field)
    try:
        return template.render(**values)
    except UndefinedError as error:
        missing = [name for name in variables_of(text) if name not in values]
        if missing:
            raise InputError(f"variable:{missing[0]}", "missing") from None
        raise InputError(field, "bad_template", detail=str(error)) from None
    except ResourceLimitError:
        raise InputError(field, "template_too_large") from None
    except (LiquidError, RecursionError) as error:
        raise InputError(field, "bad_template", detail=str(error)) from None


def escaped(text: str) -> str:
    """Return `text` so that filling it gives `text` itself back."""
    if not has_variables(text):
        return text
    if "endraw" not in text:
        return "{% raw %}" + text + "{% endraw %}"
    return text.replace("{", "{{ '{' }}")


def _parsed(text: str, field: str) -> BoundTemplate:
    from liquid.exceptions import LiquidError  # noqa: PLC0415  # loaded when first needed

    if len(text) > MAX_TEMPLATE_CHARACTERS:
        raise InputError(field, "template_too_large")
    try:
        return _environment().from_string(text)
    except (LiquidError, RecursionError) as error:
        raise InputError(field, "bad_template", detail=str(error)) from None


@lru_cache(maxsize=1)
def _environment() -> Environment:
    from liquid import Environment, StrictUndefined  # noqa: PLC0415  # loaded when first needed

    class LimitedEnvironment(Environment):
        """Liquid with every limit set."""

        context_depth_limit = MAX_NESTING
        loop_iteration_limit = MAX_LOOP_STEPS
        local_namespace_limit = MAX_LOCAL_BYTES
        output_stream_limit = MAX_OUTPUT_BYTES

    return LimitedEnvironment(undefined=StrictUndefined)
