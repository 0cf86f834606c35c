"""A preset as one text to read, so that two of them can be compared word by word."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from novita_desktop.domain.presets import NewPreset
from novita_desktop.domain.variable_fields import PLAIN_FIELD, FieldKind, VariableField
from novita_desktop.domain.visible_text import visible_text
from novita_desktop.ui import formatting
from novita_desktop.ui.input_messages import input_name
from novita_desktop.ui.widgets.field_words import value_words

MOST_CHARACTERS = 200_000
"""What lies behind is not compared; nobody would read so far."""


def preset_as_text(preset: NewPreset) -> str:
    """Return everything that a preset says, under the names that the form has for it."""
    form = preset.form
    parts = [
        _line(_tr("Description"), preset.description),
        _line(_tr("Folder"), preset.folder),
        _line(input_name("model"), form.model),
        _line(input_name("system"), form.system),
        _line(input_name("message"), form.message),
        *(_line(input_name(name), text) for name, text in form.inputs.items()),
        *(
            _line(
                _tr("Field “{name}”").format(name=name),
                " · ".join(filter(None, (field.label, field_words(field)))),
            )
            for name, field in form.fields.items()
        ),
        *(
            _line(
                _tr("Sample for “{name}”").format(name=name),
                value_words(form.fields.get(name, PLAIN_FIELD), text),
            )
            for name, text in form.values.items()
        ),
    ]
    if form.images:
        parts.append(_line(_tr("Pictures"), formatting.whole(len(form.images))))
    if form.retry_policy is not None:
        parts.append(_line(_tr("Retries"), form.retry_policy.value))
    if form.time_limits is not None:
        limits = form.time_limits
        seconds = (limits.connect_seconds, limits.first_word_seconds, limits.silence_seconds)
        parts.append(_line(_tr("Time limits in seconds"), ", ".join(f"{s:g}" for s in seconds)))
    return visible_text("\n".join(filter(None, parts))[:MOST_CHARACTERS])


def field_words(field: VariableField) -> str:
    """Return how a variable is asked for, on one line, without its label."""
    words = [kind_words(field.kind)]
    if not field.is_required:
        words.append(_tr("may stay empty"))
    if field.choices:
        words.append(", ".join(field.choices))
    if field.default:
        words.append(_tr("usually {default}").format(default=value_words(field, field.default)))
    if field.hint:
        words.append(field.hint)
    return " · ".join(words)


def kind_words(kind: FieldKind) -> str:
    """Return what a kind of field takes."""
    return {
        FieldKind.LINE: _tr("one line"),
        FieldKind.LINES: _tr("many lines"),
        FieldKind.NUMBER: _tr("number"),
        FieldKind.CHOICE: _tr("choice"),
        FieldKind.DATE: _tr("date"),
        FieldKind.FILE: _tr("a file's text"),
        FieldKind.IMAGE: _tr("image"),
    }.get(kind, kind.value)


def _line(name: str, text: str) -> str:
    if not text:
        return ""
    return f"{name}:\n{text}\n" if "\n" in text else f"{name}: {text}"


def _tr(text: str) -> str:
    return QCoreApplication.translate("PresetAsText", text)
