"""The SVG sources of the icons, and how they get a colour."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache

from novita_desktop.ui.resources import resource_path


@cache
def shapes() -> dict[str, str]:
    """Return the SVG source of every icon by its name."""
    sources = {
        file.stem: file.read_text(encoding="utf-8")
        for file in sorted(resource_path("icons").glob("*.svg"))
    }
    # The program's own icon lies beside the shapes and has colours of its own.
    return {name: source for name, source in sources.items() if "currentColor" in source}


def recoloured(color: str, names: Iterable[str] | None = None) -> dict[str, bytes]:
    """Return SVG files by file name, drawn in `color`: those of `names`, or all."""
    chosen = shapes().keys() if names is None else names
    return {
        f"{name}.svg": shapes()[name].replace("currentColor", color).encode() for name in chosen
    }
