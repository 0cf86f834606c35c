"""What will be sent and what it will cost, while the form is being filled in."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import UTC, datetime

from novita_desktop.domain.catalogue import SUGGESTED_MAX_TOKENS, Model
from novita_desktop.domain.costs import TOKENS_PER_IMAGE, Estimate, estimate, estimated_tokens
from novita_desktop.domain.errors import InputError
from novita_desktop.domain.partial_messages import partial_messages
from novita_desktop.domain.prompt_form import PromptForm, RunDefaults, resolve
from novita_desktop.domain.records import record
from novita_desktop.domain.request_body import body_of
from novita_desktop.domain.requests import RetryPolicy, RunRequest, TimeLimits
from novita_desktop.domain.settings import Settings
from novita_desktop.services.clock import Clock

CLIPBOARD_PLACE = "[clipboard]"
"""Stands for the clipboard in previews: it is read only when the person presses Run."""


@record(frozen=True, slots=True)
class Preview:
    """The exact JSON that would be sent, without the key, and what it would cost.

    With a `problem` the form cannot be sent as it is: `body_json` is empty then, `estimate` None,
    and `partial_json` has a body with its messages alone, as far as they can be filled in.
    """

    body_json: str = ""
    estimate: Estimate | None = None
    problem: InputError | None = None
    partial_json: str = ""


def defaults_of(settings: Settings) -> RunDefaults:
    """Return what the settings say for requests that name nothing themselves."""
    return RunDefaults(
        RetryPolicy(settings.retry_policy),
        TimeLimits(
            connect_seconds=settings.connect_seconds,
            first_word_seconds=settings.first_word_seconds,
            silence_seconds=settings.silence_seconds,
        ),
    )


def automatic_values(clock: Clock, clipboard: str | None = None) -> Mapping[str, str]:
    """Return the variables that fill themselves in: `today`, `now`, `user`, `clipboard`.

    Dates are local and in ISO 8601, which every model reads alike. Without a clipboard's text
    its variable is left out, so that using it is an error that names it.
    """
    local = datetime.fromtimestamp(clock.now() / 1_000_000, UTC).astimezone()
    values = {
        "today": local.date().isoformat(),
        "now": local.isoformat(sep=" ", timespec="minutes")[:16],
        "user": _user_name(),
    }
    if clipboard is not None:
        values["clipboard"] = clipboard
    return values


def request_of_form(
    form: PromptForm,
    model: Model | None,
    settings: Settings,
    clock: Clock,
    clipboard: str | None = None,
) -> RunRequest:
    """Return the request to submit when the person presses Run.

    `clipboard` is its text at that moment. Raises InputError naming the first input that is
    missing or wrong.
    """
    return resolve(form, model, defaults_of(settings), automatic_values(clock, clipboard))


def preview_of(
    form: PromptForm,
    model: Model | None,
    settings: Settings,
    clock: Clock | None = None,
    *,
    usual_answer: int | None = None,
) -> Preview:
    """Return what running a form would send now.

    `model` is the catalogue's row for the form's model, None when the catalogue lacks it.
    `usual_answer` is how many tokens its answers usually have, None when unknown.
    """
    clock = clock or Clock()
    try:
        request = request_of_form(form, model, settings, clock, CLIPBOARD_PLACE)
    except InputError as problem:
        messages = partial_messages(form, automatic_values(clock, CLIPBOARD_PLACE))
        partial = body_of(RunRequest(model="", messages=messages))
        return Preview(problem=problem, partial_json=json.dumps(partial, ensure_ascii=False))
    body = json.dumps(body_of(request), ensure_ascii=False, indent=2)
    return Preview(body, estimate_of(request, model, usual_answer))


async def preview(
    form: PromptForm,
    model: Model | None,
    settings: Settings,
    clock: Clock | None = None,
    *,
    usual_answer: int | None = None,
) -> Preview:
    """Return what `preview_of` does, for a call across the bridge."""
    return preview_of(form, model, settings, clock, usual_answer=usual_answer)


def estimate_of(
    request: RunRequest, model: Model | None, usual_answer: int | None = None
) -> Estimate:
    """Return about how many tokens a request has, and its price range."""
    prompt = sum(
        estimated_tokens(message.text) + len(message.images) * TOKENS_PER_IMAGE
        for message in request.messages
    )
    most = request.parameters.max_tokens or SUGGESTED_MAX_TOKENS
    return estimate(prompt, most, model.prices if model else None, usual_answer)


def _user_name() -> str:
    import getpass  # noqa: PLC0415  # for the few forms that use it

    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):
        return ""  # a system without user names, such as a container
