"""Control and bidirectional characters become visible; what texts need stays."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from novita_desktop.domain.visible_text import visible_text


@pytest.mark.parametrize("text", ["a\tb\nc", "👩‍👩‍👧", "سلام\u200f!", "é中文", "a\u0301"])
def test_what_texts_need_stays(text):
    assert visible_text(text) == text


@pytest.mark.parametrize(
    "hidden", ["\u202a", "\u202e", "\u2066", "\u2069", "\x85", "\ufdd0", "\ufffc"]
)
def test_what_hides_or_reorders_is_replaced(hidden):
    assert visible_text(f"a{hidden}b") == "a\ufffdb"


def test_control_characters_have_pictures():
    assert visible_text("\x00\x1b\r\x7f\u2029") == "␀␛␍␡␤"


@given(st.text(alphabet=st.characters()) | st.just("\ud83d"))
def test_every_result_can_be_encoded_and_is_as_long_as_before(text):
    shown = visible_text(text)
    shown.encode("utf-8")
    assert len(shown) == len(text)
    assert visible_text(shown) == shown
