"""The application's style sheet: its template with colours, sizes and small drawings filled in.

In the template, `@meaning` is a colour, `@type_NAME` a size of type, `@mono` the fixed-width
font, `@icon(NAME, meaning)` an icon in a colour, and every `NNpx` a size at 100 %; lines of 1
and 2 px are not scaled.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from itertools import count

from novita_desktop.ui import metrics
from novita_desktop.ui.icon_shapes import recoloured
from novita_desktop.ui.memory_files import MemoryFiles
from novita_desktop.ui.resources import resource_path

_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_ICON = re.compile(r"@icon\(([a-z0-9-]+), (\w+)\)")
_LENGTH = re.compile(r"\b(\d+)px")
_NAME = re.compile(r"@(\w+)")
_folder_numbers = count(1)


class StyleSheet:
    """Makes the style sheet's text, and keeps the drawings it refers to."""

    def __init__(self) -> None:
        self._drawings: dict[tuple[str, str], MemoryFiles] = {}

    def text(self, colors: Mapping[str, str], base_points: float) -> str:
        """Return the sheet for `colors`, by meaning, and text of `base_points`.

        Raises KeyError when the template names a colour, size or icon that there is not.
        """
        scale = base_points / metrics.DEFAULT_POINTS
        values = {
            **colors,
            "type_base": f"{base_points:.2f}pt",
            "type_tiny": f"{base_points * metrics.TINY_SHARE:.2f}pt",
            "type_small": f"{base_points * metrics.SMALL_SHARE:.2f}pt",
            "type_title": f"{base_points * metrics.TITLE_SHARE:.2f}pt",
            "type_figure": f"{base_points * metrics.FIGURE_SHARE:.2f}pt",
            "mono": f'"{metrics.mono_font().family()}"',
        }

        def length(match: re.Match[str]) -> str:
            pixels = int(match[1])
            return f"{pixels if pixels <= metrics.LINE else max(3, round(pixels * scale))}px"

        def drawing(match: re.Match[str]) -> str:
            return f"url({self._path(match[1], colors[match[2]])})"

        sheet = _ICON.sub(drawing, _LENGTH.sub(length, _template()))
        return _NAME.sub(lambda match: values[match[1]], sheet)

    def _path(self, name: str, color: str) -> str:
        key = (name, color)
        if key not in self._drawings:
            folder = f"style-{next(_folder_numbers)}"
            self._drawings[key] = MemoryFiles(folder, recoloured(color, [name]))
        return self._drawings[key].path(f"{name}.svg")


@cache
def _template() -> str:
    text = resource_path("style.qss.template").read_text(encoding="utf-8")
    return _COMMENT.sub("", text)
