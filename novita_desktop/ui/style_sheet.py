"""The application's style sheet: its template with colours, sizes and small drawings filled in.

In the template, `@meaning` is a colour, `@type_NAME` a size of type, `@mono` the fixed-width
font, `@icon(NAME, meaning)` an icon in a colour, and every `NNpx` a size at 100 %; lines of 1
and 2 px are not scaled. `@round(HEIGHT, BORDER)` is the radius that makes ends round: with a
larger one, Qt draws square corners.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from functools import cache
from itertools import count

from novita_desktop.ui import metrics
from novita_desktop.ui.icon_shapes import recoloured
from novita_desktop.ui.memory_files import MemoryFiles
from novita_desktop.ui.resources import resource_path

_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_ICON = re.compile(r"@icon\(([a-z0-9-]+), (\w+)\)")
_ROUND = re.compile(r"@round\((\d+), (\d+)\)")
_LENGTH = re.compile(r"\b(\d+)px")
_NAME = re.compile(r"@(\w+)")
_folder_numbers = count(1)

SLIDER_GROOVE, SLIDER_MARGIN = 4, 5
"""The slider's groove, and how far its knob stands out of it, as the template has them."""


class StyleSheet:
    """Makes the style sheet's text, and keeps the drawings it refers to."""

    def __init__(self) -> None:
        self._drawings: dict[tuple[str, str], MemoryFiles] = {}

    def text(self, colors: Mapping[str, str], base_points: float) -> str:
        """Return the sheet for `colors`, by meaning, and text of `base_points`.

        Raises KeyError when the template names a colour, size or icon that there is not.
        """

        def scaled(pixels: int) -> int:
            if pixels <= metrics.LINE:
                return pixels
            return max(metrics.LINE + 1, round(pixels * base_points / metrics.DEFAULT_POINTS))

        def half(match: re.Match[str]) -> str:
            return f"{scaled(int(match[1])) // 2 + int(match[2])}px"

        values = {**colors, **_sizes_of_type(base_points), **_slider_knob(scaled)}

        def drawing(match: re.Match[str]) -> str:
            return f"url({self._path(match[1], colors[match[2]])})"

        sheet = _LENGTH.sub(lambda match: f"{scaled(int(match[1]))}px", _template())
        sheet = _ICON.sub(drawing, _ROUND.sub(half, sheet))
        return _NAME.sub(lambda match: values[match[1]], sheet)

    def _path(self, name: str, color: str) -> str:
        key = (name, color)
        if key not in self._drawings:
            folder = f"style-{next(_folder_numbers)}"
            self._drawings[key] = MemoryFiles(folder, recoloured(color, [name]))
        return self._drawings[key].path(f"{name}.svg")


def _sizes_of_type(base_points: float) -> dict[str, str]:
    shares = {
        "type_base": 1.0,
        "type_tiny": metrics.TINY_SHARE,
        "type_small": metrics.SMALL_SHARE,
        "type_title": metrics.TITLE_SHARE,
        "type_figure": metrics.FIGURE_SHARE,
    }
    sizes = {name: f"{base_points * share:.2f}pt" for name, share in shares.items()}
    return {**sizes, "mono": f'"{metrics.mono_font().family()}"'}


def _slider_knob(scaled: Callable[[int], int]) -> dict[str, str]:
    """Return the width and radius of a round knob: its height is the groove's and two margins."""
    height = scaled(SLIDER_GROOVE) + 2 * scaled(SLIDER_MARGIN)
    return {"knob_width": f"{height - 2 * metrics.LINE}px", "knob_radius": f"{height // 2}px"}


@cache
def _template() -> str:
    text = resource_path("style.qss.template").read_text(encoding="utf-8")
    return _COMMENT.sub("", text)
