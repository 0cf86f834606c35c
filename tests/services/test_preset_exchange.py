"""Presets in and out through the workspace: looked at, added whole, written, never replaced."""

from __future__ import annotations

import asyncio
import json
import time
from dataclasses import replace
from pathlib import Path

import pytest

from novita_desktop.demo import DemoHost
from novita_desktop.domain import preset_files
from novita_desktop.domain.errors import FolderNotWritable
from novita_desktop.domain.image_values import image_of
from novita_desktop.domain.preset_file_refusal import PresetFileRefused
from novita_desktop.domain.presets import NewPreset
from novita_desktop.domain.prompt_form import PromptForm
from novita_desktop.domain.variable_fields import FieldKind, VariableField
from novita_desktop.services import preset_exchange
from novita_desktop.services.clock import Clock
from novita_desktop.services.preset_exchange import asked_for, example_values
from tests.services.stage import MODEL, OTHER_MODEL, open_stage

FORM = PromptForm(
    MODEL,
    message="Reply to {{ name }} on {{ today }}",
    inputs={"temperature": "0.2"},
    fields={"name": VariableField(FieldKind.LINE, "Their name")},
)
GREET = NewPreset("Greet", FORM, "Support", "Says hello")


def written(path: Path, *presets: NewPreset) -> Path:
    path.write_text(preset_files.to_text(presets), encoding="utf-8")
    return path


def test_a_file_is_looked_at_without_adding_or_running(tmp_path: Path, host: DemoHost) -> None:
    path = written(tmp_path / "a.novita.json", GREET)

    async def journey() -> None:
        async with open_stage(tmp_path / "data", host) as stage:
            offer = await stage.workspace.preset_exchange.read(path)
            assert offer.name == "a.novita.json"
            (found,) = offer.offers
            assert found.new == GREET
            assert found.variables == ("name",)
            assert found.twin is None
            body = json.loads(found.preview.body_json)
            assert body["messages"][0]["content"].startswith("Reply to [Their name] on 20")
            assert body["temperature"] == 0.2
            assert found.preview.estimate is not None
            assert stage.workspace.presets.current == ()
            await stage.workspace.preset_exchange.add([found.new])
            assert await stage.workspace.history.page(limit=10) == []
            assert host.chats == []

    asyncio.run(journey())


def test_one_that_is_there_already_is_named_and_never_replaced(
    tmp_path: Path, host: DemoHost
) -> None:
    other = replace(GREET, name="GREET", form=replace(FORM, message="Other"))
    path = written(tmp_path / "a.novita.json", other, NewPreset("New", FORM))

    async def journey() -> None:
        async with open_stage(tmp_path / "data", host) as stage:
            exchange = stage.workspace.preset_exchange
            (mine,) = await exchange.add([GREET])
            first, second = (await exchange.read(path)).offers
            assert (first.twin, first.is_same) == (mine, False)
            assert second.twin is None
            await exchange.add([first.new, second.new])
            names = {preset.name: preset.form.message for preset in stage.workspace.presets.current}
            assert names == {"Greet": FORM.message, "GREET 2": "Other", "New": FORM.message}
            same = (await exchange.read(written(path, GREET))).offers[0]
            assert same.is_same

    asyncio.run(journey())


def test_what_is_exported_can_be_imported_elsewhere(tmp_path: Path, host: DemoHost) -> None:
    path = tmp_path / "out.novita.json"

    async def journey() -> None:
        async with open_stage(tmp_path / "one", host) as stage:
            exchange = stage.workspace.preset_exchange
            added = await exchange.add([GREET, NewPreset("Other", FORM), NewPreset("Third", FORM)])
            ids = {preset.name: preset.id for preset in added}
            await stage.workspace.presets.keep_values(
                ids["Greet"], {"name": "private words"}, {"name": "private.txt"}
            )
            assert await exchange.save(path, [ids["Third"], ids["Greet"]]) == 2
            assert await exchange.save(tmp_path / "all.novita.json") == 3
        text = path.read_text(encoding="utf-8")
        assert "private words" not in text
        assert host.key not in text
        assert str(tmp_path) not in text
        async with open_stage(tmp_path / "two", host) as stage:
            offers = (await stage.workspace.preset_exchange.read(path)).offers
            assert {offer.new.name: offer.new for offer in offers} == {
                "Greet": GREET,
                "Third": NewPreset("Third", FORM),
            }

    asyncio.run(journey())


def test_an_export_that_fails_leaves_what_was_there(tmp_path: Path, host: DemoHost) -> None:
    path = tmp_path / "out.novita.json"
    path.write_text("before", encoding="utf-8")
    huge = NewPreset("Huge", PromptForm(MODEL, message="x" * 1_000_001))

    async def journey() -> None:
        async with open_stage(tmp_path / "data", host) as stage:
            exchange = stage.workspace.preset_exchange
            added = await exchange.add([huge, GREET])
            good = [preset.id for preset in added if preset.name == "Greet"]
            with pytest.raises(PresetFileRefused):
                await exchange.save(path)
            with pytest.raises(FolderNotWritable):
                await exchange.save(tmp_path / "gone" / "a.novita.json", good)

    asyncio.run(journey())
    assert path.read_text(encoding="utf-8") == "before"


