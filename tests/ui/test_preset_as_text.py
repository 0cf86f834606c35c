"""A preset as one text, for comparing."""

from __future__ import annotations

from dataclasses import replace

import pytest

from novita_desktop.domain.image_values import EXAMPLE
from novita_desktop.domain.presets import NewPreset
from novita_desktop.domain.prompt_form import PromptForm
from novita_desktop.domain.requests import Image, RetryPolicy, TimeLimits
from novita_desktop.domain.variable_fields import FieldKind, VariableField
from novita_desktop.ui.widgets.preset_as_text import field_words, kind_words, preset_as_text

FULL = PromptForm(
    "m",
    "One\nTwo",
    "Hi {{ a }}",
    {"temperature": "0.2"},
    {"a": "x"},
    (Image("image/png", "aGk="),),
    RetryPolicy.NONE,
    TimeLimits(1, 2, 3.5),
    {"a": VariableField(FieldKind.LINE, "A")},
)


def test_everything_that_a_preset_says_is_in_it(qapp) -> None:
    text = preset_as_text(NewPreset("N", FULL, "F", "D"))
    assert text == (
        "Description: D\nFolder: F\nModel: m\nSystem prompt:\nOne\nTwo\n\nMessage: Hi {{ a }}\n"
        "Temperature: 0.2\nField “a”: A · one line\nSample for “a”: x\nPictures: 1\n"
        "Retries: none\nTime limits in seconds: 1, 2, 3.5"
    )


@pytest.mark.parametrize(
    "change",
    [
        {"model": "n"},
        {"system": ""},
        {"message": "Ho"},
        {"inputs": {"temperature": "0.3"}},
        {"values": {}},
        {"images": ()},
        {"retry_policy": None},
        {"time_limits": None},
        {"fields": {}},
    ],
    ids=str,
)
def test_no_difference_is_hidden(qapp, change: dict[str, object]) -> None:
    other = replace(FULL, **change)
    assert preset_as_text(NewPreset("N", FULL)) != preset_as_text(NewPreset("N", other))


def test_tricks_with_the_direction_of_text_show(qapp) -> None:
    assert "\u202e" not in preset_as_text(NewPreset("N", PromptForm(message="a\u202eb")))


def test_an_image_is_told_and_not_written_out(qapp) -> None:
    field = VariableField(FieldKind.IMAGE, default=EXAMPLE)
    form = PromptForm(values={"photo": EXAMPLE}, fields={"photo": field})
    text = preset_as_text(NewPreset("N", form))
    assert "Sample for “photo”: an image of " in text
    assert "usually an image of " in text
    assert "base64" not in text


def test_a_field_in_words(qapp) -> None:
    field = VariableField(
        FieldKind.CHOICE, "L", "A hint", "x", is_required=False, choices=("x", "y")
    )
    assert field_words(field) == "choice · may stay empty · x, y · usually x · A hint"
    assert all(kind_words(kind) for kind in FieldKind)
