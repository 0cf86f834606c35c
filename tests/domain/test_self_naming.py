"""Names of models are covered on screen, however the text was cut when it arrived."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from novita_desktop.domain.self_naming import COVER, NameMask, names_of

IDS = (
    "deepseek/deepseek-v3.2",
    "meta-llama/llama-3.3-70b-instruct",
    "qwen/qwen3-235b-a22b-instruct-2507",
    "zai-org/glm-4.6",
    "openai/gpt-oss-120b",
    "moonshotai/kimi-k2-instruct",
)
NAMES = names_of(IDS)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("I am DeepSeek-V3.2, made in China.", f"I am {COVER}, made in China."),
        ("I am Llama 3.3 70B Instruct.", f"I am {COVER}."),
        ("As Qwen3, by Alibaba Cloud", f"As {COVER}, by {COVER} Cloud"),
        ("我是通义千问 Qwen。你好", f"我是{COVER} {COVER}。你好"),
        ("GLM-4.6 from Z.ai (Zhipu)", f"{COVER} from {COVER} ({COVER})"),
        ("I'm ChatGPT by OpenAI", f"I'm {COVER} by {COVER}"),
        ("Kimi, by Moonshot AI", f"{COVER}, by {COVER} AI"),
        ("Deep Seek wrote this", f"{COVER} wrote this"),
        ("Take the base of the instruction.", "Take the base of the instruction."),
        ("A meta-analysis of 12 chats", "A meta-analysis of 12 chats"),
    ],
)
def test_names_are_covered_and_other_words_are_not(text: str, shown: str) -> None:
    assert NameMask(NAMES).covered(text) == shown


TEXT = " ".join(
    (
        "I am DeepSeek V3.2 and not Llama 3.3 70B Instruct, nor Qwen3-235B; ask GLM-4.6 or gpt-oss-120b.",
        "Häuser am See. " * 3,
        "Deep Seek says: 你好。我是Qwen。" * 2,
    )
)


@given(st.lists(st.integers(0, len(TEXT)), max_size=30))
def test_however_it_is_cut_the_whole_is_covered_alike(cuts: list[int]) -> None:
    places = [0, *sorted(cuts), len(TEXT)]
    pieces = [TEXT[a:b] for a, b in pairwise(places)]
    mask = NameMask(NAMES)
    shown = [mask.feed(piece) for piece in pieces]
    for so_far in range(len(shown) + 1):
        text = "".join(shown[:so_far]).lower()
        assert not any(name in text for name in ("seek", "llama", "qwen", "glm", "gpt"))
    assert "".join(shown) + mask.finish() == mask.covered(TEXT)


def test_without_names_everything_passes_at_once() -> None:
    mask = NameMask()
    assert mask.feed("I am Qwen") == "I am Qwen"
    assert mask.finish() == ""


def test_a_text_without_any_place_to_cut_is_held_back() -> None:
    mask = NameMask(["qwen"])
    assert mask.feed("x" * 500) == ""
    assert mask.finish() == "x" * 500
