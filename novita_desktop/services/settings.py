"""The current settings, and who is told when they change."""

from __future__ import annotations

from dataclasses import fields

from novita_desktop.domain.account import checked_base_url
from novita_desktop.domain.settings import Settings, from_saved, to_saved
from novita_desktop.services.events import Events, SettingsChanged
from novita_desktop.storage.settings_store import SettingsStore

NAMES = frozenset(spec.name for spec in fields(Settings))


class SettingsService:
    """Holds the settings of one data folder."""

    def __init__(self, store: SettingsStore, events: Events) -> None:
        self._store = store
        self._events = events
        self.current = Settings()

    async def load(self) -> Settings:
        """Read the saved settings. Raises StorageError."""
        self.current = from_saved(await self._store.load())
        return self.current

    async def change(self, **values: object) -> Settings:
        """Change some settings by name and return them all.

        Numbers are brought inside their limits, a value of the wrong kind is ignored. The change
        holds for this session even if it cannot be stored. Raises AddressRefused for a base URL
        that must not be used, StorageError, and TypeError for a name that is no setting.
        """
        if unknown := set(values) - NAMES:
            raise TypeError(f"there is no setting {min(unknown)}")
        if isinstance(values.get("base_url"), str):
            values["base_url"] = checked_base_url(str(values["base_url"]))
        old = self.current
        new = from_saved({**to_saved(old), **values})
        if new != old:
            self.current = new
            self._events.publish(SettingsChanged(old, new))
            await self._store.save(to_saved(new))
        return new

    async def step_text_size(self, step: int) -> Settings:
        """Change the text size by `step` percentage points: steps that come quickly all count.

        Raises StorageError.
        """
        return await self.change(text_percent=self.current.text_percent + step)
