"""Events of a stream, byte by byte."""

import json

from novita_desktop.demo.chunks import ChunkBuilder, EventWriter
from novita_desktop.demo.completion import Completion
from novita_desktop.demo.scenarios import PLAIN, parse_scenario

COMPLETION = Completion("f" * 32, 1_700_000_000, "a/b", ["Hm"], ["Hi", "!"], (), "stop", 3, 0)


def test_a_plain_event_is_one_line_and_a_blank_one() -> None:
    assert EventWriter(PLAIN).event(b"[DONE]") == b"data: [DONE]\n\n"


def test_an_event_with_everything_odd() -> None:
    writer = EventWriter(parse_scenario("odd-lines"))
    assert writer.event(b"{}") == (
        b": keep-alive 1\r\n:\r\nevent: message\r\nid: 1\r\nretry: 3000\r\ndata:{}\r\n\r\n"
    )


def test_chunks_carry_one_token_each_between_role_and_end() -> None:
    chunks = list(ChunkBuilder(COMPLETION, PLAIN, 274).chunks())
    assert [chunk.tokens for chunk in chunks] == [0, 1, 1, 1, 0]
    decoded = [json.loads(chunk.data) for chunk in chunks]
    assert [one["choices"][0]["delta"] for one in decoded] == [
        {"role": "assistant"},
        {"reasoning_content": "Hm"},
        {"content": "Hi"},
        {"content": "!"},
        {},
    ]
    assert decoded[0]["sla_metrics"]["ttft_ms"] == 274
    assert decoded[0]["sla_metrics"]["ts_us"] > 1_700_000_000_000_000


def test_the_usage_chunk_has_no_choices() -> None:
    usage = json.loads(ChunkBuilder(COMPLETION, PLAIN, 0).usage().data)
    assert usage["choices"] == []
    assert usage["usage"] == {
        "prompt_tokens": 3,
        "completion_tokens": 3,
        "total_tokens": 6,
        "prompt_tokens_details": None,
        "completion_tokens_details": {"reasoning_tokens": 1},
    }
