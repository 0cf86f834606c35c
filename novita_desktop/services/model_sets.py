"""The sets of models of one data folder: saved, renamed, deleted, brought back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from novita_desktop.domain.comparisons import Column
from novita_desktop.domain.model_sets import (
    MOST_SETS,
    ModelSet,
    find_set,
    set_to_text,
    sets_of,
    with_set,
)
from novita_desktop.services.settings import SettingsService


class ModelSetService:
    """Keeps the sets among the settings, whose events tell of changes.

    Every coroutine raises StorageError; the change holds for this session even then.
    """

    def __init__(self, settings: SettingsService) -> None:
        self._settings = settings

    @property
    def current(self) -> tuple[ModelSet, ...]:
        """All sets, in the order in which they were first saved."""
        return sets_of(self._settings.current.model_sets)

    async def save(self, name: str, columns: Sequence[Column]) -> bool:
        """Keep columns under a name, in the place of a set that has it; False without room."""
        sets = with_set(self.current, ModelSet(name, tuple(columns)))
        if len(sets) > MOST_SETS:
            return False
        await self._keep(sets)
        return True

    async def rename(self, name: str, new: str) -> bool:
        """Give a set another name; return whether there is the set and no other of that name."""
        sets = self.current
        found, other = find_set(sets, name), find_set(sets, new)
        if found is None or (other is not None and other is not found):
            return False
        await self._keep([replace(each, name=new) if each is found else each for each in sets])
        return True

    async def delete(self, name: str) -> None:
        """Forget a set; of an unknown one there is nothing to forget."""
        found = find_set(self.current, name)
        await self._keep([each for each in self.current if each != found])

    async def put_back(self, deleted: ModelSet, place: int) -> None:
        """Have a set again that was deleted or replaced, at its place among the others."""
        others = [each for each in self.current if find_set([each], deleted.name) is None]
        await self._keep([*others[:place], deleted, *others[place:]])

    async def _keep(self, sets: Sequence[ModelSet]) -> None:
        await self._settings.change(model_sets=tuple(map(set_to_text, sets)))
