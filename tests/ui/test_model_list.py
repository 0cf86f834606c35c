"""Which rows the model palette shows, and how fast it filters."""

import time

import pytest

from novita_desktop.domain.catalogue import Model, SortKey
from novita_desktop.ui.widgets.model_list import (
    PAGE_ROWS,
    Heading,
    ModelList,
    ModelRow,
    PaletteFilter,
    SectionTitles,
    TypedRow,
)

TITLES = SectionTitles("Starred", "Recent", "All models", "Found")
MODELS = (
    Model("deepseek/deepseek-v3.2", "DeepSeek V3.2", context_size=164_000),
    Model("qwen/qwen3-vl", "Qwen3 VL", context_size=32_000, input_modalities=frozenset({"image"})),
    Model("zai-org/glm-4.6", "GLM 4.6", context_size=200_000),
)


@pytest.fixture
def listed(qapp, qtmodeltester):
    listed = ModelList(TITLES)
    listed.set_models(MODELS, ["zai-org/glm-4.6"], ["qwen/qwen3-vl"])
    qtmodeltester.check(listed)
    return listed


def shown(listed):
    names = []
    for position in range(listed.rowCount()):
        match listed.row_at(position):
            case Heading(text):
                names.append(f"[{text}]")
            case ModelRow(model):
                names.append(model.name)
            case TypedRow(model_id):
                names.append(f"use {model_id}")
    return names


def test_starred_and_recent_models_come_first_and_once(listed):
    assert shown(listed) == [
        "[Starred]", "GLM 4.6", "[Recent]", "Qwen3 VL", "[All models]", "DeepSeek V3.2",
    ]  # fmt: skip


def test_typing_keeps_what_matches_every_word_and_offers_the_typed_id(listed):
    listed.set_filter(PaletteFilter("deep v3"))
    assert shown(listed) == ["[Found]", "DeepSeek V3.2", "use deep v3"]


def test_an_exact_id_is_not_offered_twice(listed):
    listed.set_filter(PaletteFilter("qwen/qwen3-vl"))
    assert shown(listed) == ["[Recent]", "Qwen3 VL"]


def test_models_are_sorted_by_context(listed):
    listed.set_models(MODELS, [], [])
    listed.set_filter(PaletteFilter(sort=SortKey.CONTEXT))
    assert shown(listed) == ["[All models]", "GLM 4.6", "DeepSeek V3.2", "Qwen3 VL"]


def test_ten_thousand_models_are_filtered_within_a_frame(qapp):
    listed = ModelList(TITLES)
    listed.set_models([Model(f"maker/model-{n}", f"Model {n}") for n in range(10_000)], [], [])
    assert listed.rowCount() == PAGE_ROWS
    times = []
    for typed in ("m", "mo", "mod", "model", "model-9", "model-99", "model-999"):
        start = time.thread_time()
        listed.set_filter(PaletteFilter(typed))
        times.append(time.thread_time() - start)
    assert sorted(times)[len(times) // 2] < 0.016
    assert shown(listed)[1] == "Model 999"
