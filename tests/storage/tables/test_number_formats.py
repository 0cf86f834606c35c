"""Numbers that are dates and times to a person."""

from __future__ import annotations

import pytest

from novita_desktop.storage.tables.number_formats import NumberKind, kind_of_format, shown_as


@pytest.mark.parametrize(
    ("code", "kind"),
    [
        ("General", NumberKind.NUMBER),
        ("0.00", NumberKind.NUMBER),
        ("#,##0.00 [$\u20ac-407];[Red]-#,##0.00 [$\u20ac-407]", NumberKind.NUMBER),
        ('0 "days"', NumberKind.NUMBER),
        ("0.00E+00", NumberKind.NUMBER),
        ("0\\d", NumberKind.NUMBER),
        ("[Yellow]0", NumberKind.NUMBER),
        ("@", NumberKind.NUMBER),
        ("yyyy-mm-dd", NumberKind.DATE),
        ("[$-F800]dddd\\,\\ mmmm\\ dd\\,\\ yyyy", NumberKind.DATE),
        ("mmm", NumberKind.DATE),
        ("DD.MM.YY;@", NumberKind.DATE),
        ("h:mm AM/PM", NumberKind.TIME),
        ("mm:ss.0", NumberKind.TIME),
        ("m/d/yy h:mm", NumberKind.DATE_AND_TIME),
        ("[h]:mm:ss", NumberKind.DURATION),
        ("[mm]:ss", NumberKind.DURATION),
    ],
)
def test_a_format_tells_what_a_number_is(code: str, kind: NumberKind) -> None:
    assert kind_of_format(200, code) is kind


def test_formats_without_a_code_are_known_by_number() -> None:
    kinds = [kind_of_format(number, None) for number in (0, 14, 20, 22, 46, 49, 9_999)]
    assert kinds == [
        NumberKind.NUMBER, NumberKind.DATE, NumberKind.TIME, NumberKind.DATE_AND_TIME,
        NumberKind.DURATION, NumberKind.NUMBER, NumberKind.NUMBER,
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("written", "kind", "shown"),
    [
        ("45000", NumberKind.DATE, "2023-03-15"),
        ("45000.0", NumberKind.DATE, "2023-03-15"),
        ("45000.5", NumberKind.DATE, "2023-03-15T12:00:00"),
        ("45000", NumberKind.DATE_AND_TIME, "2023-03-15T00:00:00"),
        ("45000.999988", NumberKind.DATE_AND_TIME, "2023-03-15T23:59:59"),
        ("0.25", NumberKind.TIME, "06:00:00"),
        ("45000.25", NumberKind.TIME, "2023-03-15T06:00:00"),
        ("1", NumberKind.DATE, "1900-01-01"),
        ("59", NumberKind.DATE, "1900-02-28"),
        ("61", NumberKind.DATE, "1900-03-01"),
        ("1.5", NumberKind.DURATION, "36:00:00"),
        ("-0.5", NumberKind.DURATION, "-12:00:00"),
        ("-1", NumberKind.DATE, "-1"),
        ("1e99", NumberKind.DATE, "1E+99"),
        ("nan", NumberKind.DATE, "nan"),
        ("1e999", NumberKind.DURATION, "1e999"),
        ("text", NumberKind.DATE, "text"),
        ("5.0", NumberKind.NUMBER, "5"),
    ],
)
def test_dates_are_shown_as_in_iso_8601(written: str, kind: NumberKind, shown: str) -> None:
    assert shown_as(written, kind, counts_from_1904=False) == shown


def test_days_may_be_counted_from_1904() -> None:
    assert shown_as("0", NumberKind.DATE, counts_from_1904=True) == "1904-01-01"
    assert shown_as("2958465", NumberKind.DATE, counts_from_1904=True) == "2958465"
