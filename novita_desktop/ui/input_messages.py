"""What is wrong with a value in the form, in a sentence that names the input and its limits."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QLocale

from novita_desktop.domain.errors import InputError
from novita_desktop.domain.input_values import RANGES

MOST_WHOLE = 2**53
"""Whole numbers from here on are not exact as fractions."""

VARIABLE = "variable:"
"""How the field of a variable's value begins; the variable's name follows."""


def input_name(field: str) -> str:
    """Return the words that stand beside the input with this wire name."""
    if field.startswith(VARIABLE):
        return field.removeprefix(VARIABLE)
    names = {
        "model": _tr("Model"),
        "message": _tr("Message"),
        "system": _tr("System prompt"),
        "temperature": _tr("Temperature"),
        "max_tokens": _tr("Max tokens"),
        "top_p": _tr("Top P"),
        "response_format": _tr("Response format"),
        "response_schema": _tr("The JSON schema"),
        "stop": _tr("Stop sequences"),
        "seed": _tr("Seed"),
        "frequency_penalty": _tr("Frequency penalty"),
        "presence_penalty": _tr("Presence penalty"),
        "repetition_penalty": _tr("Repetition penalty"),
        "top_k": _tr("Top K"),
        "min_p": _tr("Min P"),
        "reasoning": _tr("Reasoning"),
        "reasoning_effort": _tr("Reasoning effort"),
        "extra": _tr("Extra fields"),
        "images": _tr("Images"),
        "retry_policy": _tr("When it fails, try again"),
        "time_limits": _tr("Time limits"),
    }
    return names.get(field, field)


def input_problem(error: InputError) -> str:
    """Return what is wrong, such as "Temperature must be a number from 0 to 2."."""
    name = input_name(error.field)
    match error.problem:
        case "missing":
            return _missing(error, name)
        case "not_a_number" | "out_of_range" if error.field in RANGES:
            return _range_sentence(error, name)
        case "out_of_range":
            return _tr("{name} is too long: at most {high} characters.").format(
                name=name, high=_number(error.high)
            )
        case "bad_choice":
            return _tr("{name} cannot be “{given}”. It can be: {choices}.").format(
                name=name, given=error.given, choices=error.detail
            )
        case "bad_json":
            return _tr("{name} is not a JSON object ({detail}).").format(
                name=name, detail=error.detail
            )
        case "bad_schema":
            return _tr("{name} is not a valid JSON schema ({detail}).").format(
                name=name, detail=error.detail
            )
        case "too_many":
            return _tr("{name}: at most {high}, one on each line. There are {given}.").format(
                name=name, high=_number(error.high), given=_number(error.given)
            )
        case _:
            return _other_problem(error, name)


def _missing(error: InputError, name: str) -> str:
    if error.field.startswith(VARIABLE):
        return _tr("The field “{name}” is empty. Fill it in, then run.").format(name=name)
    if error.field == "model":
        return _tr("Choose a model first.")
    if error.field == "message":
        return _tr("Write a message first.")
    if error.field in RANGES:
        return _range_sentence(error, name)
    return _tr("{name} is empty.").format(name=name)


def _range_sentence(error: InputError, name: str) -> str:
    allowed = RANGES[error.field]
    if allowed.is_whole:
        sentence = _tr("{name} must be a whole number from {low} to {high}.")
    elif allowed.low_is_inside:
        sentence = _tr("{name} must be a number from {low} to {high}.")
    else:
        sentence = _tr("{name} must be a number above {low}, up to {high}.")
    return sentence.format(name=name, low=_number(error.low), high=_number(error.high))


def _other_problem(error: InputError, name: str) -> str:
    match error.problem:
        case "not_a_number":
            return _tr("“{name}” must be a number; it has “{given}”.").format(
                name=name, given=error.given
            )
        case "not_an_image":
            return _tr("“{name}” has no image that can be sent. Choose one.").format(name=name)
        case "not_a_date":
            return _tr("“{name}” must be a date such as 2026-01-31; it has “{given}”.").format(
                name=name, given=error.given
            )
        case _:
            return _template_problem(error, name)


def _template_problem(error: InputError, name: str) -> str:
    if error.problem == "template_too_large":
        return _tr("{name} grows too large when its fields are filled in.").format(name=name)
    from novita_desktop.domain.visible_text import visible_text  # noqa: PLC0415  # when wanted
    from novita_desktop.ui.template_messages import template_reason  # noqa: PLC0415  # likewise

    sentence = _tr("{name} has a mistake in {mark}: {reason}.")
    mark = visible_text(error.given) or _tr("a {{ field }}")
    return sentence.format(name=name, mark=mark, reason=template_reason(error.detail))


def _number(text: str) -> str:
    """Return a limit in the locale's digits; long whole numbers get separators."""
    locale = QLocale()
    try:
        # As a whole number first: the largest seed would be rounded up, beyond what Qt can write.
        return locale.toString(int(text))
    except (ValueError, OverflowError):
        pass
    try:
        number = float(text)
    except ValueError:
        return text
    is_whole = number.is_integer() and abs(number) < MOST_WHOLE
    return locale.toString(int(number)) if is_whole else locale.toString(number)


def _tr(text: str) -> str:
    return QCoreApplication.translate("InputMessages", text)
