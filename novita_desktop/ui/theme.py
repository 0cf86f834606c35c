"""Turns a theme file into a palette and a style sheet, and follows the system."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontDatabase, QGuiApplication, QPalette, QStyleHints
from PySide6.QtWidgets import QApplication

from novita_desktop.domain.records import record
from novita_desktop.ui import metrics
from novita_desktop.ui.metrics import FIGURE_SHARE, SMALL_SHARE, TITLE_SHARE
from novita_desktop.ui.resources import resource_path
from novita_desktop.ui.style_sheet import StyleSheet

__all__ = ["FIGURE_SHARE", "SMALL_SHARE", "TITLE_SHARE", "Colors", "Theme", "colors_of"]

_ROLES: Mapping[QPalette.ColorRole, str] = {
    QPalette.ColorRole.Window: "surface",
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
_SCHEMES = {"light": Qt.ColorScheme.Light, "dark": Qt.ColorScheme.Dark}


@record(frozen=True, slots=True)
class Colors:
    """The colours of one theme file, by meaning, as `#RRGGBB`."""

    is_dark: bool
    by_meaning: Mapping[str, str]


@cache
def colors_of(name: str) -> Colors:
    """Return the colours of the theme file `name`."""
    with resource_path(f"themes/{name}.toml").open("rb") as file:
        content = tomllib.load(file)
    return Colors(content["is_dark"], dict(content["colors"]))


class Theme(QObject):
    """The look of the whole application; `changed` tells of a new one once it is applied.

    `mode` is `system`, `light` or `dark`; `text_percent` is 80 to 200.

    With `is_dressed` False the style sheet waits for `dress`. Qt restyles a widget each time it
    gets a parent, and all within it: built under the sheet, the first page takes twice as long.
    But no combo box may have opened by then: Qt crashes when a style sheet comes late to one
    whose list exists already and changes how it opens. An application that has the Fusion style
    already says so with `is_fusion`: setting it loads all that Qt knows of styles.
    """

    changed = Signal()

    def __init__(
        self,
        app: QApplication,
        mode: str = "system",
        text_percent: int = 100,
        *,
        is_dressed: bool = True,
        is_fusion: bool = False,
    ) -> None:
        super().__init__(app)
        self._app = app
        self._mode = mode
        self._text_percent = text_percent
        self._system_font = QFontDatabase.systemFont(QFontDatabase.SystemFont.GeneralFont)
        self._style_sheet = StyleSheet()
        self._is_dressed = is_dressed
        self._name = ""
        if not is_fusion:
            app.setStyle("Fusion")
        hints = QGuiApplication.styleHints()
        hints.colorSchemeChanged.connect(self._follow_system)
        if hasattr(hints, "accessibility"):  # since Qt 6.10
            hints.accessibility().contrastPreferenceChanged.connect(self._follow_system)
        self._apply()

    @property
    def name(self) -> str:
        """The name of the theme file in use."""
        return self._name

    @property
    def is_dark(self) -> bool:
        """Whether the colours in use are dark."""
        return colors_of(self._name).is_dark

    def color(self, meaning: str) -> QColor:
        """Return the colour for a meaning, such as `text_muted`."""
        return QColor(colors_of(self._name).by_meaning[meaning])

    def font(self, share: float = 1.0, *, is_bold: bool = False, is_mono: bool = False) -> QFont:
        """Return the application's font at a share of its base size."""
        font = metrics.mono_font() if is_mono else QFont(self._app.font())
        font.setPointSizeF(self._base_points() * share)
        font.setWeight(QFont.Weight.DemiBold if is_bold else QFont.Weight.Normal)
        return font

    def set_look(self, mode: str, text_percent: int) -> None:
        """Change the mode or the size of text, everywhere and at once."""
        if (mode, text_percent) != (self._mode, self._text_percent):
            self._mode, self._text_percent = mode, text_percent
            self._apply()

    def dress(self) -> None:
        """Apply the style sheet, if it has waited until now."""
        if not self._is_dressed:
            self._is_dressed = True
            self._apply_sheet()

    def _follow_system(self) -> None:
        if self._wanted_name() != self._name:
            self._apply()

    def _wanted_name(self) -> str:
        hints = QGuiApplication.styleHints()
        scheme = _SCHEMES.get(self._mode) or _system_scheme(hints)
        shade = "dark" if scheme == Qt.ColorScheme.Dark else "light"
        return f"high-contrast-{shade}" if _wants_contrast(hints) else shade

    def _base_points(self) -> float:
        points = self._system_font.pointSizeF()
        return (points if points > 0 else metrics.DEFAULT_POINTS) * self._text_percent / 100

    def _apply(self) -> None:
        # The platform's own parts, such as the title bar, follow the person's choice too.
        QGuiApplication.styleHints().setColorScheme(
            _SCHEMES.get(self._mode, Qt.ColorScheme.Unknown)
        )
        self._name = self._wanted_name()
        colors = colors_of(self._name)
        font = QFont(self._system_font)
        font.setPointSizeF(self._base_points())
        self._app.setFont(font)
        self._app.setPalette(palette_of(colors))
        if self._is_dressed:
            self._apply_sheet()
        self.changed.emit()

    def _apply_sheet(self) -> None:
        colors = colors_of(self._name).by_meaning
        self._app.setStyleSheet(self._style_sheet.text(colors, self._base_points()))


def palette_of(colors: Colors) -> QPalette:
    """Return the palette that Fusion and all painting start from."""
    palette = QPalette()
    for role, meaning in _ROLES.items():
        palette.setColor(role, QColor(colors.by_meaning[meaning]))
    disabled = QColor(colors.by_meaning["text_disabled"])
    for role in _DISABLED_ROLES:
        palette.setColor(QPalette.ColorGroup.Disabled, role, disabled)
    return palette


def _system_scheme(hints: QStyleHints) -> Qt.ColorScheme:
    return hints.colorScheme()


def _wants_contrast(hints: QStyleHints) -> bool:
    """Return whether the system asks for more contrast; it can be told since Qt 6.10."""
    if not hasattr(hints, "accessibility"):
        return False
    return bool(hints.accessibility().contrastPreference() == Qt.ContrastPreference.HighContrast)
