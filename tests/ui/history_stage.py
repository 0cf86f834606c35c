"""History pages on a stage."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

import shiboken6

from novita_desktop.ui.pages.history import HistoryPage
from tests.ui.page_stage import PageStage


@contextmanager
def history_pages(stage: PageStage) -> Iterator[Callable[[], HistoryPage]]:
    """Open pages, and delete them once nothing of theirs runs; qtbot would do it before."""
    pages: list[HistoryPage] = []

    def open_page() -> HistoryPage:
        page = HistoryPage(stage.context)
        pages.append(page)
        page.resize(1252, 840)
        page.show()
        stage.settle()
        return page

    yield open_page
    stage.settle()
    for page in pages:
        shiboken6.delete(page)
