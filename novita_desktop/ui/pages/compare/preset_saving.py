"""Keeps a column's settings as the preset that the form was opened from, or as a new preset."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QObject

from novita_desktop.domain.comparisons import Column, form_of_column
from novita_desktop.domain.presets import NewPreset
from novita_desktop.domain.prompt_form import PromptForm
from novita_desktop.domain.runs import message_head
from novita_desktop.ui.page_context import PageContext

MOST_WORDS = 6
"""How many words of the message become the name of a new preset."""


class PresetSaving(QObject):
    """Writes to presets, and tells it in a toast."""

    def __init__(self, context: PageContext, parent: QObject) -> None:
        super().__init__(parent)
        self.context = context

    def use(self, form: PromptForm, column: Column) -> None:
        """Save what `column` sends as the next version of the form's preset, or as a new one."""
        self.context.tasks.start(self._use(self.context, form_of_column(form, column)))

    async def _use(self, context: PageContext, form: PromptForm) -> None:
        presets, used = context.workspace.presets, form.preset
        kept = replace(form, preset=None)
        saved = None
        if used is not None:
            saved = await context.bridge.call(presets.save(used.id, kept))
        if saved is not None:
            words = self.tr("Saved as version {n} of “{name}”")
            context.toast.show_toast(words.format(n=saved.version, name=saved.name))
            return
        name = " ".join(message_head(form.message).split()[:MOST_WORDS])
        new = NewPreset(name or self.tr("Winner"), kept)
        for added in await context.bridge.call(presets.add([new])):
            context.toast.show_toast(self.tr("Saved as preset “{name}”").format(name=added.name))
