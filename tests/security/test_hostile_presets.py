"""Files of presets are written by strangers: refused with the reason, or shown as they are."""

from __future__ import annotations

import json
import os

from novita_desktop.domain import preset_files
from novita_desktop.domain.presets import NewPreset
from novita_desktop.domain.prompt_form import PromptForm
from novita_desktop.domain.variable_fields import FieldKind, VariableField

SCENE = "tests.security.preset_scenes:open_hostile_presets"
ALLOWED_LATENESS_MS = 400
"""On a busy machine; the sheet itself is built in this time, once."""

BOMB = "{% for i in (1..9999) %}{% for j in (1..9999) %}{{ a | append: a }}{% endfor %}{% endfor %}"
REFUSED: dict[str, tuple[bytes, str]] = {
    "depth.json": (b"[" * 5_000_000, "nested deeper"),
    "huge.json": (b" " * 17_000_000, "larger than"),
    "blanks.json": (b" " * 15_000_000 + b"{}", "not JSON"),
    "values.json": (b"[" + b"0," * 1_200_000 + b"0]", "holds more than"),
    "cut.novita.json": (b'{"format": "novita-presets", "ver', "not JSON"),
    "twice.novita.json": (b'{"format": "novita-presets", "version": 1, "version": 2}', "twice"),
    "newer.novita.json": (b'{"format": "novita-presets", "version": 2}', "newer version"),
    "names.novita.json": (
        b'{"format":"novita-presets","version":1,"presets":[{"name":"a"},{"name":"A"}]}',
        "same name",
    ),
    "half.novita.json": (
        b'{"format":"novita-presets","version":1,"presets":[{"name":"a","message":"\\ud800"}]}',
        "half of a character",
    ),
    "nan.novita.json": (b'{"format": "novita-presets", "version": NaN}', "not JSON"),
    "code.yaml": (b"!!python/object/apply:os.system ['true']", "not YAML"),
    "bomb.yaml": (
        b"a: &a [x,x,x,x,x,x,x,x,x]\n"
        + b"".join(
            b"%c: &%c [%s]\n" % (98 + n, 98 + n, b",".join([b"*%c" % (97 + n)] * 9))
            for n in range(9)
        ),
        "holds more than",
    ),
    "self.yaml": (b"&a [*a]", "nested deeper"),
    "program.exe": (b"MZ\0\0", "not text"),
    "empty.json": (b"", "empty"),
}


def nasty_presets() -> list[NewPreset]:
    """Return presets that are in the format, and hostile all the same."""
    big = "x" * 900_000
    return [
        NewPreset("\u202eelif.exe\u2066", PromptForm("m", message="Hi"), "../../etc", "\0\x1b[2J"),
        NewPreset("bomb", PromptForm("m", message=BOMB, values={"a": big})),
        NewPreset("names", PromptForm("m" * 900, message="{{ " + "a" * 190 + " }}")),
        NewPreset("large", PromptForm("m", big, big, values={"a": big})),
        NewPreset(
            "fields",
            PromptForm(
                "m",
                message="{{ a }}",
                fields={
                    "a": VariableField(
                        FieldKind.CHOICE,
                        "L" * 2_000,
                        "h" * 2_000,
                        "c" * 900_000,
                        choices=tuple(f"{n}" * 400 for n in range(200)),
                    )
                },
            ),
        ),
        *(NewPreset(f"many {n}", PromptForm("m", message=f"{{{{ a{n} }}}}")) for n in range(700)),
    ]


def test_hostile_files_change_nothing_and_say_why(play, tmp_path):
    folder = tmp_path / "files"
    folder.mkdir()
    for name, (data, _) in REFUSED.items():
        (folder / name).write_bytes(data)
    (folder / "nasty.novita.json").write_text(preset_files.to_text(nasty_presets()), "utf-8")
    reasons = {name: reason for name, (_, reason) in REFUSED.items()}
    if hasattr(os, "mkfifo"):
        os.mkfifo(folder / "pipe.json")
        reasons["pipe.json"] = "no file"
    told = json.loads(play(SCENE, "--demo", SCENE_FILES=str(folder)))
    said = told["said"]
    assert said.pop("nasty.novita.json") == "shown"
    assert set(said) == set(reasons)
    for name, reason in reasons.items():
        assert reason in said[name], name
        assert "Nothing was added or changed." in said[name]
    assert (told["presets"], told["runs"]) == (0, 0)
    assert [address for address in told["connected"] if "127.0.0.1" not in address] == []
    assert told["late_ms"] < ALLOWED_LATENESS_MS