@pytest.mark.parametrize(
    ("name", "data", "problem"),
    [
        ("a.novita.json", b"{", "not_json"),
        ("a.novita.json", b"[" * 1_000_000, "too_deep"),
        ("a.novita.json", b'{"format": "novita-presets", "version": 9}', "newer_version"),
        ("a.novita.json", b" " * 16_000_001, "too_large"),
        ("a.yaml", b"&a [*a]", "too_deep"),
        ("a.bin", b"MZ", "unknown_format"),
    ],
)
def test_a_hostile_file_changes_nothing_and_says_why(
    tmp_path: Path, host: DemoHost, name: str, data: bytes, problem: str
) -> None:
    path = tmp_path / name
    path.write_bytes(data)

    async def journey() -> None:
        async with open_stage(tmp_path / "data", host) as stage:
            await stage.workspace.preset_exchange.add([GREET])
            before = stage.workspace.presets.current
            with pytest.raises(PresetFileRefused) as caught:
                await stage.workspace.preset_exchange.read(path)
            assert (caught.value.problem, caught.value.file_name) == (problem, name)
            assert stage.workspace.presets.current == before

    asyncio.run(journey())


def test_other_programs_models_get_a_stand_in(tmp_path: Path, host: DemoHost) -> None:
    foreign, known = tmp_path / "a.yaml", tmp_path / "b.yaml"
    foreign.write_text("model: gpt-4o\nprompt: Hi $input", encoding="utf-8")
    known.write_text(f"model: {OTHER_MODEL}\nprompt: Hi $input", encoding="utf-8")

    async def journey() -> None:
        async with open_stage(tmp_path / "data", host) as stage:
            exchange = stage.workspace.preset_exchange
            await stage.workspace.catalogue.refresh()
            (found,) = (await exchange.read(foreign, MODEL)).offers
            assert (found.new.form.model, found.made_for) == (MODEL, "gpt-4o")
            (found,) = (await exchange.read(known, MODEL)).offers
            assert (found.new.form.model, found.made_for) == (OTHER_MODEL, "")
            strange = NewPreset("S", replace(FORM, model="nobody/knows"))
            (found,) = (await exchange.read(written(tmp_path / "c.json", strange), MODEL)).offers
            assert found.new.form.model == "nobody/knows"

    asyncio.run(journey())


def test_a_config_reads_only_what_lies_beside_it(tmp_path: Path, host: DemoHost) -> None:
    folder = tmp_path / "config"
    folder.mkdir()
    (tmp_path / "secret.txt").write_text("secret", encoding="utf-8")
    (folder / "a.txt").write_text("Hi {{ name }}", encoding="utf-8")
    (folder / "b.txt").write_bytes(b"\xff")
    config = folder / "promptfooconfig.yaml"
    config.write_text(
        "prompts: [file://a.txt, file://b.txt, file://../secret.txt]", encoding="utf-8"
    )

    async def journey() -> None:
        async with open_stage(tmp_path / "data", host) as stage:
            offer = await stage.workspace.preset_exchange.read(config)
            assert [found.new.form.message for found in offer.offers] == ["Hi {{ name }}"]
            assert [(o.reason.value, o.what) for o in offer.omissions] == [
                ("unreadable", "file://b.txt"),
                ("outside", "file://../secret.txt"),
            ]

    asyncio.run(journey())


def test_hostile_templates_do_not_keep_anybody_waiting(
    tmp_path: Path, host: DemoHost, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each takes a tenth of a second; what there is no time for can be added all the same."""
    monkeypatch.setattr(preset_exchange, "LOOK_SECONDS", 0.5)
    busy = "{{ a }}" + "{% assign b = a | sort | join: a %}" * 900
    presets = [NewPreset(f"P{n}", PromptForm(MODEL, message=busy)) for n in range(100)]
    path = written(tmp_path / "a.novita.json", *presets)

    async def journey() -> None:
        async with open_stage(tmp_path / "data", host) as stage:
            began = time.monotonic()
            offers = (await stage.workspace.preset_exchange.read(path)).offers
            assert time.monotonic() - began < 10
            assert [offer.new for offer in offers] == presets
            assert offers[0].preview is not None
            assert offers[-1].preview is None

    asyncio.run(journey())


def test_examples_fit_their_fields() -> None:
    form = PromptForm(
        message="{{ a }}{{ b }}{{ c }}{{ d }}{{ e }}{{ f }}{{ g }}{{ h }}{{ clipboard }}{{ now }}",
        values={"a": "mine", "b": "not a number"},
        fields={
            "b": VariableField(FieldKind.NUMBER),
            "c": VariableField(FieldKind.CHOICE, choices=("x", "y")),
            "d": VariableField(FieldKind.DATE),
            "e": VariableField(default="usual"),
            "f": VariableField(is_required=False),
            "h": VariableField(FieldKind.IMAGE),
        },
    )
    clock = Clock()
    variables = asked_for(form, clock)
    assert variables == ("a", "b", "c", "d", "e", "f", "g", "h")
    values = example_values(form, variables, clock)
    assert len(values.pop("d")) == 10
    assert image_of(values.pop("h")) is not None
    hostile = replace(form, values={"h": "no image"})
    assert image_of(example_values(hostile, ("h",), clock)["h"]) is not None
    assert values == {"a": "mine", "b": "1", "c": "x", "e": "usual", "f": "", "g": "[g]"}
