"""Presets in and out: files to look at and add, files to write, and the starter presets.

Nothing is added without `add`, and nothing that is there is replaced.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Final

from novita_desktop.domain import preset_files, prompt_files
from novita_desktop.domain.catalogue import Model
from novita_desktop.domain.errors import InputError
from novita_desktop.domain.foreign_presets import FoundPresets, Omission, OmissionReason
from novita_desktop.domain.image_values import EXAMPLE, image_of
from novita_desktop.domain.preset_file_refusal import PresetFileRefused
from novita_desktop.domain.presets import NewPreset, Preset
from novita_desktop.domain.prompt_form import PromptForm
from novita_desktop.domain.records import record
from novita_desktop.domain.variable_fields import PLAIN_FIELD, FieldKind, completed
from novita_desktop.services.catalogue import CatalogueService
from novita_desktop.services.clock import Clock
from novita_desktop.services.presets import PresetService
from novita_desktop.services.preview import Preview, automatic_values, preview_of
from novita_desktop.services.settings import SettingsService
from novita_desktop.storage.answer_files import write_text
from novita_desktop.storage.given_files import read_beside, read_given
from novita_desktop.storage.shipped_presets import shipped_presets
from novita_desktop.storage.worker_thread import in_daemon_thread

MAX_BESIDE_BYTES: Final = 1_000_000
"""How large a file may be that a promptfoo config names."""

LOOK_SECONDS: Final = 5.0
"""How long all presets of a file are looked at; hostile templates take the rest's time too."""


@record(frozen=True, slots=True)
class PresetOffer:
    """A preset that could be added.

    `variables` are the names of its fields. `preview` is what it would send with its sample
    values; a field without one stands as its name in brackets. Both are None and empty for what
    there was no time to look at. `made_for` is the model of another
    program that `new` has a stand-in for, else empty. `twin` is the preset of that name that is
    there already; `is_same` says that it is equal.
    """

    new: NewPreset
    variables: tuple[str, ...]
    preview: Preview | None
    made_for: str = ""
    twin: Preset | None = None
    is_same: bool = False


@record(frozen=True, slots=True)
class ImportOffer:
    """What a file holds, to be looked at before anything is added. `name` is the file's."""

    name: str
    offers: tuple[PresetOffer, ...]
    omissions: tuple[Omission, ...] = ()


