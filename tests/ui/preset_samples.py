"""Presets for tests of lists: favourites, folders, one in no folder."""

from __future__ import annotations

from novita_desktop.domain.presets import Preset
from novita_desktop.domain.prompt_form import PromptForm

FORM = PromptForm("a/b", message="Greet {{ name }}")


def samples() -> tuple[Preset, ...]:
    """Return five presets in three sections."""
    return (
        Preset(1, "Summarise", FORM, "Support", "Says it briefly", is_favourite=True, position=1),
        Preset(2, "Translate", FORM, is_favourite=True, position=2),
        Preset(3, "Note", FORM, position=3),
        Preset(4, "Reply", FORM, "Support", position=4),
        Preset(5, "Classify", FORM, "Support", position=5),
    )
