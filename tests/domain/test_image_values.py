"""Images are values of variables, and go beside the message that names them."""

from __future__ import annotations

import pytest

from novita_desktop.domain.errors import InputError
from novita_desktop.domain.image_values import EXAMPLE, image_of, images_apart
from novita_desktop.domain.prompt_form import PromptForm, RunDefaults, resolve
from novita_desktop.domain.requests import Image
from novita_desktop.domain.variable_fields import FieldKind, VariableField

IMAGE = VariableField(FieldKind.IMAGE)
MAYBE = VariableField(FieldKind.IMAGE, is_required=False)
RED, BLUE = Image("image/png", "UkVE"), Image("image/jpeg", "QkxVRQ==")


@pytest.mark.parametrize(
    "value",
    ["", "a photo", "data:image/svg+xml;base64,UkVE", "data:image/png;base64,", RED.data_url + "?"],
)
def test_only_pictures_that_hosts_take_are_images(value: str) -> None:
    assert image_of(value) is None


def test_a_data_url_is_an_image() -> None:
    assert image_of(BLUE.data_url) == BLUE
    assert image_of(EXAMPLE) is not None


def test_words_stand_in_the_place_of_images_behind_those_of_the_message() -> None:
    values = {"a": RED.data_url, "b": "text", "c": BLUE.data_url, "d": ""}
    found = images_apart(values, {"a": IMAGE, "c": IMAGE, "d": MAYBE}, before=2)
    assert found.images == (RED, BLUE)
    assert found.values == {"a": "[image 3]", "b": "text", "c": "[image 4]", "d": ""}


def test_a_form_sends_the_images_of_its_variables_once_and_keeps_no_copy_of_them() -> None:
    form = PromptForm(
        "m",
        message="Is {{ new }} like {{ old }}? Look at {{ new }}. {{ more }}",
        values={"old": RED.data_url, "new": BLUE.data_url, "gone": RED.data_url},
        images=(Image("image/gif", "R0lG"),),
        fields={"old": IMAGE, "new": IMAGE, "more": MAYBE, "gone": IMAGE},
    )
    request = resolve(form, None, RunDefaults())
    assert request.message_text == "Is [image 2] like [image 3]? Look at [image 2]. "
    assert request.messages[-1].images == (*form.images, BLUE, RED)
    assert request.variables == {"new": "[image 2]", "old": "[image 3]", "more": ""}


def test_an_image_that_is_missing_or_none_names_its_field() -> None:
    form = PromptForm("m", message="{{ photo }}", fields={"photo": IMAGE})
    for value, problem in (("", "missing"), ("a text", "not_an_image")):
        with pytest.raises(InputError) as caught:
            resolve(
                PromptForm("m", message=form.message, values={"photo": value}, fields=form.fields)
                if value
                else form,
                None,
                RunDefaults(),
            )
        assert (caught.value.field, caught.value.problem) == ("variable:photo", problem)
