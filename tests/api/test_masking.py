"""The key goes out to the host, and never comes back into what is kept."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from novita_desktop.api.masking import MASK, Masking, StreamMasking
from novita_desktop.domain.errors import HostReply, HostTrouble
from novita_desktop.domain.stream import ReasoningDelta, StreamFinished, StreamOpened, TextDelta

SECRET = "sk_secret_key"


def test_a_repeated_key_is_taken_out():
    reply = HostReply(message=f"a {SECRET} b", body=SECRET, headers=(("x", SECRET),))
    error = Masking(SECRET).without_secrets(HostTrouble(reply=reply))
    assert "secret" not in repr(error.reply) + str(error)


def test_an_error_leads_to_no_other():
    error = HostTrouble()
    error.__cause__ = error.__context__ = ValueError(SECRET)
    clean = Masking(SECRET).without_secrets(error)
    assert (clean.__cause__, clean.__context__) == (None, None)


@pytest.mark.parametrize(
    "event",
    [
        TextDelta(f"so {SECRET}"),
        ReasoningDelta(SECRET),
        StreamOpened(200, (("x-echo", f"Bearer {SECRET}"),)),
        StreamFinished("stop", None, {"id": SECRET, "choices": [{"message": {"content": "x"}}]}),
    ],
)
def test_no_event_repeats_the_key(event):
    masked = Masking(SECRET).event(event)
    assert SECRET not in repr(masked)
    assert MASK in repr(masked)
    assert type(masked) is type(event)


def test_what_does_not_hold_the_key_stays_as_it_is():
    masking = Masking(SECRET)
    for event in (TextDelta("x"), StreamFinished("stop", None, {"id": "1"})):
        assert masking.event(event) is event


def test_nothing_to_take_out():
    assert Masking(None).text("as it is") == "as it is"
    assert Masking("ab").text("about") == "about"


def test_several_secrets():
    assert Masking("sk_secret_key", "proxy-password").text("sk_secret_key proxy-password") == (
        f"{MASK} {MASK}"
    )


def said(pieces, kind=TextDelta):
    masking = StreamMasking(Masking(SECRET))
    events = [one for piece in pieces for one in masking.events(kind(piece))]
    events += masking.rest()
    return "".join(event.text for event in events)


@given(st.data())
def test_a_key_in_pieces_is_taken_out(data):
    words = data.draw(st.lists(st.sampled_from([SECRET, "s", "sk_", "sk_sec", " ", "tides"])))
    whole = "".join(words)
    cuts = sorted(data.draw(st.lists(st.integers(0, len(whole)))))
    pieces = [whole[a:b] for a, b in zip([0, *cuts], [*cuts, len(whole)], strict=True)]
    assert said(pieces) == whole.replace(SECRET, MASK)


def test_ordinary_words_are_not_late():
    masking = StreamMasking(Masking(SECRET))
    for word in ("tides", "sk_", " as", "sk"):
        assert [event.text for event in masking.events(TextDelta(word))] == [word]


def test_what_waits_comes_before_other_events():
    masking = StreamMasking(Masking(SECRET))
    assert [e.text for e in masking.events(TextDelta("a sk_sec"))] == ["a sk_"]
    finished = StreamFinished("stop", None, {})
    assert list(masking.events(finished)) == [TextDelta("sec"), finished]
    assert list(masking.rest()) == []
