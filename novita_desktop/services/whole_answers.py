"""An answer with all that it continues: what a person reads as one text."""

from __future__ import annotations

from novita_desktop.domain.runs import RunSummary
from novita_desktop.services.runs import RunService


async def text_before(runs: RunService, summary: RunSummary) -> str:
    """Return the text of the runs that this one continues, in order. Raises StorageError."""
    texts: list[str] = []
    seen = {summary.id}
    origin = summary.continues
    while origin is not None and origin not in seen:
        seen.add(origin)
        detail = await runs.detail(origin)
        texts.append(detail.text)
        origin = detail.summary.continues
    return "".join(reversed(texts))
