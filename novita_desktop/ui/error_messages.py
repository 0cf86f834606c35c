"""What a person reads for each expected error, and the one thing they can do about it.

An error comes as an exception, or as the code and facts that were stored with a run; both get
the same words (`error_words`). The host's own words are under "Details".
"""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QCoreApplication

from novita_desktop.domain.errors import (
    ApiError,
    FeatureUnsupported,
    HostReply,
    InputError,
    KeychainTrouble,
    MaxTokensTooHigh,
    NovitaDesktopError,
    ParameterRefused,
    RunsMissing,
    StorageError,
)
from novita_desktop.domain.preset_file_refusal import PresetFileRefused
from novita_desktop.domain.records import record
from novita_desktop.domain.runs import RunError
from novita_desktop.domain.table_refusal import TableRefused
from novita_desktop.domain.visible_text import visible_text
from novita_desktop.ui import formatting
from novita_desktop.ui.error_words import ErrorAction, ErrorWords, error_words
from novita_desktop.ui.input_messages import input_name, input_problem
from novita_desktop.ui.preset_file_messages import file_problem
from novita_desktop.ui.table_messages import table_problem, table_title

BILLING_URL = "https://novita.ai/billing"
"""Novita's page for adding credit, as its documentation links it."""

FEATURE_PARAMETERS: Mapping[str, str] = {
    "structured-outputs": "response_format",
    "json-mode": "response_format",
    "reasoning": "reasoning",
    "function-calling": "tools",
    "vision": "images",
}
"""Which input asks for a feature that a model may lack; it can be left out with one click."""


@record(frozen=True, slots=True)
class ErrorText:
    """What is shown of an error.

    `action` is an `ErrorAction`, with `:PARAMETER` behind `run_without`; empty when there is
    nothing to press. `details` holds the host's own words and may be long.
    """

    title: str
    advice: str
    action: str = ""
    action_words: str = ""
    details: str = ""

    @property
    def sentence(self) -> str:
        """Title and advice on one line, for a notice."""
        return f"{self.title}. {self.advice}" if self.advice else self.title


def describe(error: NovitaDesktopError) -> ErrorText:
    """Return the words for an error that was raised."""
    if isinstance(error, InputError):
        return ErrorText(input_problem(error), "")
    if isinstance(error, TableRefused):
        return ErrorText(table_title(error), table_problem(error), details=error.detail)
    if isinstance(error, StorageError):
        return _with_place(error)
    if isinstance(error, KeychainTrouble):
        return _keychain_text(error)
    if isinstance(error, PresetFileRefused):
        return _preset_file_text(error)
    reply = error.reply if isinstance(error, ApiError) else HostReply(message=str(error))
    return _text(error.code, reply, _facts_of(error))


def describe_run_error(error: RunError) -> ErrorText:
    """Return the words for an error that is stored with a run or an attempt."""
    return _text(error.code, error.reply, dict(error.facts))


def _facts_of(error: NovitaDesktopError) -> dict[str, str]:
    match error:
        case ParameterRefused():
            return {"parameter": error.parameter}
        case FeatureUnsupported():
            return {"feature": error.feature}
        case MaxTokensTooHigh() if error.limit is not None:
            return {"limit": str(error.limit)}
        case _:
            return {}


def _text(code: str, reply: HostReply, facts: Mapping[str, str]) -> ErrorText:
    table = error_words()
    # A code that a newer version stored is shown as what it is at least: the host could not answer.
    words = table.get(code) or table[ApiError.code]
    parameter = _parameter_of(code, facts)
    action, action_words = words.action, words.action_words
    if code == FeatureUnsupported.code and parameter:
        action, action_words = ErrorAction.RUN_WITHOUT, _tr("Run without it")
    if action is ErrorAction.RUN_WITHOUT and not parameter:
        action = None
    named = _named(words, facts)
    return ErrorText(
        named.title,
        named.advice,
        f"{action}:{parameter}" if action is ErrorAction.RUN_WITHOUT else action or "",
        action_words if action else "",
        host_words(reply),
    )


def refused_input(error: RunError | None) -> str:
    """Return the wire name of the input that the host refused, empty when it named none."""
    return "" if error is None else _parameter_of(error.code, dict(error.facts))


def _parameter_of(code: str, facts: Mapping[str, str]) -> str:
    match code:
        case FeatureUnsupported.code:
            return FEATURE_PARAMETERS.get(facts.get("feature", ""), "")
        case MaxTokensTooHigh.code:
            return "max_tokens"
        case _:
            return facts.get("parameter", "")


def _named(words: ErrorWords, facts: Mapping[str, str]) -> ErrorWords:
    """Return the words with the names and figures of `facts` in them."""
    limit = facts.get("limit", "")
    places = {
        "feature": feature_name(facts.get("feature", "")),
        "parameter": input_name(facts.get("parameter", "")) or _tr("an input"),
        "limit": formatting.whole(int(limit)) if limit.isdecimal() else _tr("a smaller number"),
    }
    return ErrorWords(words.title.format(**places), words.advice.format(**places))


def feature_name(feature: str) -> str:
    """Return a host's name of a feature in words."""
    names = {
        "structured-outputs": _tr("this JSON response format"),
        "json-mode": _tr("JSON answers"),
        "function-calling": _tr("tools"),
        "vision": _tr("images"),
        "reasoning": _tr("the reasoning setting"),
    }
    return names.get(feature, feature) or _tr("something in the request")


def host_words(reply: HostReply) -> str:
    """Return everything the host said, for "Details"; empty when it said nothing."""
    lines = []
    if reply.status is not None:
        lines.append(f"HTTP {reply.status} {reply.reason}".rstrip())
    if reply.message:
        lines.append(reply.message)
    if reply.trace_id:
        lines.append(_tr("Trace id: {id}").format(id=reply.trace_id))
    if reply.body and reply.body != reply.message:
        lines.append(reply.body)
    return "\n".join(lines)


def _with_place(error: StorageError) -> ErrorText:
    text = _text(error.code, HostReply(message=str(error)), {})
    details = "\n".join(filter(None, (error.path, str(error))))
    advice = text.advice
    if isinstance(error, RunsMissing):
        counted = _tr("It holds {found} runs, and {expected} at the last end of the program.")
        found, expected = formatting.whole(error.found), formatting.whole(error.expected)
        advice = f"{counted.format(found=found, expected=expected)} {advice}"
    return ErrorText(text.title, advice, text.action, text.action_words, details)


def _preset_file_text(error: PresetFileRefused) -> ErrorText:
    text = _text(error.code, HostReply(), {})
    title = text.title
    if error.file_name:
        title = _tr("{file} cannot be imported").format(file=visible_text(error.file_name))
    return ErrorText(title, f"{file_problem(error)} {text.advice}")


def _keychain_text(error: KeychainTrouble) -> ErrorText:
    text = _text(error.code, HostReply(), {})
    reasons = {
        "missing": _tr("This computer has no keychain that the program can use."),
        "locked": _tr("The keychain is locked."),
        "no_answer": _tr("The keychain did not answer within five seconds."),
    }
    reason = reasons.get(error.problem, _tr("The keychain reported a problem."))
    return ErrorText(
        text.title, f"{reason} {text.advice}", text.action, text.action_words, str(error)
    )


def _tr(text: str) -> str:
    return QCoreApplication.translate("ErrorMessages", text)
