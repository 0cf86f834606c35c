"""What differs between a preset and a form, and how presets are named and found."""

from __future__ import annotations

from dataclasses import replace

from novita_desktop.domain.presets import (
    MOST_NAME_CHARACTERS,
    MOST_REMEMBERED_CHARACTERS,
    Preset,
    changed_inputs,
    folders_of,
    free_name,
    has_words,
    remembered_values,
    search_text,
    sections_of,
    tidy_name,
)
from novita_desktop.domain.prompt_form import PromptForm
from novita_desktop.domain.requests import PresetUse, RetryPolicy
from novita_desktop.domain.variable_fields import FieldKind, VariableField

FORM = PromptForm("m", "s", "Hello {{ a }}", {"temperature": "1"}, {"a": "x", "b": "y"})
PRESET = Preset(7, "Greet", FORM, "Support", "Says hello", last_values={"a": "z"}, version=3)


def test_a_preset_opens_as_a_copy_with_the_values_used_last() -> None:
    opened = PRESET.opened()
    assert opened.values == {"a": "z", "b": "y"}
    assert opened.preset == PresetUse(7, 3, "Greet")
    assert changed_inputs(FORM, opened) == ()
    assert changed_inputs(FORM, replace(FORM, sources={"a": "a.txt"})) == ()
    assert PRESET.form.values["a"] == "x"


def test_a_file_whose_text_was_not_remembered_is_to_be_chosen_again() -> None:
    preset = replace(PRESET, last_values={}, last_sources={"a": "large.log"})
    opened = preset.opened()
    assert opened.values == {"b": "y"}
    assert opened.sources == {"a": "large.log"}


def test_a_long_text_or_a_large_image_from_a_file_is_not_remembered() -> None:
    long = "x" * (MOST_REMEMBERED_CHARACTERS + 1)
    values = {"typed": long, "long": long, "short": long[1:], "photo": long}
    fields = dict.fromkeys(("long", "short"), VariableField(FieldKind.FILE))
    fields["photo"] = VariableField(FieldKind.IMAGE)
    found = remembered_values(PromptForm(values=values, fields=fields))
    assert list(found) == ["typed", "short"]


def test_changed_inputs_are_named() -> None:
    changed = replace(
        FORM,
        message="Bye",
        inputs={"top_p": "1"},
        fields={"a": VariableField(label="A")},
        retry_policy=RetryPolicy.NONE,
    )
    assert changed_inputs(FORM, changed) == (
        "message",
        "temperature",
        "top_p",
        "variable:a",
        "retry_policy",
    )


def test_names_are_tidy_and_free() -> None:
    assert tidy_name("  a\n b ") == "a b"
    assert len(tidy_name("x" * 500)) == MOST_NAME_CHARACTERS
    assert free_name("New", ["old"]) == "New"
    assert free_name("New", ["new", "NEW 2"]) == "New 3"


def test_presets_are_found_by_every_word() -> None:
    text = search_text(PRESET)
    assert has_words(text, "")
    assert has_words(text, "GREET supp")
    assert has_words(text, "hello says")
    assert not has_words(text, "greet marketing")


def test_sections_are_favourites_then_no_folder_then_folders_by_name() -> None:
    presets = [
        Preset(1, "a", FORM, "Work", position=2),
        Preset(2, "b", FORM, "Work", position=1),
        Preset(3, "c", FORM, "art"),
        Preset(4, "d", FORM),
        Preset(5, "e", FORM, "Work", is_favourite=True, position=9),
        Preset(6, "f", FORM, is_favourite=True, position=8),
    ]
    found = [(section.folder, [p.id for p in section.presets]) for section in sections_of(presets)]
    assert found == [(None, [6, 5]), ("", [4]), ("art", [3]), ("Work", [2, 1])]
    assert folders_of(presets) == ("art", "Work")
    assert sections_of([]) == ()
