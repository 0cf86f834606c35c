"""What keeps the start short, where Python and Qt's bindings would make it long.

Figures are of a start to the first paint (`python -m benchmarks start`); decision 18 has the
reasons in full.
"""

from __future__ import annotations

import gc
import sys
from contextlib import suppress
from importlib import import_module
from pathlib import Path

LOADED_BEFORE_QT = (
    "novita_desktop.opening",
    "novita_desktop.engine",
    "novita_desktop.services.preview",
    "novita_desktop.storage.log_files",
    "sqlite3",
    "tomllib",
)
"""What the start needs besides Qt, and what knows nothing of Qt."""

USES_NO_FEATURE, KNOWS_NO_QT = 0, -1


def prepare() -> None:
    """Load what the start needs besides Qt, and Qt's core. Called once, before anything else.

    From here to `finish` no garbage is collected: the start makes a hundred thousand objects that
    stay, and collections would look through them again and again (5 % of the start).
    """
    gc.disable()
    for name in LOADED_BEFORE_QT:
        import_module(name)
    import_module("PySide6.QtCore")
    _spare_reading_sources()


def finish() -> None:
    """Collect garbage again, but never among what the start has made: that stays to the end."""
    gc.freeze()
    gc.enable()


def _spare_reading_sources() -> None:
    """Tell Qt's bindings which modules use none of their `__feature__` switches: none does.

    They would read and split the source of every module that is imported, to find out for
    themselves (4 % of the start). Their table of answers is not documented, so without it the
    start is slower and nothing else.
    """
    with suppress(ImportError, AttributeError):
        known = import_module("shibokensupport.feature").pyside_feature_dict
        known.update(dict.fromkeys(sys.modules, KNOWS_NO_QT))
        root = Path(__file__).parent
        places = (path.relative_to(root.parent) for path in root.rglob("*.py"))
        names = (".".join(place.with_suffix("").parts) for place in places)
        known.update((name.removesuffix(".__init__"), USES_NO_FEATURE) for name in names)
