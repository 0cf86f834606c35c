"""Archives and XML that mean harm are refused before they do any."""

from __future__ import annotations

import io
import struct
import zipfile
from collections.abc import Iterable

import pytest

from novita_desktop.domain.table_refusal import TableRefused
from novita_desktop.storage.tables import zipped_xml
from novita_desktop.storage.tables.zipped_xml import archive_of, read_part, read_small_part


class Seen:
    def __init__(self) -> None:
        self.what: list[str] = []

    def start(self, name: str, attributes: dict[str, str]) -> None:
        self.what.append(f"<{name}{attributes or ''}>")

    def end(self, name: str) -> None:
        self.what.append(f"</{name}>")

    def text(self, text: str) -> None:
        self.what.append(text)


def packed(parts: dict[str, bytes]) -> io.BytesIO:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return file


def opened(file: io.BytesIO) -> zipfile.ZipFile:
    return archive_of(file, len(file.getvalue()))


def problem_of(xml: bytes) -> str:
    with pytest.raises(TableRefused) as caught:
        read_all(xml)
    return caught.value.problem


def read_all(xml: bytes) -> list[str]:
    seen = Seen()
    for _step in read_part(opened(packed({"a.xml": xml})), "a.xml", seen):
        pass
    return seen.what


def test_elements_come_without_prefixes() -> None:
    xml = b'<x:a xmlns:x="urn:x"><x:b k="1">t&amp;u</x:b></x:a>'
    assert read_all(xml) == ["<a{'xmlns:x': 'urn:x'}>", "<b{'k': '1'}>", "t&u", "</b>", "</a>"]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_xml_that_declares_anything_is_refused(encoding: str) -> None:
    for declared in (
        '<!DOCTYPE a [<!ENTITY b "bbb"><!ENTITY c "&b;&b;&b;">]><a>&c;</a>',
        '<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><a>&b;</a>',
        '<!DOCTYPE a SYSTEM "http://127.0.0.1/a.dtd"><a/>',
    ):
        assert problem_of(declared.encode(encoding)) == "unsafe"


def test_xml_without_end_is_refused_in_little_memory() -> None:
    assert problem_of(b"<a>" * 500) == "unsafe"
    assert problem_of(b'<a b="' + b"x" * (5 * 1024 * 1024)) == "unsafe"
    many = b"".join(b"<a%d/>" % number for number in range(50_000))
    assert problem_of(b"<a>" + many + b"</a>") == "unsafe"


def test_a_long_text_is_given_on_in_pieces() -> None:
    long = b"x" * (20 * 1024 * 1024)
    pieces = read_all(b"<a>" + long + b"</a>")
    assert sum(map(len, pieces)) == len(long) + 7
    assert max(map(len, pieces)) < 1024 * 1024


def zeros(megabytes: int) -> Iterable[bytes]:
    return (bytes(1024 * 1024) for _each in range(megabytes))


def test_an_archive_that_unpacks_to_far_more_than_a_table_would_is_refused() -> None:
    file = io.BytesIO()
    archive = zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, compresslevel=1)
    with archive, archive.open("a", "w") as part:
        for piece in zeros(300):
            part.write(piece)
    with pytest.raises(TableRefused, match="unsafe"):
        opened(file)


def lying(data: bytes, what: int) -> io.BytesIO:
    """Return an archive whose list of contents says that its part unpacks to `what` bytes."""
    changed = bytearray(data)
    place = changed.rfind(b"PK\x01\x02")
    changed[place + 24 : place + 28] = struct.pack("<L", what)
    return io.BytesIO(bytes(changed))


def test_more_than_the_limit_is_refused_by_what_the_archive_says(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(zipped_xml, "MOST_UNPACKED_BYTES", 1_000)
    data = packed({"a": b"x" * 10}).getvalue()
    with pytest.raises(TableRefused) as caught:
        opened(lying(data, 1_001))
    assert (caught.value.problem, caught.value.limit) == ("too_large", 1_000)
    assert opened(lying(data, 1_000)).namelist() == ["a"]


def test_no_more_is_unpacked_than_the_archive_says() -> None:
    archive = opened(lying(packed({"a.xml": b"<a>" + b"x" * 100_000 + b"</a>"}).getvalue(), 1_000))
    seen = Seen()
    with pytest.raises(zipfile.BadZipFile):
        list(read_part(archive, "a.xml", seen))
    assert sum(map(len, seen.what)) <= 1_000


def test_a_list_of_contents_that_fills_memory_is_refused() -> None:
    data = bytearray(packed({"a": b"x"}).getvalue())
    place = data.rfind(b"PK\x05\x06")
    data[place + 12 : place + 16] = struct.pack("<L", 17 * 1024 * 1024)
    with pytest.raises(TableRefused, match="unsafe"):
        opened(io.BytesIO(bytes(data)))


def test_what_is_no_archive_is_damaged() -> None:
    for data in (b"", b"PK\x03\x04" + bytes(500), b"PK\x05\x06"):
        with pytest.raises(TableRefused, match="damaged"):
            opened(io.BytesIO(data))


def test_parts_that_are_kept_are_small(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(zipped_xml, "MOST_SMALL_PART_BYTES", 10)
    archive = opened(packed({"a.xml": b"<a></a>", "b.xml": b"<b>xxxxx</b>"}))
    seen = Seen()
    read_small_part(archive, "a.xml", seen)
    assert seen.what == ["<a>", "</a>"]
    with pytest.raises(TableRefused, match="too_large"):
        read_small_part(archive, "b.xml", seen)