class PresetExchange:
    """Reads and writes files of presets, off the engine's loop."""

    def __init__(
        self,
        presets: PresetService,
        catalogue: CatalogueService,
        settings: SettingsService,
        clock: Clock,
    ) -> None:
        self._presets = presets
        self._catalogue = catalogue
        self._settings = settings
        self._clock = clock

    async def read(self, path: Path, stand_in: str = "") -> ImportOffer:
        """Return what is in a file; nothing is added.

        `stand_in` is the id of the model for presets of other programs whose own model the
        catalogue lacks. Raises PresetFileRefused.
        """

        def beside(reference: str) -> str | OmissionReason:
            data = read_beside(path, reference, MAX_BESIDE_BYTES)
            if isinstance(data, OmissionReason):
                return data
            try:
                return prompt_files.text_of(data)
            except PresetFileRefused:
                return OmissionReason.UNREADABLE

        look = self._looker(stand_in)

        def work() -> ImportOffer:
            data = read_given(path, preset_files.MAX_FILE_BYTES)
            try:
                found = prompt_files.presets_in(data, path.name, beside)
                return ImportOffer(path.name, look(found), found.omissions)
            except PresetFileRefused as error:
                error.file_name = path.name
                raise

        return await in_daemon_thread(work)

    async def starters(self) -> ImportOffer:
        """Return the presets that are shipped with the program. Raises StorageError."""
        look = self._looker("")

        def work() -> ImportOffer:
            found = [
                preset
                for _, data in shipped_presets()
                for preset in preset_files.from_text(prompt_files.text_of(data))
            ]
            return ImportOffer("", look(FoundPresets(tuple(found))))

        return await in_daemon_thread(work)

    async def add(self, chosen: Sequence[NewPreset]) -> list[Preset]:
        """Add all of `chosen`, or none; a name that is taken gets a number. Raises StorageError."""
        return await self._presets.add(chosen)

    async def save(self, path: Path, preset_ids: Iterable[int] | None = None) -> int:
        """Write presets (all, if None) to a file, whole or not at all; return how many.

        The text is read back before it is written: what is in the file can be imported. Raises
        StorageError, or PresetFileRefused for presets that no file can hold.
        """
        wanted = None if preset_ids is None else set(preset_ids)
        chosen = [
            preset_files.exported(preset)
            for preset in self._presets.current
            if wanted is None or preset.id in wanted
        ]

        def work() -> None:
            text = preset_files.to_text(chosen)
            if len(text.encode()) > preset_files.MAX_FILE_BYTES:
                raise PresetFileRefused("too_large", limit=preset_files.MAX_FILE_BYTES)
            preset_files.from_text(text)
            write_text(path, text)

        await in_daemon_thread(work)
        return len(chosen)

    def _looker(self, stand_in: str) -> Callable[[FoundPresets], tuple[PresetOffer, ...]]:
        """Return what looks at presets in a thread, with the state of this moment."""
        models = {model.id: model for model in self._catalogue.current.models}
        twins = {preset.name.casefold(): preset for preset in self._presets.current}
        settings, clock = self._settings.current, self._clock
        end = time.monotonic() + LOOK_SECONDS

        def offer(new: NewPreset, made_for: str) -> PresetOffer:
            twin = twins.get(new.name.casefold())
            variables: tuple[str, ...] = ()
            preview = None
            if time.monotonic() < end:
                variables = asked_for(new.form, clock)
                values = example_values(new.form, variables, clock)
                form = replace(new.form, values=values)
                preview = preview_of(form, models.get(form.model), settings, clock)
            return PresetOffer(
                new=new,
                variables=variables,
                preview=preview,
                made_for=made_for,
                twin=twin,
                is_same=twin is not None and preset_files.exported(twin) == new,
            )

        def look(found: FoundPresets) -> tuple[PresetOffer, ...]:
            if not found.is_foreign:
                return tuple(offer(new, "") for new in found.presets)
            fitted = (_with_known_model(new, models, stand_in) for new in found.presets)
            return tuple(offer(new, made_for) for new, made_for in fitted)

        return look


def _with_known_model(
    new: NewPreset, models: Mapping[str, Model], stand_in: str
) -> tuple[NewPreset, str]:
    """Return a preset with a model of the catalogue, and the one it named if that is another."""
    named = new.form.model
    if not models or named in models or not stand_in:
        return new, ""
    return replace(new, form=replace(new.form, model=stand_in)), named


def asked_for(form: PromptForm, clock: Clock) -> tuple[str, ...]:
    """Return the variables that a person fills in: not those that fill themselves in."""
    automatic = {*automatic_values(clock), "clipboard"}
    return tuple(name for name in form.variables() if name not in automatic)


def example_values(form: PromptForm, variables: Iterable[str], clock: Clock) -> dict[str, str]:
    """Return a value for each of a form's variables: its sample, its default, or one that fits."""
    found = dict(form.values)
    for name in variables:
        field = form.fields.get(name, PLAIN_FIELD)
        try:
            found |= completed((name,), {name: found.get(name, "")}, {name: field})
        except InputError:
            found[name] = ""
        if field.kind is FieldKind.IMAGE and image_of(found.get(name, "")) is None:
            found[name] = ""
        if found.get(name) or not field.is_required:
            continue
        match field.kind:
            case FieldKind.NUMBER:
                found[name] = "1"
            case FieldKind.CHOICE if field.choices:
                found[name] = field.choices[0]
            case FieldKind.IMAGE:
                found[name] = EXAMPLE
            case FieldKind.DATE:
                found[name] = automatic_values(clock)["today"]
            case _:
                found[name] = f"[{field.label or name}]"
    return found
