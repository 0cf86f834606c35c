"""A Compare page on a real workspace and a demo host, with what tests ask of it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import shiboken6
from PySide6.QtWidgets import QLabel, QPushButton

from novita_desktop.ui.pages.compare import ComparePage
from novita_desktop.ui.pages.compare.compare_column import CompareColumn
from tests.ui.page_stage import PageStage, Tools, page_stage

MODELS = (
    "meta-llama/llama-3.1-8b-instruct",
    "deepseek/deepseek-v3.2",
    "qwen/qwen3-235b-a22b-instruct-2507",
    "zai-org/glm-4.6",
)


@dataclass
class CompareStage:
    """An open page and the means behind it."""

    tools: Tools
    stage: PageStage
    page: ComparePage

    def until(self, fact, timeout=10_000):
        self.tools.qtbot.waitUntil(lambda: bool(fact()), timeout=timeout)

    @property
    def columns(self) -> list[CompareColumn]:
        """The columns from left to right."""
        return list(self.page.board)

    def fill(self, *models: str, message: str = "Hello there") -> None:
        """Have columns for `models`, and a message."""
        self.page._columns._set(())
        for model in models:
            self.page.use_model(model)
        self.page.form.message.set_value(message)

    def run_to_end(self) -> None:
        """Press Run all and wait until every column is over."""
        before = self.page._view.comparison
        self.page.button.run.click()
        self.until(lambda: self.page._view.comparison is not before)
        self.until_over()

    def until_over(self) -> None:
        self.until(lambda: not self.page.board.is_live and not self.page._runs.is_starting)
        self.until(lambda: all(c.facts for c in self.columns if c.run_id is not None))
        self.until(lambda: all(c.answer.view.is_settled for c in self.columns))

    def label(self, name: str) -> str:
        return self.page.findChild(QLabel, name).text()

    def status(self, column: CompareColumn) -> str:
        return column.findChild(QLabel, "columnStatus").text()

    def answer(self, column: CompareColumn) -> str:
        return column.answer.view.plain_text()

    def press(self, place, name: str) -> None:
        """Press the button with this accessible name in a column or the page."""
        found = [
            b
            for b in place.findChildren(QPushButton)
            if (b.accessibleName() or b.text()) == name and not b.isHidden()
        ]
        assert found, name
        found[0].click()

    def judged(self) -> bool:
        shown = self.page._view.round
        return shown is not None and shown.judgement is not None


@contextmanager
def compare_stage(tools: Tools, folder: Path, **options) -> Iterator[CompareStage]:
    """Show the page, and let it go in order."""
    with page_stage(tools, folder, **options) as stage:
        page = ComparePage(stage.context)
        page.resize(1400, 800)
        page.show()
        tools.qtbot.waitUntil(lambda: page._is_restored, timeout=10_000)
        try:
            yield CompareStage(tools, stage, page)
        finally:
            tools.wait(page.leave(), timeout=20_000)
            tools.wait(stage.context.tasks.close(), timeout=20_000)
            shiboken6.delete(page)
