"""A form as a text that people read and compare: each input with its name."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QLocale

from novita_desktop.domain.prompt_form import PromptForm
from novita_desktop.domain.requests import RetryPolicy, TimeLimits
from novita_desktop.ui.input_messages import input_name
from novita_desktop.ui.widgets.field_words import field_words


def form_words(form: PromptForm, description: str = "") -> str:
    """Return what a form holds, without the values of its variables.

    Inputs at the model's default are left out, as they are not sent.
    """
    texts = {"model": form.model, "system": form.system, "message": form.message, **form.inputs}
    blocks = [(_tr("Description"), description)]
    blocks += [(input_name(name), text) for name, text in texts.items()]
    blocks += [
        (_tr("Field of {name}").format(name=name), field_words(field))
        for name, field in form.fields.items()
    ]
    if form.images:
        count = QLocale().toString(len(form.images))
        blocks.append((input_name("images"), count))
    if form.retry_policy is not None:
        blocks.append((input_name("retry_policy"), policy_words()[form.retry_policy]))
    if form.time_limits is not None:
        blocks.append((input_name("time_limits"), _limits(form.time_limits)))
    return "\n\n".join(f"{name}\n{text}" for name, text in blocks if text.strip())


def policy_words() -> dict[RetryPolicy, str]:
    """Return the words for every retry policy."""
    return {
        RetryPolicy.DEFAULT: _tr("Default: up to 5 attempts, seconds apart"),
        RetryPolicy.PATIENT: _tr("Patient: up to 5 attempts, minutes apart"),
        RetryPolicy.NONE: _tr("None: one attempt"),
    }


def _limits(limits: TimeLimits) -> str:
    words = _tr("connection {connect} s, first word {first} s, between words {silence} s")
    number = QLocale().toString
    return words.format(
        connect=number(limits.connect_seconds),
        first=number(limits.first_word_seconds),
        silence=number(limits.silence_seconds),
    )


def _tr(text: str) -> str:
    return QCoreApplication.translate("FormWords", text)
