"""The rows of a long list of which only those near the eye are in memory."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from typing import Generic, TypeVar

T = TypeVar("T")


class RowWindow(Generic[T]):
    """Rows by place, from 0 to `length`; a row that is not in memory is None.

    `key_of` names a row's thing for good, where its place changes with what comes above it.
    """

    def __init__(self, key_of: Callable[[T], int]) -> None:
        self.length = 0
        self._key_of = key_of
        self._rows: dict[int, T] = {}
        self._places: dict[int, int] = {}

    def at(self, row: int) -> T | None:
        """Return what stands in `row`, None when it is not in memory."""
        return self._rows.get(row)

    def row_of(self, key: int) -> int:
        """Return the row in memory with this key, -1 when there is none."""
        return self._places.get(key, -1)

    def loaded(self) -> Iterator[T]:
        """Return what is in memory, from the top down."""
        return (self._rows[row] for row in sorted(self._rows))

    def loaded_count(self) -> int:
        """Return how many rows are in memory."""
        return len(self._rows)

    def put(self, row: int, entries: Sequence[T]) -> None:
        """Take rows into memory, from `row` on."""
        for place, entry in enumerate(entries, start=row):
            if (old := self._rows.get(place)) is not None:
                self._places.pop(self._key_of(old), None)
            self._rows[place] = entry
            self._places[self._key_of(entry)] = place

    def insert(self, row: int, entry: T) -> None:
        """Put a new row before `row`; those from there on move down."""
        self.length += 1
        self._renumber(lambda place: place + (place >= row))
        self.put(row, [entry])

    def remove(self, row: int) -> None:
        """Take a row out of the list; those below move up."""
        self.length -= 1
        if (old := self._rows.pop(row, None)) is not None:
            self._places.pop(self._key_of(old), None)
        self._renumber(lambda place: place - (place > row))

    def place_for(self, key: int) -> int:
        """Return the row before which `key` belongs, of a list with falling keys, all in memory."""
        low, high = 0, self.length
        while low < high:
            middle = (low + high) // 2
            if self._key_of(self._rows[middle]) > key:
                low = middle + 1
            else:
                high = middle
        return low

    def keep_near(self, row: int, most: int) -> Collection[int]:
        """Forget the rows farthest from `row` until `most` are left; return the forgotten keys.

        Up to a quarter more are kept until then, so that not every page read sorts them all.
        """
        if len(self._rows) <= most * 5 // 4:
            return ()
        far = sorted(self._rows, key=lambda place: abs(place - row))[most:]
        keys = [self._key_of(self._rows.pop(place)) for place in far]
        for key in keys:
            del self._places[key]
        return keys

    def _renumber(self, moved: Callable[[int], int]) -> None:
        self._rows = {moved(place): entry for place, entry in self._rows.items()}
        self._places = {self._key_of(entry): place for place, entry in self._rows.items()}
