"""How long a letter typed takes to filter 10,000 models: the `catalogue` row."""

from __future__ import annotations

import argparse
import os
import statistics
import time
from collections.abc import Sequence

from PySide6.QtWidgets import QApplication

from novita_desktop.domain.catalogue import Model, SortKey
from novita_desktop.domain.costs import PriceBand, Prices
from novita_desktop.ui.widgets.model_list import ModelList, PaletteFilter, SectionTitles

TYPED = ("d", "de", "dee", "deep", "deeps", "deepse", "deepsee", "deepseek", "x", "1", "12")


def _models(count: int) -> list[Model]:
    makers = ("deepseek", "qwen", "meta-llama", "moonshotai", "zai-org", "openai")
    return [
        Model(
            f"{makers[number % 6]}/model-{number}-instruct",
            f"Model {number} Instruct",
            created=number,
            context_size=8_192 * (1 + number % 16),
            prices=Prices((PriceBand(0, number % 900, number % 1700),)),
            features=frozenset({"reasoning"} if number % 3 else {"function-calling"}),
        )
        for number in range(count)
    ]


def _longest(count: int, repeats: int) -> tuple[float, float]:
    rows = ModelList(SectionTitles("starred", "recent", "others", "found"))
    rows.set_models(_models(count), ["deepseek/model-0-instruct"], [])
    times = []
    for _ in range(repeats):
        for words in TYPED:
            started = time.perf_counter()
            rows.set_filter(PaletteFilter(words, frozenset(), SortKey.NAME))
            times.append((time.perf_counter() - started) * 1000)
    return statistics.median(times), max(times)


def main(argv: Sequence[str]) -> None:
    """Print the median and the longest time per letter at a tenth of the size and the whole."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks catalogue", description=__doc__)
    parser.add_argument("--models", type=int, default=10_000)
    parser.add_argument("--smoke", action="store_true", help="a few seconds, for CI")
    options = parser.parse_args(argv)
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    app = QApplication.instance() or QApplication([])
    repeats = 1 if options.smoke else 10
    print(f"{'models':>10}{'median ms':>12}{'longest ms':>12}")
    for count in (options.models // 10, options.models):
        median, longest = _longest(count, repeats)
        print(f"{count:>10,}{median:>12.2f}{longest:>12.2f}")
    del app
