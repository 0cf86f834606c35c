"""Chunks become one answer, whatever the host leaves out or adds."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from novita_desktop.api import answer_assembly
from novita_desktop.api.answer_assembly import AnswerAssembly, ErrorObject, Unreadable

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=8,
)
ODD_CHUNK = st.fixed_dictionaries(
    {},
    optional={
        "choices": st.lists(
            st.fixed_dictionaries(
                {}, optional={"delta": JSON, "index": JSON, "finish_reason": JSON}
            )
        )
        | JSON,
        "usage": JSON,
        "error": JSON,
        "message": JSON,
        "reason": JSON,
    },
)


def take(*chunks):
    assembly = AnswerAssembly()
    words = [assembly.take(json.dumps(chunk).encode())[1] for chunk in chunks]
    return assembly, "".join(words)


def text_chunk(text):
    return {"id": "1", "choices": [{"index": 0, "delta": {"content": text}}]}


@given(st.lists(st.text()))
def test_all_words_arrive_once_and_in_order(texts):
    assembly, words = take(*[text_chunk(text) for text in texts])
    assert words == "".join(texts).encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    assert assembly.finished().raw["choices"][0]["message"]["content"] == words


@given(st.lists(ODD_CHUNK))
def test_any_chunk_is_read_or_refused_in_one_of_two_ways(chunks):
    assembly = AnswerAssembly()
    for chunk in chunks:
        try:
            assembly.take(json.dumps(chunk).encode())
        except (Unreadable, ErrorObject):
            return
    assembly.finished()


def test_half_a_surrogate_pair_becomes_a_replacement_sign():
    assembly = AnswerAssembly()
    data = b'{"choices":[{"delta":{"content":"a\\ud83d"}}]}'
    assert assembly.take(data) == ("", "a\ufffd")


def test_a_second_choice_is_not_mixed_in():
    chunk = {"choices": [{"index": 1, "delta": {"content": "no"}}, {"delta": {"content": "yes"}}]}
    assert take(text_chunk(""), chunk)[1] == "yes"


def test_one_empty_choice_beside_the_usage():
    usage = {"prompt_tokens": 1, "completion_tokens": 2}
    assembly, _ = take(text_chunk("x"), {"choices": [{}], "usage": usage})
    assert assembly.finished().usage.total == 3


def test_two_objects_without_a_blank_line_between():
    assembly = AnswerAssembly()
    data = b"\n".join(json.dumps(text_chunk(t)).encode() for t in ("a", "b"))
    assert assembly.take(data) == ("", "ab")


@pytest.mark.parametrize(
    "payload",
    [{"error": {"message": "x"}}, {"error": "x"}, {"code": 5, "reason": "R", "message": "m"}],
)
def test_an_error_object_is_told_apart(payload):
    with pytest.raises(ErrorObject):
        take(text_chunk("x"), payload)


def test_what_only_the_raw_answer_shows_is_kept():
    def detail(text):
        return {"choices": [{"delta": {"reasoning_details": [{"text": text}]}}]}

    def logs(token):
        return {"choices": [{"delta": {"content": token}, "logprobs": {"content": [token]}}]}

    assembly, words = take(text_chunk(""), detail("a"), detail("b"), logs("x"), logs("y"))
    choice = assembly.finished().raw["choices"][0]
    assert choice["message"]["reasoning_details"] == [{"text": "a"}, {"text": "b"}]
    assert choice["logprobs"] == {"content": ["x", "y"]}
    assert words == "xy"


def test_a_whole_message_keeps_its_fields():
    message = {"role": "assistant", "content": "Hi", "name": "MiniMax", "audio": {"id": "1"}}
    assembly, _ = take({"id": "1", "choices": [{"message": message, "finish_reason": "stop"}]})
    assert assembly.finished().raw["choices"][0]["message"] == message


def test_an_endless_answer_is_refused(monkeypatch):
    monkeypatch.setattr(answer_assembly, "MAX_ANSWER_BYTES", 1000)
    with pytest.raises(Unreadable):
        take(*[text_chunk("x" * 100)] * 12)
