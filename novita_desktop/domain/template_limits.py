"""The limits under which templates from strangers are rendered.

python-liquid limits loops, output, local names and depth; it does not limit how far one filter
can blow a text up, nor how long a template works in all. Both are done here: every filter is
told beforehand how large its result may be, and every rendering has a purse of work.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from contextvars import ContextVar
from functools import lru_cache
from typing import TYPE_CHECKING

from liquid import Environment, StrictDefaultUndefined
from liquid.exceptions import ResourceLimitError
from liquid.output import LimitedStringIO

from novita_desktop.domain import template_marks

if TYPE_CHECKING:
    from liquid import BoundTemplate

Filter = Callable[..., object]

MAX_OUTPUT_BYTES = 8_000_000
MAX_LOCAL_BYTES = 2_000_000
MAX_FILTER_CHARACTERS = 4_000_000
MAX_LIST_ITEMS = 50_000
MAX_STEPS = 50_000
"""Loop steps times marks: what a rendering may run through in all."""

MAX_FILTERED_CHARACTERS = 12_000_000
"""What all filters of one rendering may work through together: under a tenth of a second."""

MAX_DATE_CHARACTERS = 100
"""No text that is longer is a date; reading one costs microseconds for each character."""

ITEM_CHARACTERS = 64
"""What an item of a list counts for: filters of lists look into each with Python's own pace."""

_WIDE_DATE = re.compile(r"%[^a-zA-Z%]*\d{2,}")

_work: ContextVar[int] = ContextVar("_work", default=0)


def parsed(text: str) -> BoundTemplate:
    """Return the template in `text`.

    Raises TemplateTooLarge, TemplateBroken or a liquid error.
    """
    marks = template_marks.count_of(text)
    return _environment(MAX_STEPS // (1 << max(marks, 8).bit_length())).from_string(text)


def rendered(template: BoundTemplate, values: dict[str, object]) -> str:
    """Return the filled template. Raises a liquid error, ResourceLimitError included.

    Line ends stay as they are: the buffer that python-liquid makes by itself would change CRLF.
    """
    purse = _work.set(0)
    output = LimitedStringIO(limit=MAX_OUTPUT_BYTES, newline="")
    context = template.context_class(template, globals=template.make_globals(values))
    try:
        template.render_with_context(context, output)
    finally:
        _work.reset(purse)
    return output.getvalue()


@lru_cache(maxsize=16)
def _environment(loop_steps: int) -> Environment:
    class LimitedEnvironment(Environment):
        """Liquid with every limit set."""

        context_depth_limit = template_marks.MAX_NESTING + 6
        loop_iteration_limit = loop_steps
        local_namespace_limit = MAX_LOCAL_BYTES
        output_stream_limit = MAX_OUTPUT_BYTES

    environment = LimitedEnvironment(undefined=StrictDefaultUndefined)
    for name in ("include", "render"):
        environment.tags.pop(name, None)
    for name, work in list(environment.filters.items()):
        environment.filters[name] = _limited(name, work)
    return environment


def _limited(name: str, work: Filter) -> Filter:
    def limited(*args: object, **kwargs: object) -> object:
        sizes = [_size(arg) for arg in args]
        growth = _GROWTH.get(name, sum)(sizes) if name not in _EXACT else _EXACT[name](args)
        spent = _work.get() + max(growth, sum(sizes)) * _COSTS.get(name, 1)
        if growth > MAX_FILTER_CHARACTERS or spent > MAX_FILTERED_CHARACTERS:
            raise ResourceLimitError("a filter's result is too large", token=None)
        _work.set(spent)
        return work(*args, **kwargs)

    for mark in ("with_context", "with_environment"):
        if hasattr(work, mark):
            setattr(limited, mark, getattr(work, mark))
    return limited


def _size(value: object) -> int:
    # A value that is missing refuses every question, even for its class.
    if type(value) is StrictDefaultUndefined:
        return 0
    if isinstance(value, str):
        return len(value)
    if isinstance(value, range | list | tuple | dict):
        if len(value) > MAX_LIST_ITEMS:
            raise ResourceLimitError("a list is too long", token=None)
        if isinstance(value, range):
            return len(value) * ITEM_CHARACTERS
        return sum(ITEM_CHARACTERS + (len(item) if isinstance(item, str) else 0) for item in value)
    if isinstance(value, int):
        return value.bit_length() // 3
    return 8


def _replaced_size(args: tuple[object, ...]) -> int:
    text, old, new = (str(arg) for arg in (*args, "", "")[:3])
    return len(text) + (text.count(old)) * len(new)


def _joined_size(args: tuple[object, ...]) -> int:
    items, separator = args[0], str(args[1]) if len(args) > 1 else " "
    count = len(items) if isinstance(items, range | list | tuple) else 1
    return _size(items) + count * len(separator)


def _date_size(args: tuple[object, ...]) -> int:
    pattern = str(args[1]) if len(args) > 1 else ""
    if isinstance(args[0], str) and len(args[0]) > MAX_DATE_CHARACTERS:
        return MAX_FILTER_CHARACTERS + 1
    return MAX_FILTER_CHARACTERS + 1 if _WIDE_DATE.search(pattern) else 20 * len(pattern)


def _product_size(args: tuple[object, ...]) -> int:
    bits = sum(arg.bit_length() for arg in args if isinstance(arg, int))
    return bits if bits < 20_000 else MAX_FILTER_CHARACTERS + 1


_EXACT: dict[str, Callable[[tuple[object, ...]], int]] = {
    "replace": _replaced_size,
    "join": _joined_size,
    "date": _date_size,
    "times": _product_size,
}
"""Filters whose result's size follows from more than their inputs' sizes."""

_COSTS = {
    "strip_html": 130,
    "url_decode": 32,
    "squish": 9,
    "strip_newlines": 6,
    "truncatewords": 6,
    "base64_url_safe_encode": 2,
    "capitalize": 2,
    "escapejs": 2,
} | dict.fromkeys(("find", "find_index", "has", "reject", "sum", "where"), 3)
"""How many times longer than others a filter takes for a character, measured."""

_GROWTH: dict[str, Callable[[list[int]], int]] = {
    name: lambda sizes: 12 * sum(sizes)
    for name in ("escape", "escape_once", "escapejs", "url_encode", "newline_to_br")
} | {"split": lambda sizes: 50 * sum(sizes)}
"""Filters that blow a text up by a factor: signs as entities or escapes, a list per letter."""
