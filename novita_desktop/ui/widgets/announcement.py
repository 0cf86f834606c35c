"""Words that a screen reader says at once, wherever the keyboard is."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget


def announce(source: QWidget, words: str, *, is_urgent: bool = False) -> None:
    """Have `words` about `source` read out; urgent ones break off what is being said."""
    from PySide6.QtGui import (  # noqa: PLC0415  # all that Qt knows of reading out: slow
        QAccessible,
        QAccessibleAnnouncementEvent,
    )

    if QAccessible.isActive():
        event = QAccessibleAnnouncementEvent(source, words)
        politeness = QAccessible.AnnouncementPoliteness
        event.setPoliteness(politeness.Assertive if is_urgent else politeness.Polite)
        QAccessible.updateAccessibility(event)
