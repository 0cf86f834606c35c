"""Tables as JSON Lines: on each line an object, or an array."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import Final

import msgspec

from novita_desktop.domain.table_refusal import TableRefused
from novita_desktop.domain.tables import MOST_COLUMNS, RowTrouble
from novita_desktop.storage.tables.table_records import TableRecord
from novita_desktop.storage.tables.text_lines import TextLine

_LINES_FOR_KEYS: Final = 1_000
"""How many lines are looked at for the keys that are columns."""

_CELLS: Final = msgspec.json.Decoder(dict[str, msgspec.Raw] | list[msgspec.Raw])
_TEXT: Final = msgspec.json.Decoder(str)
_ANY: Final = msgspec.json.Decoder()
_DETAIL_CHARACTERS: Final = 200

Line = dict[str, str] | list[str]
"""A line's values as texts."""


def keys_of(lines: Iterable[TextLine]) -> tuple[str, ...]:
    """Return the keys of the objects on the first lines, in the order in which they come.

    There are none where the first line that can be read is an array. Raises TableRefused
    (`too_many_columns`).
    """
    keys: dict[str, None] = {}
    for line in islice(lines, _LINES_FOR_KEYS):
        values = _values_of(line)
        if isinstance(values, list) and not keys:
            return ()
        if isinstance(values, dict):
            keys.update(dict.fromkeys(values))
        if len(keys) > MOST_COLUMNS:
            raise TableRefused("too_many_columns", limit=MOST_COLUMNS)
    return tuple(keys)


def records_of(lines: Iterable[TextLine], keys: Sequence[str]) -> Iterator[TableRecord]:
    """Yield a record for each line that is not blank: the values of `keys`, or those of arrays.

    A text stands as it is, null as nothing, a number as it is written, and a list or an object as
    JSON without blanks.
    """
    places = {key: place for place, key in enumerate(keys)}
    for line in lines:
        if not line.text.strip():
            continue
        values = _values_of(line)
        if isinstance(values, RowTrouble):
            yield TableRecord(line.number, [], values, line.text[:_DETAIL_CHARACTERS].strip())
        elif isinstance(values, list) == bool(keys):
            shown = line.text[:_DETAIL_CHARACTERS].strip()
            yield TableRecord(line.number, [], RowTrouble.OTHER_JSON, shown)
        elif isinstance(values, list):
            yield TableRecord(line.number, values, line.trouble)
        else:
            yield _record_of(line, values, places)


def _record_of(line: TextLine, values: dict[str, str], places: dict[str, int]) -> TableRecord:
    cells = [""] * len(places)
    unknown = []
    for key, text in values.items():
        place = places.get(key)
        if place is None:
            unknown.append(key)
        else:
            cells[place] = text
    trouble = line.trouble or (RowTrouble.UNKNOWN_KEYS if unknown else None)
    return TableRecord(line.number, cells, trouble, ", ".join(unknown)[:_DETAIL_CHARACTERS])


def _values_of(line: TextLine) -> Line | RowTrouble:
    """Return a line's values as texts, or why there are none."""
    if line.trouble is RowTrouble.TOO_LONG:
        return line.trouble
    try:
        found = _CELLS.decode(line.text)
        if isinstance(found, dict):
            return {key: _text_of(raw) for key, raw in found.items()}
        return [_text_of(raw) for raw in found]
    except msgspec.ValidationError:
        return RowTrouble.OTHER_JSON
    except (msgspec.DecodeError, UnicodeError, RecursionError):
        return RowTrouble.NOT_JSON


def _text_of(raw: msgspec.Raw) -> str:
    written = bytes(raw)
    if written.startswith(b'"'):
        return _TEXT.decode(written)
    if written == b"null":
        return ""
    if written.startswith((b"{", b"[")):
        # Formatting keeps numbers as they are written; only decoding says that all is JSON.
        _ANY.decode(written)
        return msgspec.json.format(written, indent=-1).decode()
    return written.decode()
