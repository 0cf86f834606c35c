"""The texts that cells share, as far as they are asked for."""

from __future__ import annotations

import tempfile
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from novita_desktop.domain.table_refusal import TableRefused
from novita_desktop.storage.tables import shared_texts
from novita_desktop.storage.tables.shared_texts import SharedTexts
from tests.storage.tables.spreadsheet_files import archive


@contextmanager
def texts_of(folder: Path, xml: str, part: str | None = "t.xml") -> Iterator[SharedTexts]:
    path = archive(folder / "a.zip", {"t.xml": f"<sst>{xml}</sst>"})
    with zipfile.ZipFile(path) as opened, SharedTexts(opened, part) as texts:
        yield texts


def test_texts_are_given_by_number(tmp_path: Path) -> None:
    xml = (
        "<si><t>plain &amp; simple</t></si><si/>"
        "<si><r><rPr/><t>in </t></r><r><t>pieces</t></r></si>"
        "<si><t>\u6771</t><rPh><t>higashi</t></rPh></si><si><t>a_x000D_b</t></si>"
    )
    with texts_of(tmp_path, xml) as texts:
        found = [texts.text(number) for number in (4, 0, 1, 2, 3, 0)]
    assert found == ["a\rb", "plain & simple", "", "in pieces", "\u6771", "plain & simple"]


def test_a_number_without_a_text_is_damage(tmp_path: Path) -> None:
    with texts_of(tmp_path, "<si><t>x</t></si>") as texts:
        for number in (1, -1, 10**12):
            with pytest.raises(TableRefused, match="damaged"):
                texts.text(number)
        assert texts.text(0) == "x"
    with texts_of(tmp_path, "", None) as texts, pytest.raises(TableRefused, match="damaged"):
        texts.text(0)


def test_many_texts_are_on_the_disk_and_gone_afterwards(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(shared_texts, "_IN_MEMORY_BYTES", 1_000)
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    xml = "".join(f"<si><t>text {number}</t></si>" for number in range(20_000))
    with texts_of(tmp_path, xml) as texts:
        assert texts.text(19_999) == "text 19999"
        # More than are remembered, so that most are read again.
        assert all(texts.text(number) == f"text {number}" for number in range(20_000))
        assert [texts.text(number) for number in (4_999, 0, 2_500)] == [
            "text 4999", "text 0", "text 2500",
        ]  # fmt: skip
    assert [path.name for path in tmp_path.iterdir()] == ["a.zip"]


def test_no_more_texts_are_read_than_are_asked_for(tmp_path: Path) -> None:
    xml = "".join(f"<si><t>text {number}</t></si>" for number in range(50_000)) + "<broken"
    with texts_of(tmp_path, xml) as texts:
        assert texts.text(5) == "text 5"


def test_more_texts_than_can_be_counted_are_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(shared_texts, "MOST_TEXTS", 2)
    with texts_of(tmp_path, "<si/>" * 3) as texts, pytest.raises(TableRefused, match="too_large"):
        texts.text(2)
