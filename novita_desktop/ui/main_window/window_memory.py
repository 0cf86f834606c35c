"""Where the window was, which page it showed, and the sizes of its parts, as one setting's text."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import field

from novita_desktop.domain.records import record


@record(frozen=True, slots=True)
class WindowMemory:
    """What is kept between sessions. `geometry` is Qt's own form in Base64."""

    geometry: str = ""
    page: str = ""
    views: Mapping[str, str] = field(default_factory=dict)


def to_text(memory: WindowMemory) -> str:
    """Return the setting's text."""
    return json.dumps(
        {"geometry": memory.geometry, "page": memory.page, "views": dict(memory.views)}
    )


def from_text(text: str) -> WindowMemory:
    """Return what `to_text` wrote; anything else stands for nothing kept."""
    try:
        saved = json.loads(text)
    except ValueError:
        return WindowMemory()
    if not isinstance(saved, dict):
        return WindowMemory()
    geometry, page, views = (saved.get(name) for name in ("geometry", "page", "views"))
    return WindowMemory(
        geometry if isinstance(geometry, str) else "",
        page if isinstance(page, str) else "",
        {name: state for name, state in views.items() if isinstance(state, str)}
        if isinstance(views, dict)
        else {},
    )
