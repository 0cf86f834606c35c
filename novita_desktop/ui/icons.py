"""An icon by shape and meaning, recoloured for the theme and sharp on every screen."""

from __future__ import annotations

from functools import lru_cache

from PySide6.QtCore import QByteArray, QObject, QRectF, QSize, Qt
from PySide6.QtGui import QGuiApplication, QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QAbstractButton

from novita_desktop.ui import metrics
from novita_desktop.ui.resources import resource_path
from novita_desktop.ui.theme import Theme

APP_ICON_SIZES = (16, 24, 32, 48, 64, 128, 256)


def app_icon() -> QIcon:
    """Return the program's own icon, drawn for every usual size."""
    icon = QIcon()
    for size in APP_ICON_SIZES:
        icon.addPixmap(_drawn("novita-desktop", "", size))
    return icon


class Icons(QObject):
    """Makes icons for one theme."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme)
        self._theme = theme

    def get(self, name: str, meaning: str = "text", size: int = metrics.ICON) -> QIcon:
        """Return the shape `name` in the theme's present colour for `meaning`."""
        ratios = tuple(sorted({screen.devicePixelRatio() for screen in QGuiApplication.screens()}))
        color = self._theme.color(meaning).name()
        disabled = self._theme.color("text_disabled").name()
        return _icon(name, color, disabled, size, ratios)

    def show_on(self, button: QAbstractButton, name: str, meaning: str = "text") -> None:
        """Put an icon on `button` that follows the theme; a second call replaces the first."""
        for earlier in button.findChildren(_Follower, options=Qt.FindChildOption.FindDirectChildrenOnly):
            earlier.end()
        _Follower(button, self, self._theme, name, meaning)


class _Follower(QObject):
    """Keeps one button's icon in the theme's colour for as long as the button lives."""

    def __init__(
        self, button: QAbstractButton, icons: Icons, theme: Theme, name: str, meaning: str
    ) -> None:
        super().__init__(button)
        self._button, self._icons, self._theme = button, icons, theme
        self._name, self._meaning = name, meaning
        button.setIconSize(QSize(metrics.ICON, metrics.ICON))
        theme.changed.connect(self._show)
        self._show()

    def end(self) -> None:
        """Follow no more."""
        self._theme.changed.disconnect(self._show)
        self.setParent(None)
        self.deleteLater()

    def _show(self) -> None:
        self._button.setIcon(self._icons.get(self._name, self._meaning))


@lru_cache(maxsize=512)
def _icon(
    name: str, color: str, disabled: str, size: int, ratios: tuple[float, ...]
) -> QIcon:
    icon = QIcon()
    for ratio in ratios or (1.0,):
        pixels = round(size * ratio)
        for mode, tone in ((QIcon.Mode.Normal, color), (QIcon.Mode.Disabled, disabled)):
            pixmap = _drawn(name, tone, pixels)
            pixmap.setDevicePixelRatio(ratio)
            icon.addPixmap(pixmap, mode)
    return icon


@lru_cache(maxsize=256)
def _source(name: str) -> str:
    return resource_path(f"icons/{name}.svg").read_text(encoding="utf-8")


def _drawn(name: str, color: str, pixels: int) -> QPixmap:
    source = _source(name).replace("currentColor", color) if color else _source(name)
    pixmap = QPixmap(pixels, pixels)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    QSvgRenderer(QByteArray(source.encode())).render(painter, QRectF(0, 0, pixels, pixels))
    painter.end()
    return pixmap
