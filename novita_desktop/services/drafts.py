"""What was typed and not yet sent: survives a crash."""

from __future__ import annotations

from novita_desktop.domain.prompt_form import PromptForm, from_saved, to_saved
from novita_desktop.storage.draft_store import DraftStore


class DraftService:
    """Keeps forms by name. Every method raises StorageError."""

    def __init__(self, store: DraftStore) -> None:
        self._store = store

    async def save(self, name: str, form: PromptForm) -> None:
        """Keep `form` under `name`; on the disk when this returns."""
        await self._store.save(name, to_saved(form))

    async def forget(self, name: str) -> None:
        """Keep nothing under `name` any more."""
        await self._store.forget(name)

    async def load(self, name: str) -> PromptForm | None:
        """Return the form kept under `name`, None if there is none."""
        saved = await self._store.load(name)
        return None if saved is None else from_saved(saved)
