"""The preset that the form was opened from: opened as a copy, saved, reverted, marked as edited."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Callable, Coroutine
from dataclasses import replace
from typing import Any

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from novita_desktop.domain.presets import NewPreset, Preset, changed_inputs, folders_of
from novita_desktop.domain.prompt_form import PromptForm
from novita_desktop.ui.notices import NoticeAction
from novita_desktop.ui.page_context import PageContext
from novita_desktop.ui.tasks import answer_of
from novita_desktop.ui.widgets.prompt_form_view import PromptFormView
from novita_desktop.ui.widgets.variables_form import names_in

MOST_SUGGESTED_CHARACTERS = 40
_MARK = re.compile(r"\{[{%].*?[}%]\}", re.DOTALL)


class PromptPresets(QObject):
    """Opens presets in the form, and keeps the form as presets.

    `changed` tells that another preset is open, or that the form differs from it otherwise than
    before. `form_opened` comes when a form was put in the place of another one.
    """

    changed = Signal()
    form_opened = Signal()

    def __init__(self, context: PageContext, form: PromptFormView, page: QWidget) -> None:
        super().__init__(page)
        self.context = context
        self._form = form
        self._page = page
        self._changes: tuple[str, ...] = ()
        self._baseline = PromptForm()
        self._is_busy = False

    @property
    def opened(self) -> Preset | None:
        """The preset that the form was opened from, None for none or one that is deleted."""
        use = self._form.preset
        return None if use is None else self.context.state.preset(use.id)

    @property
    def changes(self) -> tuple[str, ...]:
        """What in the form differs from its preset (`changed_inputs`)."""
        return self._changes

    @property
    def title(self) -> str:
        """The open preset's name, empty for a form that is no preset yet."""
        use = self._form.preset
        if use is None:
            return ""
        preset = self.opened
        is_known = self.context.state.presets is not None
        return preset.name if preset else "" if is_known else use.name

    def begin_with(self, form: PromptForm) -> None:
        """Take `form` for one that needs no keeping: nobody typed it."""
        self._baseline = form

    def refresh(self) -> None:
        """Look again at what the form differs in; called when its variables are known."""
        preset = self.opened
        changes = () if preset is None else changed_inputs(preset.form, self._form.value())
        self._changes = changes
        self._form.mark_changes(changes)
        self.changed.emit()

    def open(self, preset_id: int, then: Callable[[], object] | None = None) -> None:
        """Put a copy of a preset into the form, and do `then`."""
        preset = self.context.state.preset(preset_id)
        if preset is not None:
            words = self.tr("Opened “{name}”. What stood in the form was not saved.")
            self._do(self._put(preset.opened(), words.format(name=preset.name), then))

    def new(self) -> None:
        """Empty the form; the model stays."""
        form = PromptForm(model=self._form.value().model)
        self._do(self._put(form, self.tr("What stood in the form was not saved."), None))

    def revert(self) -> None:
        """Put the form back to what the preset holds; the values that are filled in stay."""
        preset = self.opened
        if preset is not None:
            values = {**preset.form.values, **self._form.value().values}
            form = replace(preset.form, values=values, preset=preset.use)
            words = self.tr("“{name}” is back as it was saved.").format(name=preset.name)
            self._do(self._put(form, words, None))

    def show_version(self, preset: Preset, words: str, *, was_edited: bool) -> None:
        """Tell that a preset is at another version, and show it anew if it is open.

        What had been edited comes back with Undo.
        """
        use = self._form.preset
        if use is None or use.id != preset.id:
            self.context.toast.show_toast(words)
        elif was_edited:
            self._do(self._put(preset.opened(), words, None))
        else:
            self.context.toast.show_toast(words)
            self._do(self._put(preset.opened(), "", None))

    def save(self) -> None:
        """Keep the form: as the next version of its preset, or as a new one that has no name yet."""
        self._do(self._save())

    def save_as_new(self) -> None:
        """Keep the form as a new preset."""
        self._do(self._save_as_new())

    def _do(self, work: Coroutine[Any, Any, None]) -> None:
        if self._is_busy:
            work.close()
            return
        self._is_busy = True
        self.context.tasks.start(self._done(work))

    async def _done(self, work: Coroutine[Any, Any, None]) -> None:
        try:
            await work
        finally:
            self._is_busy = False

    async def _put(self, form: PromptForm, words: str, then: Callable[[], object] | None) -> None:
        """Show `form`; with an undo when that takes away what is kept nowhere else."""
        names = await asyncio.to_thread(names_in, form, ())
        before = self._form.value()
        is_unsaved = self._is_unsaved(before)
        self._show(form, names)
        if is_unsaved and words:
            undo = NoticeAction(self.tr("Undo"), lambda: self._do(self._put(before, "", None)))
            self.context.toast.show_toast(words, undo)
        if then is not None:
            then()

    def _show(self, form: PromptForm, names: tuple[str, ...]) -> None:
        self._form.set_value(form, names)
        self._baseline = form
        self.refresh()
        self.form_opened.emit()

    def _is_unsaved(self, form: PromptForm) -> bool:
        if self.opened is not None:
            return bool(self._changes)
        is_empty = not (form.message.strip() or form.system.strip())
        return not is_empty and bool(changed_inputs(self._baseline, form))

    async def _whole_form(self) -> PromptForm:
        """Return the form with all its fields, also when its texts have just been typed."""
        names = await asyncio.to_thread(names_in, self._form.value(), self._form.variables.names())
        self._form.set_variables(names)
        return self._form.value()

    async def _save(self) -> None:
        preset = self.opened
        if preset is None:
            await self._save_as_new()
            return
        form = await self._whole_form()
        if not changed_inputs(preset.form, form):
            self.context.toast.show_toast(self.tr("Nothing has changed since it was saved."))
            return
        service = self.context.workspace.presets
        saved = await self.context.bridge.call(service.save(preset.id, form))
        if saved is None:
            await self._save_as_new()
            return
        words = self.tr("Saved “{name}” as version {number}.")
        self._take(saved, words.format(name=saved.name, number=saved.version))

    async def _save_as_new(self) -> None:
        from novita_desktop.ui.dialogs.save_preset import (  # noqa: PLC0415  # when wanted
            PresetWords,
            SavePreset,
        )

        form = await self._whole_form()
        presets = self.context.state.presets or ()
        before = self.opened
        words = PresetWords(
            before.name if before else suggested_name(form),
            before.folder if before else "",
            before.description if before else "",
        )
        dialog = SavePreset(
            self.tr("Save preset"),
            words,
            folders_of(presets),
            [preset.name for preset in presets],
            self._page,
        )
        if not await answer_of(dialog):
            return
        said = dialog.words()
        new = NewPreset(said.name, form, said.folder, said.description or "")
        added = await self.context.bridge.call(self.context.workspace.presets.add([new]))
        for preset in added:
            self._take(preset, self.tr("Saved “{name}”.").format(name=preset.name))

    def _take(self, preset: Preset, words: str) -> None:
        """Go on with the form as a copy of `preset`, which was made of it."""
        self._form.set_preset(preset.use)
        self.context.bridge.deliver()
        self.refresh()
        self.form_opened.emit()
        self.context.toast.show_toast(words)


def suggested_name(form: PromptForm) -> str:
    """Return a name for a preset from the first words of its message."""
    line = next((line for line in form.message.splitlines() if line.strip()), "")
    words = " ".join(_MARK.sub(" ", line).split())
    if len(words) > MOST_SUGGESTED_CHARACTERS:
        words = words[:MOST_SUGGESTED_CHARACTERS].rpartition(" ")[0]
    return words.strip(" .,:;!?")
