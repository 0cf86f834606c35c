"""No key reaches a log, however it gets there."""

from __future__ import annotations

import io
import logging
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from novita_desktop.services.key_filter import MASK, KeyFilter

KEY = "sk_live_ABCdef123-456"
ODD_KEY = "a key/with+odd=signs"


@pytest.fixture
def log() -> Iterator[tuple[logging.Logger, io.StringIO]]:
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    key_filter = KeyFilter()
    key_filter.hide(ODD_KEY)
    handler.addFilter(key_filter)
    logger = logging.getLogger("tests.key_filter")
    logger.addHandler(handler)
    yield logger, stream
    logger.removeHandler(handler)
    handler.close()


@pytest.mark.parametrize(
    "message",
    [
        f"key={KEY}",
        f"Authorization: Bearer {KEY}",
        "Authorization: Bearer not_a_known_form",
        "{'authorization': 'Bearer not_a_known_form'}",
        "(b'Authorization', b'Bearer not_a_known_form')",
        "Proxy-Authorization: Basic not_a_known_form==",
        f"refused {ODD_KEY}!",
    ],
)
def test_a_message_is_masked(log: tuple[logging.Logger, io.StringIO], message: str) -> None:
    logger, stream = log
    logger.warning(message)
    logger.warning("%s", message)
    logger.warning("%r of %d", message, 3)
    written = stream.getvalue()
    assert MASK in written
    for secret in (KEY, ODD_KEY, "not_a_known_form"):
        assert secret not in written


def test_a_traceback_is_masked(log: tuple[logging.Logger, io.StringIO]) -> None:
    logger, stream = log
    try:
        raise ValueError(f"Illegal header value b'Bearer {KEY}'")  # noqa: TRY301  # for its traceback
    except ValueError:
        logger.exception("it failed for %s", ODD_KEY)
    assert "Traceback" in stream.getvalue()
    assert KEY not in stream.getvalue()
    assert ODD_KEY not in stream.getvalue()


def test_a_record_with_wrong_arguments_is_written_all_the_same(
    log: tuple[logging.Logger, io.StringIO],
) -> None:
    logger, stream = log
    logger.warning("%d %d", KEY)  # noqa: PLE1206  # the mistake under test
    assert "%d %d" in stream.getvalue()
    assert KEY not in stream.getvalue()


def test_ordinary_words_stay(log: tuple[logging.Logger, io.StringIO]) -> None:
    logger, stream = log
    logger.warning("the run 12 of deepseek/deepseek-v3.2 ended after 3 s")
    assert stream.getvalue() == "the run 12 of deepseek/deepseek-v3.2 ended after 3 s\n"


@given(st.text(min_size=8), st.text(), st.text())
def test_a_hidden_key_never_stays(key: str, before: str, after: str) -> None:
    key_filter = KeyFilter()
    key_filter.hide(key)
    text = key_filter.masked(f"{before}{key}{after}")
    assert key not in text or key in MASK * len(text)
