"""Keeps presets: adds, saves, orders, deletes and restores them, and tells of every change."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Final

from novita_desktop.domain.presets import (
    NewPreset,
    Preset,
    PresetVersion,
    free_name,
    tidy_name,
)
from novita_desktop.domain.prompt_form import PromptForm
from novita_desktop.services.clock import Clock
from novita_desktop.services.events import Event, Events, PresetsChanged, RunAdded
from novita_desktop.storage.preset_store import PresetStore

DELETED_KEPT_MICROSECONDS: Final = 30 * 24 * 3600 * 1_000_000
"""How long a deleted preset can still be brought back from the file: 30 days."""


class PresetService:
    """The presets of one data folder. Every coroutine raises StorageError.

    `current` holds them in the person's order; `PresetsChanged` tells when it changed.
    """

    def __init__(self, store: PresetStore, events: Events, clock: Clock) -> None:
        self._store = store
        self._events = events
        self._clock = clock
        self.current: tuple[Preset, ...] = ()
        events.listen(self._count_use)

    async def load(self) -> None:
        """Read the presets; nothing is told of it before `announce`."""
        self.current = await self._store.all()

    def announce(self) -> None:
        """Tell which presets there are, for who came after they were read."""
        self._events.publish(PresetsChanged(self.current))

    async def tidy(self) -> None:
        """Let go of presets that were deleted long ago."""
        await self._store.forget_deleted(self._clock.now() - DELETED_KEPT_MICROSECONDS)

    def find(self, preset_id: int) -> Preset | None:
        """Return a preset by its id, None when there is none or it is deleted."""
        return next((preset for preset in self.current if preset.id == preset_id), None)

    async def add(self, presets: Sequence[NewPreset]) -> list[Preset]:
        """Add all of `presets`, or none, and return them in the same order.

        A name that is taken gets a number behind it.
        """
        taken = [preset.name for preset in self.current]
        added = []
        for preset in presets:
            name = free_name(tidy_name(preset.name), taken)
            taken.append(name)
            added.append(
                NewPreset(name, preset.form, tidy_name(preset.folder), preset.description.strip())
            )
        ids = await self._store.add(added, self._clock.now())
        await self._reload()
        by_id = {preset.id: preset for preset in self.current}
        return [by_id[preset_id] for preset_id in ids if preset_id in by_id]

    async def save(
        self, preset_id: int, form: PromptForm, description: str | None = None
    ) -> Preset | None:
        """Save `form` as a preset's next version; None when the preset is gone."""
        found = self.find(preset_id)
        if found is None:
            return None
        words = found.description if description is None else description.strip()
        await self._store.save(preset_id, form, words, self._clock.now())
        await self._reload()
        return self.find(preset_id)

    async def rename(self, preset_id: int, name: str, folder: str) -> None:
        """Give a preset another name or folder; an empty name changes nothing."""
        found = self.find(preset_id)
        if found is None or not tidy_name(name):
            return
        others = [preset.name for preset in self.current if preset.id != preset_id]
        await self._store.describe(
            preset_id,
            name=free_name(tidy_name(name), others),
            folder=tidy_name(folder),
            is_favourite=found.is_favourite,
        )
        await self._reload()

    async def set_favourite(self, preset_id: int, *, is_favourite: bool) -> None:
        """Put a preset among the favourites, or take it from them."""
        found = self.find(preset_id)
        if found is not None:
            await self._store.describe(
                preset_id, name=found.name, folder=found.folder, is_favourite=is_favourite
            )
            await self._reload()

    async def duplicate(self, preset_id: int) -> list[Preset]:
        """Add a copy of a preset, under a name of its own."""
        found = self.find(preset_id)
        if found is None:
            return []
        return await self.add([NewPreset(found.name, found.form, found.folder, found.description)])

    async def place(
        self, preset_id: int, among: Sequence[int], *, folder: str, is_favourite: bool
    ) -> None:
        """Put a preset into a folder or among the favourites.

        `among` has the ids that stand there afterwards, in their order.
        """
        found = self.find(preset_id)
        if found is None:
            return
        if (found.folder, found.is_favourite) != (folder, is_favourite):
            await self._store.describe(
                preset_id, name=found.name, folder=tidy_name(folder), is_favourite=is_favourite
            )
        await self._store.put_in_order(among)
        await self._reload()

    async def delete(self, preset_id: int) -> None:
        """Delete a preset; `restore` brings it back, and its runs stay as they are."""
        await self._store.delete(preset_id, self._clock.now())
        await self._reload()

    async def restore(self, preset_id: int) -> None:
        """Take a deletion back."""
        await self._store.delete(preset_id, None)
        await self._reload()

    async def versions(self, preset_id: int) -> list[PresetVersion]:
        """Return every version of a preset, newest first."""
        return await self._store.versions(preset_id)

    async def keep_values(
        self, preset_id: int, values: Mapping[str, str], sources: Mapping[str, str]
    ) -> None:
        """Remember what a preset's fields were filled in with, for when it is opened again.

        `sources` has the names of the files that values came from.
        """
        found = self.find(preset_id)
        if found is not None and (found.last_values, found.last_sources) != (values, sources):
            await self._store.keep_values(preset_id, values, sources)
            self._exchange(replace(found, last_values=dict(values), last_sources=dict(sources)))

    def _count_use(self, event: Event) -> None:
        """Follow the count that the file keeps: each run made with a preset is one use."""
        if isinstance(event, RunAdded) and event.summary.preset is not None:
            found = self.find(event.summary.preset.id)
            if found is not None:
                self._exchange(replace(found, use_count=found.use_count + 1))

    def _exchange(self, changed: Preset) -> None:
        """Put `changed` in its own place, without reading all presets again."""
        self.current = tuple(
            changed if preset.id == changed.id else preset for preset in self.current
        )
        self.announce()

    async def _reload(self) -> None:
        await self.load()
        self.announce()
