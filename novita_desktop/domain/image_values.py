"""Images as values of variables: each is a data URL, a text like any other value."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from novita_desktop.domain.errors import InputError
from novita_desktop.domain.records import record
from novita_desktop.domain.requests import IMAGE_TYPES, Image, image_in
from novita_desktop.domain.variable_fields import PLAIN_FIELD, FieldKind, VariableField

_BASE64: Final = re.compile(r"[A-Za-z0-9+/]+={0,2}")

EXAMPLE: Final = (
    "data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGA"
    "WjR9awAAAABJRU5ErkJggg=="
)
"""One pixel: stands for an image in the preview of a preset that is not added yet."""


@record(frozen=True, slots=True)
class GivenImages:
    """The images among the values of a form, and the values with words in their place."""

    images: tuple[Image, ...]
    values: Mapping[str, str]


def image_of(value: str) -> Image | None:
    """Return the image in a value, None when it holds none that can be sent."""
    image = image_in(value)
    if image is None or image.media_type not in IMAGE_TYPES:
        return None
    return image if _BASE64.fullmatch(image.base64) else None


def images_apart(
    values: Mapping[str, str], fields: Mapping[str, VariableField], before: int
) -> GivenImages:
    """Take the images out of `values`; the words in their place name them by their number.

    They go with the message behind `before` others, and hosts take images beside a text, not
    inside it: "Compare [image 1] with [image 2]" says which is meant. Raises InputError
    (`not_an_image`) for a value that is none.
    """
    found: list[Image] = []
    replaced = dict(values)
    for name, value in values.items():
        if not value or fields.get(name, PLAIN_FIELD).kind is not FieldKind.IMAGE:
            continue
        if (image := image_of(value)) is None:
            raise InputError(f"variable:{name}", "not_an_image")
        found.append(image)
        replaced[name] = f"[image {before + len(found)}]"
    return GivenImages(tuple(found), replaced)
