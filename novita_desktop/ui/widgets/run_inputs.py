"""What a stored request asked for, as facts that a person reads."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from novita_desktop.domain.input_values import RANGES
from novita_desktop.domain.requests import Role, RunRequest
from novita_desktop.ui import formatting
from novita_desktop.ui.input_messages import input_name
from novita_desktop.ui.widgets.fact_rows import Fact


def input_facts(request: RunRequest) -> list[Fact]:
    """Return the inputs that were sent, in the order of the form; what was not set is left out."""
    parameters = request.parameters
    facts = []
    for name in RANGES:
        value = getattr(parameters, name)
        if value is not None:
            text = formatting.whole(value) if isinstance(value, int) else repr(value)
            facts.append(Fact(input_name(name), text))
    if parameters.stop:
        facts.append(Fact(input_name("stop"), ", ".join(parameters.stop)))
    if parameters.response_format is not None:
        kind = parameters.response_format.kind.value
        facts.append(Fact(input_name("response_format"), format_name(kind)))
    if parameters.reasoning is not None:
        facts.append(Fact(input_name("reasoning"), parameters.reasoning.value))
    if parameters.reasoning_effort:
        facts.append(Fact(input_name("reasoning_effort"), parameters.reasoning_effort))
    if images := sum(len(message.images) for message in request.messages):
        facts.append(Fact(_tr("Images"), formatting.whole(images)))
    if request.extra:
        facts.append(Fact(_tr("Extra fields"), ", ".join(sorted(request.extra))))
    return facts


def format_name(kind: str) -> str:
    """Return a response format's wire name in words."""
    names = {
        "text": _tr("Text"),
        "json_object": _tr("Any JSON"),
        "json_schema": _tr("JSON schema"),
    }
    return names.get(kind, kind)


def asked_message(request: RunRequest, *, is_continued: bool) -> str:
    """Return what the person asked; the last message of a continued run is the program's."""
    if not is_continued:
        return request.message_text
    return next((m.text for m in request.messages if m.role is Role.USER), "")


def _tr(text: str) -> str:
    return QCoreApplication.translate("RunInputs", text)
