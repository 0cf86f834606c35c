"""Turns a theme file into a palette and a style sheet, and follows the system."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from string import Template

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QColor, QFont, QGuiApplication, QPalette
from PySide6.QtWidgets import QApplication

from novita_desktop.ui import metrics
from novita_desktop.ui.resources import resource_path

SMALL_SHARE, TITLE_SHARE, FIGURE_SHARE = 0.9, 1.25, 1.7
"""Sizes of type as shares of the base size."""

_ROLES: Mapping[QPalette.ColorRole, str] = {
    QPalette.ColorRole.Window: "bg",
    QPalette.ColorRole.WindowText: "text",
    QPalette.ColorRole.Base: "surface",
    QPalette.ColorRole.AlternateBase: "raised",
    QPalette.ColorRole.Text: "text",
    QPalette.ColorRole.Button: "surface",
    QPalette.ColorRole.ButtonText: "text",
    QPalette.ColorRole.BrightText: "danger",
    QPalette.ColorRole.PlaceholderText: "text_muted",
    QPalette.ColorRole.Highlight: "accent_soft",
    QPalette.ColorRole.HighlightedText: "accent_soft_text",
    QPalette.ColorRole.Link: "accent",
    QPalette.ColorRole.LinkVisited: "accent",
    QPalette.ColorRole.ToolTipBase: "tooltip_bg",
    QPalette.ColorRole.ToolTipText: "tooltip_text",
    QPalette.ColorRole.Mid: "border",
    QPalette.ColorRole.Dark: "border_strong",
    QPalette.ColorRole.Light: "raised",
    QPalette.ColorRole.Accent: "accent",
}
_DISABLED_ROLES = (
    QPalette.ColorRole.WindowText,
    QPalette.ColorRole.Text,
    QPalette.ColorRole.ButtonText,
)


@dataclass(frozen=True, slots=True)
class Colors:
    """The colours of one theme file, by meaning, as `#RRGGBB`."""

    is_dark: bool
    by_meaning: Mapping[str, str]


@cache
def colors_of(name: str) -> Colors:
    """Return the colours of the theme `light` or `dark`."""
    with resource_path(f"themes/{name}.toml").open("rb") as file:
        content = tomllib.load(file)
    return Colors(content["is_dark"], dict(content["colors"]))


class Theme(QObject):
    """The look of the whole application.

    `mode` is `system`, `light` or `dark`; `text_percent` is 80 to 200.
    """

    changed = Signal()

    def __init__(self, app: QApplication, mode: str = "system", text_percent: int = 100) -> None:
        super().__init__(app)
        self._app = app
        self._mode = mode
        self._text_percent = text_percent
        self._system_font = QFont(app.font())
        app.setStyle("Fusion")
        QGuiApplication.styleHints().colorSchemeChanged.connect(self._follow_system)
        self._apply()

    @property
    def is_dark(self) -> bool:
        """Whether the colours in use are dark."""
        return self._colors().is_dark

    def color(self, meaning: str) -> QColor:
        """Return the colour for a meaning, such as `text_muted`."""
        return QColor(self._colors().by_meaning[meaning])

    def font(self, share: float = 1.0, *, is_bold: bool = False, is_mono: bool = False) -> QFont:
        """Return the application's font at a share of its base size."""
        font = metrics.mono_font() if is_mono else QFont(self._app.font())
        font.setPointSizeF(self._base_points() * share)
        font.setBold(is_bold)
        return font

    def set_look(self, mode: str, text_percent: int) -> None:
        """Change the mode or the size of text, everywhere and at once."""
        if (mode, text_percent) != (self._mode, self._text_percent):
            self._mode, self._text_percent = mode, text_percent
            self._apply()

    def _follow_system(self) -> None:
        if self._mode == "system":
            self._apply()

    def _colors(self) -> Colors:
        if self._mode == "system":
            scheme = QGuiApplication.styleHints().colorScheme()
            return colors_of("dark" if scheme == Qt.ColorScheme.Dark else "light")
        return colors_of(self._mode)

    def _base_points(self) -> float:
        points = self._system_font.pointSizeF()
        return (points if points > 0 else metrics.DEFAULT_POINTS) * self._text_percent / 100

    def _apply(self) -> None:
        font = QFont(self._system_font)
        font.setPointSizeF(self._base_points())
        self._app.setFont(font)
        self._app.setPalette(palette_of(self._colors()))
        self._app.setStyleSheet(style_sheet(self._colors(), self._base_points()))
        self.changed.emit()


def palette_of(colors: Colors) -> QPalette:
    """Return the palette that Fusion and all painting start from."""
    palette = QPalette()
    for role, meaning in _ROLES.items():
        palette.setColor(role, QColor(colors.by_meaning[meaning]))
    disabled = QColor(colors.by_meaning["text_disabled"])
    for role in _DISABLED_ROLES:
        palette.setColor(QPalette.ColorGroup.Disabled, role, disabled)
    return palette


def style_sheet(colors: Colors, base_points: float) -> str:
    """Return the style sheet: the template with colours and sizes of type filled in."""
    template = Template(resource_path("style.qss.template").read_text(encoding="utf-8"))
    scale = base_points / metrics.DEFAULT_POINTS
    sizes = {
        "small": f"{base_points * SMALL_SHARE:.2f}pt",
        "title": f"{base_points * TITLE_SHARE:.2f}pt",
        "figure": f"{base_points * FIGURE_SHARE:.2f}pt",
        "control": f"{round(metrics.CONTROL_HEIGHT * scale)}px",
        "row": f"{round(metrics.ROW_HEIGHT * scale)}px",
        "mono": metrics.MONO_FAMILIES_QSS,
        "arrow_down": arrow_url("chevron-down", colors),
        "check": arrow_url("check", colors),
    }
    return template.substitute({**colors.by_meaning, **sizes})


def arrow_url(name: str, colors: Colors) -> str:
    """Return the address of a small icon for the style sheet, drawn for light or dark."""
    tone = "dark" if colors.is_dark else "light"
    return resource_path(f"icons/controls/{name}-{tone}.svg").as_posix()
