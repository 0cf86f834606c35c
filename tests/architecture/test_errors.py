"""Every expected error has a code of its own, for the data file, and says what it means."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from novita_desktop.domain.errors import NovitaDesktopError


def kinds(base: type[NovitaDesktopError] = NovitaDesktopError) -> Iterator[type]:
    """Yield every class of error that the program declares."""
    yield base
    for kind in base.__subclasses__():
        if kind.__module__.startswith("novita_desktop."):
            yield from kinds(kind)


def test_codes_are_unique() -> None:
    codes = Counter(kind.__dict__.get("code") for kind in kinds())
    assert codes[None] == 0
    assert [code for code, uses in codes.items() if uses > 1] == []


def test_each_error_says_what_happened() -> None:
    assert [kind.__name__ for kind in kinds() if not kind.__dict__.get("__doc__")] == []
