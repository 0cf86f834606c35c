"""Every starter preset is well made, fits the host's list of models, and runs."""

from __future__ import annotations

import asyncio
import json
from dataclasses import replace
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from novita_desktop.demo import DemoHost
from novita_desktop.domain import preset_files
from novita_desktop.domain.catalogue import Ability
from novita_desktop.domain.json_schemas import verdict_on
from novita_desktop.domain.presets import NewPreset
from novita_desktop.domain.runs import RunStatus
from novita_desktop.domain.settings import Settings
from novita_desktop.domain.variable_fields import FieldKind, check
from novita_desktop.services.clock import Clock
from novita_desktop.services.preview import preview_of, request_of_form
from tests.services.stage import open_stage

ROOT = Path(__file__).parents[2]
FILES = sorted((ROOT / "resources" / "presets").iterdir())
STARTERS = [
    preset for path in FILES for preset in preset_files.from_text(path.read_text(encoding="utf-8"))
]
SCHEMA = json.loads((ROOT / "docs" / "preset.schema.json").read_text(encoding="utf-8"))
each_starter = pytest.mark.parametrize("preset", STARTERS, ids=lambda preset: preset.name)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_the_files_are_in_the_documented_format(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    Draft202012Validator(SCHEMA).validate(json.loads(text))
    assert preset_files.to_text(preset_files.from_text(text)) == text


def test_there_are_enough_for_people_of_many_trades() -> None:
    assert len(STARTERS) >= 20
    assert len({preset.folder for preset in STARTERS}) >= 8
    names = [preset.name.casefold() for preset in STARTERS]
    assert len(set(names)) == len(names)
    assert {
        kind
        for preset in STARTERS
        for field in preset.form.fields.values()
        for kind in [field.kind]
    } == set(FieldKind)


@each_starter
def test_every_field_is_explained_and_has_a_sample(preset: NewPreset) -> None:
    form = preset.form
    assert preset.description.endswith(".")
    assert set(form.variables()) == set(form.fields)
    assert set(form.values) <= set(form.fields)
    for name, field in form.fields.items():
        assert field.label
        assert field.default in field.choices or field.kind is not FieldKind.CHOICE
        sample = form.values.get(name, "") or field.default
        assert sample or not field.is_required
        if sample:
            check(name, sample, field)


@each_starter
def test_what_may_stay_empty_leaves_no_gap(preset: NewPreset) -> None:
    form = preset.form
    needed = {
        name: form.values.get(name, "") for name, field in form.fields.items() if field.is_required
    }
    found = preview_of(replace(form, values=needed), None, Settings())
    assert found.problem is None
    message = json.loads(found.body_json)["messages"][-1]["content"]
    text = message if isinstance(message, str) else message[0]["text"]
    assert "\n\n\n" not in text
    assert "  " not in text
    assert not text.startswith("\n")


def test_each_runs_with_its_samples(tmp_path: Path, host: DemoHost) -> None:
    async def journey() -> None:
        async with open_stage(tmp_path, host) as stage:
            workspace = stage.workspace
            await workspace.catalogue.refresh()
            models = {model.id: model for model in workspace.catalogue.current.models}
            offer = await workspace.preset_exchange.starters()
            assert [each.new for each in offer.offers] == STARTERS
            for each in offer.offers:
                assert each.preview is not None
                assert each.preview.problem is None, each.new.name
                assert each.preview.estimate is not None
                assert (each.preview.estimate.likely_units or 0) > 0
            added = await workspace.preset_exchange.add(STARTERS)
            assert len(added) == len(STARTERS)
            for preset in added:
                form = preset.opened()
                model = models[form.model]
                kinds = {field.kind for field in form.fields.values()}
                wanted = {Ability.VISION} if form.images or FieldKind.IMAGE in kinds else set()
                if "response_schema" in form.inputs:
                    wanted.add(Ability.JSON)
                assert not model.is_retired, preset.name
                assert wanted <= model.abilities, preset.name
                request = request_of_form(form, model, workspace.settings.current, Clock())
                started = await workspace.runs.submit(request)
                ended = await stage.watch.ended(started.id)
                assert ended.status is RunStatus.SUCCEEDED, preset.name
                assert ended.preset_name == preset.name
                detail = await stage.detail(started.id)
                assert detail.text.strip(), preset.name
                schema = form.inputs.get("response_schema", "")
                if schema:
                    assert verdict_on(detail.text, schema).problem == "", preset.name

    asyncio.run(journey())
