"""An icon by shape and meaning, recoloured for the theme and sharp on every screen.

Each colour's set of shapes is a folder of files in memory, so that Qt's own SVG icons draw
them at any size and device pixel ratio.
"""

from __future__ import annotations

from itertools import count

from PySide6.QtCore import QObject, QSize, Qt
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QAbstractButton

from novita_desktop.ui import metrics
from novita_desktop.ui.icon_shapes import recoloured, shapes
from novita_desktop.ui.memory_files import MemoryFiles
from novita_desktop.ui.resources import resource_path
from novita_desktop.ui.theme import Theme

APP_ICON_SIZES = (16, 24, 32, 48, 64, 128, 256)
_folder_numbers = count(1)


def icon_names() -> frozenset[str]:
    """Return the names of all shapes."""
    return frozenset(shapes())


def app_icon() -> QIcon:
    """Return the program's own icon, drawn for every usual size."""
    icon = QIcon()
    drawing = QIcon(str(resource_path("icons/novita-desktop.svg")))
    for size in APP_ICON_SIZES:
        icon.addPixmap(drawing.pixmap(QSize(size, size), 1.0))
    return icon


class Icons(QObject):
    """Makes icons for one theme."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme)
        self._theme = theme
        self._folders: dict[str, MemoryFiles] = {}
        self._made: dict[tuple[str, str, str, str], QIcon] = {}

    def get(self, name: str, meaning: str = "text", *, checked: str = "") -> QIcon:
        """Return the shape `name` in the theme's present colour for `meaning`.

        `checked` is the meaning of its colour in a button that is pressed in, if it differs.
        Raises KeyError for a shape or a meaning that there is not.
        """
        if name not in shapes():
            raise KeyError(name)
        color = self._theme.color
        key = (
            name,
            color(meaning).name(),
            color(checked or meaning).name(),
            color("text_disabled").name(),
        )
        if key not in self._made:
            self._made[key] = self._drawn(*key)
        return self._made[key]

    def show_on(
        self, button: QAbstractButton, name: str, meaning: str = "text", *, checked: str = ""
    ) -> None:
        """Put an icon on `button` that follows the theme; a second call replaces the first."""
        direct = Qt.FindChildOption.FindDirectChildrenOnly
        follower = button.findChild(_Follower, options=direct) or _Follower(
            button, self, self._theme
        )
        follower.follow(name, meaning, checked)

    def _drawn(self, name: str, color: str, checked: str, disabled: str) -> QIcon:
        icon = QIcon()
        tones = {QIcon.State.Off: color}
        if checked != color:
            tones[QIcon.State.On] = checked
        # What is left out looks like what is there; each file costs the start a tenth of a ms.
        for state, tone in tones.items():
            # Selected too: without it, Qt tints the icon of a selected row.
            for mode in (QIcon.Mode.Normal, QIcon.Mode.Selected):
                icon.addFile(self._file(name, tone), QSize(), mode, state)
            icon.addFile(self._file(name, disabled), QSize(), QIcon.Mode.Disabled, state)
        return icon

    def _file(self, name: str, color: str) -> str:
        # The folders stay: an icon that somebody still holds reads its file when it is drawn.
        if color not in self._folders:
            folder = f"icons-{next(_folder_numbers)}"
            self._folders[color] = MemoryFiles(folder, recoloured(color))
        return self._folders[color].path(f"{name}.svg")


class _Follower(QObject):
    """Keeps one button's icon in the theme's colour and size for as long as the button lives."""

    def __init__(self, button: QAbstractButton, icons: Icons, theme: Theme) -> None:
        super().__init__(button)
        self._button, self._icons = button, icons
        self._name, self._meaning, self._checked = "", "", ""
        theme.changed.connect(self._show)

    def follow(self, name: str, meaning: str, checked: str) -> None:
        """Show this icon from now on."""
        self._name, self._meaning, self._checked = name, meaning, checked
        self._show()

    def _show(self) -> None:
        side = metrics.scaled(metrics.ICON)
        self._button.setIconSize(QSize(side, side))
        self._button.setIcon(self._icons.get(self._name, self._meaning, checked=self._checked))
