"""How a variable's field is asked for, in words."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from novita_desktop.domain.image_values import image_of
from novita_desktop.domain.variable_fields import FieldKind, VariableField
from novita_desktop.ui import formatting


def kind_words() -> dict[FieldKind, str]:
    """Return the words for every kind of field, in the order a person chooses from."""
    return {
        FieldKind.LINE: _tr("One line"),
        FieldKind.LINES: _tr("Many lines"),
        FieldKind.NUMBER: _tr("Number"),
        FieldKind.CHOICE: _tr("Choice from a list"),
        FieldKind.DATE: _tr("Date"),
        FieldKind.FILE: _tr("A file's text"),
        FieldKind.IMAGE: _tr("Image"),
    }


def value_words(field: VariableField, value: str) -> str:
    """Return a value as a person reads it: an image is told, not written out."""
    image = image_of(value) if field.kind is FieldKind.IMAGE else None
    if image is None:
        return value
    return _tr("an image of {size}").format(size=formatting.file_size(image.byte_count))


def field_words(field: VariableField) -> str:
    """Return everything about a field on one line, such as "One line · may stay empty"."""
    parts = [kind_words()[field.kind]]
    if field.label:
        parts.append(_tr("label “{words}”").format(words=field.label))
    if field.hint:
        parts.append(_tr("hint “{words}”").format(words=field.hint))
    if field.default:
        default = value_words(field, field.default)
        parts.append(_tr("if empty “{words}”").format(words=default))
    if not field.is_required:
        parts.append(_tr("may stay empty"))
    if field.choices:
        parts.append(_tr("choices: {words}").format(words=", ".join(field.choices)))
    return " · ".join(parts)


def _tr(text: str) -> str:
    return QCoreApplication.translate("FieldWords", text)
