"""Models that are compared again and again, kept under a name with each column's own settings."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from typing import Final

from novita_desktop.domain.comparisons import Column, column_to_saved, columns_from_saved
from novita_desktop.domain.json_values import as_object
from novita_desktop.domain.presets import tidy_name
from novita_desktop.domain.records import record

MOST_SETS: Final = 100


@record(frozen=True, slots=True)
class ModelSet:
    """Columns under a name; no two sets have the same, capitals aside."""

    name: str
    columns: tuple[Column, ...]


def find_set(sets: Iterable[ModelSet], name: str) -> ModelSet | None:
    """Return the set of that name, or None."""
    wanted = name.casefold()
    return next((each for each in sets if each.name.casefold() == wanted), None)


def with_set(sets: Sequence[ModelSet], added: ModelSet) -> tuple[ModelSet, ...]:
    """Return `sets` with one more; it takes the place of one that has its name."""
    if (old := find_set(sets, added.name)) is None:
        return (*sets, added)
    return tuple(added if each is old else each for each in sets)


def set_to_text(saved: ModelSet) -> str:
    """Return a set as a line of JSON, for the settings."""
    columns = [column_to_saved(column) for column in saved.columns]
    return json.dumps({"name": saved.name, "columns": columns}, ensure_ascii=False)


def sets_of(texts: Iterable[str]) -> tuple[ModelSet, ...]:
    """Return the sets that `set_to_text` wrote; what is broken, empty or doubled is left out."""
    found: tuple[ModelSet, ...] = ()
    for text in texts:
        try:
            saved = as_object(json.loads(text))
        except ValueError:
            continue
        name, columns = saved.get("name"), columns_from_saved(saved.get("columns"))
        name = tidy_name(name) if isinstance(name, str) else ""
        if name and columns and find_set(found, name) is None:
            found = (*found, ModelSet(name, columns))
    return found[:MOST_SETS]
