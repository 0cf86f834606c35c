"""What tests of the window's shell share: finding controls as a person or their reader does."""

from __future__ import annotations

from typing import TypeVar

from PySide6.QtWidgets import QLabel, QWidget

W = TypeVar("W", bound=QWidget)


def labelled(top: QWidget, kind: type[W], words: str) -> W:
    """Return the control of this kind whose label, name or text is `words`."""
    for label in top.findChildren(QLabel):
        buddy = label.buddy()
        if label.text() == words and isinstance(buddy, kind):
            return buddy
    for widget in top.findChildren(kind):
        text = getattr(widget, "text", None)
        if words in {widget.accessibleName(), text() if callable(text) else ""}:
            return widget
    raise AssertionError(f"no {kind.__name__} called {words}")


def text_of(top: QWidget, name: str) -> str:
    """Return the text of the state label with this object name."""
    label = top.findChild(QLabel, name)
    assert label is not None, name
    return label.text()
