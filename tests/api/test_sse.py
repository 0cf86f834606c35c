"""The decoder: what a stream says does not depend on where it is cut."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from novita_desktop.api import sse
from novita_desktop.api.sse import EventTooLarge, SseDecoder

TEXT = st.text(
    st.characters(exclude_characters="\r\n", exclude_categories=["Cs"]), min_size=1
).filter(lambda text: text.encode().strip())


def decoded(*chunks: bytes) -> list[bytes]:
    decoder = SseDecoder()
    return [data for chunk in chunks for data in decoder.feed(chunk)] + decoder.finish()


@given(st.lists(TEXT), st.data(), st.sampled_from(["\n", "\r\n", "\r"]), st.sampled_from(["", " "]))
def test_events_do_not_depend_on_where_chunks_are_cut(messages, data, newline, space):
    sent = [m.removeprefix(" ") or "x" for m in messages]
    raw = "".join(f"data:{space}{m}{newline}{newline}" for m in sent).encode()
    cuts = sorted(data.draw(st.lists(st.integers(0, len(raw)))))
    chunks = [raw[a:b] for a, b in zip([0, *cuts], [*cuts, len(raw)], strict=True)]
    assert decoded(*chunks) == [m.encode() for m in sent]


@given(st.binary(), st.lists(st.integers(0, 400)))
def test_any_bytes_decode_alike_however_they_are_cut(raw, cuts):
    places = sorted(min(cut, len(raw)) for cut in cuts)
    chunks = [raw[a:b] for a, b in zip([0, *places], [*places, len(raw)], strict=True)]
    assert decoded(*chunks) == decoded(raw)


def test_comments_and_other_fields_are_passed_over():
    assert decoded(b": ping\n\nevent: x\nid: 3\ndata: a\n\n:\n\ndata: b\n\n") == [b"a", b"b"]


def test_several_data_lines_are_one_event():
    assert decoded(b"data: a\ndata: b\n\n") == [b"a\nb"]


def test_only_one_space_is_taken_off():
    assert decoded(b"data:  a\n\n") == [b" a"]


def test_the_last_event_counts_without_its_blank_line():
    assert decoded(b"data: [DONE]") == [b"[DONE]"]


def test_a_return_at_the_end_of_a_chunk_is_not_two_line_ends():
    assert decoded(b"data: a\r", b"\ndata: b\r\n\r\n") == [b"a\nb"]


def test_an_endless_event_is_refused(monkeypatch):
    monkeypatch.setattr(sse, "MAX_EVENT_BYTES", 1000)
    with pytest.raises(EventTooLarge):
        decoded(b"data: ", *[b"x" * 100] * 11)


def test_endless_data_lines_are_refused(monkeypatch):
    monkeypatch.setattr(sse, "MAX_EVENT_BYTES", 1000)
    with pytest.raises(EventTooLarge):
        decoded(*[b"data: " + b"x" * 100 + b"\n"] * 11)


def test_an_event_without_data_is_none():
    assert decoded(b"data:\n\n", b"data\n\n", b"data: \ndata:\n\n", b"data: a\n\n") == [b"a"]


def test_endless_empty_lines_are_refused(monkeypatch):
    monkeypatch.setattr(sse, "MAX_EVENT_BYTES", 1000)
    with pytest.raises(EventTooLarge):
        decoded(b"data:\n" * 1001)
