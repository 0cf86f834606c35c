"""Reads and writes presets. Each save adds a version; deleting one keeps its runs."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Final, TypeVar

from novita_desktop.domain.errors import DatabaseDamaged
from novita_desktop.domain.json_values import JsonObject, JsonValue, as_object, as_text
from novita_desktop.domain.presets import NewPreset, Preset, PresetVersion
from novita_desktop.domain.prompt_form import PromptForm, from_saved, to_saved
from novita_desktop.storage.database import Database
from novita_desktop.storage.run_records import new_id
from novita_desktop.storage.stored_text import json_text, storable

T = TypeVar("T")

_PRESETS: Final = (
    "SELECT id, name, form, folder, description, is_favourite, position, version, use_count,"
    " last_values FROM presets JOIN preset_versions ON preset_id = id AND number = version"
)
_LAST: Final = "(SELECT coalesce(max(position), 0) + 1 FROM presets)"


class PresetStore:
    """The presets of one data file. Every method raises StorageError; each change is whole."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def all(self) -> tuple[Preset, ...]:
        """Return every preset that is not deleted, in the order the person gave them."""

        def work(connection: sqlite3.Connection) -> tuple[Preset, ...]:
            rows = connection.execute(
                f"{_PRESETS} WHERE deleted_at IS NULL ORDER BY folder, position, id"
            )
            return tuple(map(_preset_of, rows))

        return await self._read(work)

    async def add(self, presets: Sequence[NewPreset], saved_at: int) -> list[int]:
        """Add all of `presets`, or none of them; return their ids."""

        def work(connection: sqlite3.Connection) -> list[int]:
            return [_add(connection, preset, saved_at) for preset in presets]

        return await self._database.call(work)

    async def save(
        self, preset_id: int, form: PromptForm, description: str, saved_at: int
    ) -> int | None:
        """Add a version to a preset; return its number, None when there is no such preset."""

        def work(connection: sqlite3.Connection) -> int | None:
            row = connection.execute(
                "UPDATE presets SET version = version + 1 WHERE id = ? RETURNING version",
                (preset_id,),
            ).fetchone()
            if row is None:
                return None
            _write_version(connection, preset_id, row[0], saved_at, description, form)
            return int(row[0])

        return await self._database.call(work)

    async def describe(self, preset_id: int, *, name: str, folder: str, is_favourite: bool) -> None:
        """Change what lists show of a preset; that is no version of it."""

        def work(connection: sqlite3.Connection) -> None:
            connection.execute(
                "UPDATE presets SET name = ?, folder = ?, is_favourite = ? WHERE id = ?",
                (storable(name), storable(folder), is_favourite, preset_id),
            )

        await self._database.call(work)

    async def put_in_order(self, preset_ids: Iterable[int]) -> None:
        """Give presets the places that they have in `preset_ids`."""
        places = [(place, preset_id) for place, preset_id in enumerate(preset_ids, start=1)]

        def work(connection: sqlite3.Connection) -> None:
            connection.executemany("UPDATE presets SET position = ? WHERE id = ?", places)

        await self._database.call(work)

    async def delete(self, preset_id: int, deleted_at: int | None) -> None:
        """Mark a preset as deleted at a moment, or (None) take that back."""

        def work(connection: sqlite3.Connection) -> None:
            connection.execute(
                "UPDATE presets SET deleted_at = ? WHERE id = ?", (deleted_at, preset_id)
            )

        await self._database.call(work)

    async def forget_deleted(self, before: int) -> int:
        """Remove presets that were deleted before a moment; return how many."""

        def work(connection: sqlite3.Connection) -> int:
            return connection.execute(
                "DELETE FROM presets WHERE deleted_at < ?", (before,)
            ).rowcount

        return await self._database.call(work)

    async def keep_values(
        self, preset_id: int, values: Mapping[str, str], sources: Mapping[str, str]
    ) -> None:
        """Keep what a preset's fields were filled in with, and the names of the files behind it."""

        def work(connection: sqlite3.Connection) -> None:
            connection.execute(
                "UPDATE presets SET last_values = ? WHERE id = ?",
                (json_text(_last_to_saved(values, sources)), preset_id),
            )

        await self._database.call(work)

    async def versions(self, preset_id: int) -> list[PresetVersion]:
        """Return every version of a preset, newest first."""

        def work(connection: sqlite3.Connection) -> list[PresetVersion]:
            rows = connection.execute(
                "SELECT number, saved_at, form, description FROM preset_versions"
                " WHERE preset_id = ? ORDER BY number DESC",
                (preset_id,),
            )
            return [
                PresetVersion(number, saved_at, _form_of(form), description)
                for number, saved_at, form, description in rows
            ]

        return await self._read(work)

    async def _read(self, work: Callable[[sqlite3.Connection], T]) -> T:
        def checked(connection: sqlite3.Connection) -> T:
            try:
                return work(connection)
            except (TypeError, ValueError) as error:
                message = f"a stored preset is not whole: {error}"
                raise DatabaseDamaged(message, path=str(self._database.path)) from error

        return await self._database.read(checked)


def _add(connection: sqlite3.Connection, preset: NewPreset, saved_at: int) -> int:
    preset_id = new_id(
        connection.execute(
            f"INSERT INTO presets (name, folder, position, version) VALUES (?, ?, {_LAST}, 1)",  # noqa: S608
            (storable(preset.name), storable(preset.folder)),
        )
    )
    _write_version(connection, preset_id, 1, saved_at, preset.description, preset.form)
    return preset_id


def _write_version(
    connection: sqlite3.Connection,
    preset_id: int,
    number: int,
    saved_at: int,
    description: str,
    form: PromptForm,
) -> None:
    # Which preset a form was opened from is of no meaning inside a preset.
    saved = {name: value for name, value in to_saved(form).items() if name != "preset"}
    connection.execute(
        "INSERT INTO preset_versions (preset_id, number, saved_at, description, form)"
        " VALUES (?, ?, ?, ?, ?)",
        (preset_id, number, saved_at, storable(description), json_text(saved)),
    )


def _preset_of(row: tuple) -> Preset:  # type: ignore[type-arg]  # columns of many types
    last_values, last_sources = _last_from_saved(as_object(json.loads(row[9])))
    return Preset(
        id=row[0],
        name=row[1],
        form=_form_of(row[2]),
        folder=row[3],
        description=row[4],
        is_favourite=bool(row[5]),
        position=row[6],
        version=row[7],
        use_count=row[8],
        last_values=last_values,
        last_sources=last_sources,
    )


def _last_to_saved(values: Mapping[str, str], sources: Mapping[str, str]) -> JsonObject:
    """Return last values as JSON: a text, or an object with the file's name and the text, if kept."""
    saved: dict[str, JsonValue] = dict(values)
    for name, source in sources.items():
        text = {"text": values[name]} if name in values else {}
        saved[name] = {"source": source, **text}
    return saved


def _last_from_saved(saved: JsonObject) -> tuple[dict[str, str], dict[str, str]]:
    values: dict[str, str] = {}
    sources: dict[str, str] = {}
    for name, found in saved.items():
        text = found if isinstance(found, str) else as_object(found).get("text")
        if isinstance(text, str):
            values[name] = text
        if source := as_text(as_object(found).get("source")):
            sources[name] = source
    return values, sources


def _form_of(text: str) -> PromptForm:
    return from_saved(as_object(json.loads(text)))
