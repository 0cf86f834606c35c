"""The XML inside workbooks, which are zip archives, read without trusting either.

An archive may claim to unpack to a thousand times its size, and XML may define texts of texts of
texts, name files to be read, or never close what it opens. Only as much is unpacked as is looked at,
and nothing is ever written or opened by the names in an archive.
"""

from __future__ import annotations

import os
import struct
import zipfile
from collections.abc import Callable, Generator
from typing import BinaryIO, Final, NoReturn, Protocol
from xml.parsers import expat

from novita_desktop.domain.table_refusal import TableRefused

MOST_UNPACKED_BYTES: Final = 8 * 1024**3
"""How much an archive may unpack to: the largest sheet with long texts, and then some."""

MOST_SMALL_PART_BYTES: Final = 64 * 1024**2
"""How large a part may be that is kept in memory: the names of sheets, the styles of cells."""

_MOST_RATIO: Final = 200
_TRUSTED_BYTES: Final = 256 * 1024**2
"""An archive that unpacks to more than this must not be packed more tightly than tables are."""

_MOST_DIRECTORY_BYTES: Final = 16 * 1024**2
_MOST_TOKEN_BYTES: Final = 4 * 1024**2
_MOST_DEPTH: Final = 200
_MOST_NAMES: Final = 10_000
_READ_AT_ONCE: Final = 65_536

_END: Final = struct.Struct("<4s4H2LH")
_END_64: Final = struct.Struct("<4sQ2H2L4Q")
_UNSAID: Final = 0xFFFF_FFFF


_Start = Callable[[str, dict[str, str]], None]
_End = Callable[[str], None]


def archive_of(file: BinaryIO, size_bytes: int) -> zipfile.ZipFile:
    """Return the archive that a file is, once its list of contents promises no harm.

    Raises TableRefused: `damaged`, `unsafe`, or `too_large` with the limit.
    """
    # zipfile reads the whole list of contents into memory.
    if _directory_bytes(file, size_bytes) > _MOST_DIRECTORY_BYTES:
        raise TableRefused("unsafe")
    file.seek(0, os.SEEK_SET)
    archive = zipfile.ZipFile(file)
    unpacked = sum(part.file_size for part in archive.infolist())
    if unpacked > _TRUSTED_BYTES and unpacked > _MOST_RATIO * size_bytes:
        raise TableRefused("unsafe")
    if unpacked > MOST_UNPACKED_BYTES:
        raise TableRefused("too_large", limit=MOST_UNPACKED_BYTES)
    return archive


def _directory_bytes(file: BinaryIO, size_bytes: int) -> int:
    """Return how long the list of contents is (APPNOTE.TXT, sections 4.3.14 and 4.3.16)."""
    file.seek(max(0, size_bytes - 65_536 - _END.size - _END_64.size), os.SEEK_SET)
    tail = file.read()
    place = tail.rfind(b"PK\x05\x06")
    if not 0 <= place <= len(tail) - _END.size:
        raise TableRefused("damaged")
    length: int = _END.unpack_from(tail, place)[5]
    place_64 = tail.rfind(b"PK\x06\x06")
    if length == _UNSAID and 0 <= place_64 <= len(tail) - _END_64.size:
        length = _END_64.unpack_from(tail, place_64)[8]
    return length


class Elements(Protocol):
    """Takes the elements of a part as they come, by their names without a prefix's meaning."""

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """Take the beginning of an element."""

    def end(self, name: str) -> None:
        """Take the end of an element."""

    def text(self, text: str) -> None:
        """Take some of the text between two tags."""


def read_part(
    archive: zipfile.ZipFile, name: str, elements: Elements
) -> Generator[None, None, None]:
    """Give the part `name` to `elements`, some more of it for each step of the iteration.

    Raises TableRefused (`unsafe`) for XML that defines entities, is nested without end, or has
    names or tags without end; KeyError when there is no such part, ExpatError when it is no XML.
    """
    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartDoctypeDeclHandler = _refuse
    parser.StartElementHandler, parser.EndElementHandler = _guarded(elements)
    parser.CharacterDataHandler = elements.text
    fed = 0
    with archive.open(name) as part:
        while data := part.read(_READ_AT_ONCE):
            parser.Parse(data)
            fed += len(data)
            is_endless = fed - parser.CurrentByteIndex > _MOST_TOKEN_BYTES
            if is_endless or len(parser.intern) > _MOST_NAMES:
                raise TableRefused("unsafe")
            yield
        parser.Parse(b"", True)  # noqa: FBT003  # it takes no names
    yield


def read_small_part(archive: zipfile.ZipFile, name: str, elements: Elements) -> None:
    """Give a whole part to `elements`. Raises what `read_part` does, and `too_large`."""
    if archive.getinfo(name).file_size > MOST_SMALL_PART_BYTES:
        raise TableRefused("too_large", limit=MOST_SMALL_PART_BYTES)
    for _step in read_part(archive, name, elements):
        pass


def _guarded(elements: Elements) -> tuple[_Start, _End]:
    """Return what takes the tags of a part, counts how deep they are, and leaves out prefixes.

    They are called for each of many millions of tags, hence functions rather than an object.
    """
    names = _PlainNames()
    depth = 0
    start, end = elements.start, elements.end

    def started(name: str, attributes: dict[str, str]) -> None:
        nonlocal depth
        depth += 1
        if depth > _MOST_DEPTH:
            raise TableRefused("unsafe")
        start(names[name], attributes)

    def ended(name: str) -> None:
        nonlocal depth
        depth -= 1
        end(names[name])

    return started, ended


class _PlainNames(dict[str, str]):
    """The names of elements without the prefixes that a part happens to use."""

    def __missing__(self, name: str) -> str:
        plain = self[name] = name.rpartition(":")[2]
        return plain


def _refuse(*_declared: object) -> NoReturn:
    raise TableRefused("unsafe")
