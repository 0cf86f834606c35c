"""What stands in the prompt form, and how it becomes a request.

Every input has three states: *model default* (None here: not sent), *set* (a value written out)
and *from a variable* (a text with `{{ name }}`, filled in before it is parsed). Both of the last
are texts, so that a value mapped from a variable is parsed, and refused, in the same words.
`input_values.py` parses them.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import field, replace
from typing import Final

from novita_desktop.domain import json_schemas, templates
from novita_desktop.domain.catalogue import SUGGESTED_MAX_TOKENS, Model
from novita_desktop.domain.errors import InputError
from novita_desktop.domain.image_values import GivenImages, images_apart
from novita_desktop.domain.input_values import (
    RANGES,
    parsed_choice,
    parsed_number,
    parsed_object,
    parsed_stop,
    stop_text,
)
from novita_desktop.domain.json_values import JsonObject, JsonValue
from novita_desktop.domain.records import record
from novita_desktop.domain.requests import (
    FormatKind,
    Image,
    Message,
    Parameters,
    PresetUse,
    Reasoning,
    ResponseFormat,
    RetryPolicy,
    Role,
    RunRequest,
    TimeLimits,
)
from novita_desktop.domain.variable_fields import (
    VariableField,
    completed,
    fields_from_saved,
    fields_to_saved,
)

_BRACES_MAY_STAND_ALONE: Final = frozenset({"stop", "response_schema", "extra"})

LONGEST_LIMIT_SECONDS: Final = 86_400.0
"""A saved time limit above a day is taken for damage."""


@record(frozen=True, slots=True)
class PromptForm:
    """Everything in the form, as typed.

    `inputs` maps an input's wire name to its text; a name that is missing stands for *model
    default*. Names: those of RANGES and CHOICES, and `reasoning_effort`, `response_schema` (JSON
    text), `stop` (one sequence per line), `extra` (a JSON object). `values` holds the variables'
    values, `fields` how each is asked for, `sources` the names of the files that values came from.
    `images` go with the message. `preset` is what the form was opened from.
    """

    model: str = ""
    system: str = ""
    message: str = ""
    inputs: Mapping[str, str] = field(default_factory=dict)
    values: Mapping[str, str] = field(default_factory=dict)
    images: tuple[Image, ...] = ()
    retry_policy: RetryPolicy | None = None
    time_limits: TimeLimits | None = None
    fields: Mapping[str, VariableField] = field(default_factory=dict)
    preset: PresetUse | None = None
    sources: Mapping[str, str] = field(default_factory=dict)

    def with_input(self, name: str, text: str | None) -> PromptForm:
        """Return the form with one input set, or back at the model's default (None)."""
        inputs = {key: value for key, value in self.inputs.items() if key != name}
        if text is not None:
            inputs[name] = text
        return replace(self, inputs=inputs)

    def variables(self) -> tuple[str, ...]:
        """Return the names of all variables in the form, in the order they first appear.

        A text whose template is broken adds none; running it names the fault.
        """
        texts = (self.model, self.system, self.message, *self.inputs.values())
        found: dict[str, None] = {}
        for text in texts:
            try:
                found.update(dict.fromkeys(templates.variables_of(text)))
            except InputError:
                continue
        return tuple(found)


@record(frozen=True, slots=True)
class RunDefaults:
    """What the settings say for requests that name nothing themselves."""

    retry_policy: RetryPolicy = RetryPolicy.DEFAULT
    time_limits: TimeLimits = field(default_factory=TimeLimits)


def resolve(
    form: PromptForm,
    model: Model | None,
    defaults: RunDefaults,
    automatic: Mapping[str, str] | None = None,
) -> RunRequest:
    """Return the request that the form stands for, with every variable filled in.

    `model` is the catalogue's row for the form's model, None when the catalogue lacks it.
    `automatic` holds automatic variables (`today`, `now`, ...); typed values win over them.
    Raises InputError naming the first input that is missing or wrong.
    """
    given = _given(form)
    values = {**(automatic or {}), **given.values}
    images = (*form.images, *given.images)
    model_id = templates.fill(form.model, values, field="model").strip()
    if not model_id:
        raise InputError("model", "missing")
    system = templates.fill(form.system, values, field="system")
    message = templates.fill(form.message, values, field="message")
    if not message.strip() and not images:
        raise InputError("message", "missing")
    filled = {
        name: _filled(name, text, values).strip(" \t\r\n" if name != "stop" else "")
        for name, text in form.inputs.items()
    }
    messages = [Message(Role.SYSTEM, system)] if system.strip() else []
    messages.append(Message(Role.USER, message, images))
    return RunRequest(
        model=model_id,
        messages=tuple(messages),
        parameters=_parameters_of(filled, model),
        extra=parsed_object("extra", filled.get("extra", "")),
        retry_policy=form.retry_policy or defaults.retry_policy,
        time_limits=form.time_limits or defaults.time_limits,
        preset=form.preset,
        variables={name: values[name] for name in form.variables() if name in values},
    )


def _given(form: PromptForm) -> GivenImages:
    """Return what the form's fields give, defaults included. Raises InputError."""
    if not form.fields:
        return GivenImages((), form.values)
    names = form.variables()
    values = completed(names, form.values, form.fields)
    used = {name: values[name] for name in names if name in values}
    return images_apart(used, form.fields, len(form.images))


def _filled(name: str, text: str, values: Mapping[str, str]) -> str:
    """Return an input's text, filled in; an unfinished `{{` is a stop sequence like any other."""
    if name in _BRACES_MAY_STAND_ALONE and not templates.has_whole_marks(text):
        return text
    return templates.fill(text, values, field=name)


def _parameters_of(filled: Mapping[str, str], model: Model | None) -> Parameters:
    numbers = {name: parsed_number(name, filled[name]) for name in RANGES if name in filled}
    limit = model.output_limit if model else None
    max_tokens = numbers.get("max_tokens")
    if max_tokens is None:
        max_tokens = model.suggested_max_tokens if model else SUGGESTED_MAX_TOKENS
    elif limit is not None and max_tokens > limit:
        raise InputError(
            "max_tokens", "out_of_range", given=filled["max_tokens"], low="1", high=str(limit)
        )
    return Parameters(
        temperature=numbers.get("temperature"),
        top_p=numbers.get("top_p"),
        max_tokens=int(max_tokens),
        stop=parsed_stop(filled.get("stop", "")),
        seed=_whole(numbers.get("seed")),
        frequency_penalty=numbers.get("frequency_penalty"),
        presence_penalty=numbers.get("presence_penalty"),
        repetition_penalty=numbers.get("repetition_penalty"),
        top_k=_whole(numbers.get("top_k")),
        min_p=numbers.get("min_p"),
        response_format=_format_of(filled),
        reasoning=Reasoning(parsed_choice("reasoning", filled["reasoning"]))
        if "reasoning" in filled
        else None,
        reasoning_effort=filled.get("reasoning_effort") or None,
    )


def _whole(number: float | None) -> int | None:
    return None if number is None else int(number)


def _format_of(filled: Mapping[str, str]) -> ResponseFormat | None:
    if "response_format" not in filled:
        return None
    kind = parsed_choice("response_format", filled["response_format"])
    if kind != FormatKind.JSON_SCHEMA:
        return ResponseFormat(FormatKind(kind))
    schema = filled.get("response_schema", "")
    json_schemas.check(schema)
    return ResponseFormat(FormatKind.JSON_SCHEMA, schema)


def form_of(request: RunRequest) -> PromptForm:
    """Return a form that is filled in as `request` is, for "Edit and run".

    Braces of the old texts are kept as they are: `{{` is escaped so that nothing is filled twice.
    """
    parameters = request.parameters
    inputs: dict[str, str] = {}
    for name in RANGES:
        value = getattr(parameters, name)
        if value is not None:
            inputs[name] = repr(value).removesuffix(".0")
    if parameters.stop:
        inputs["stop"] = stop_text(parameters.stop)
    if parameters.response_format is not None:
        inputs["response_format"] = parameters.response_format.kind.value
        if parameters.response_format.schema:
            inputs["response_schema"] = parameters.response_format.schema
    if parameters.reasoning is not None:
        inputs["reasoning"] = parameters.reasoning.value
    if parameters.reasoning_effort:
        inputs["reasoning_effort"] = parameters.reasoning_effort
    if request.extra:
        inputs["extra"] = json.dumps(request.extra, ensure_ascii=False, indent=2)
    images = tuple(image for message in request.messages for image in message.images)
    return PromptForm(
        model=templates.escaped(request.model),
        system=templates.escaped(request.system_text),
        message=templates.escaped(request.message_text),
        inputs={name: templates.escaped(text) for name, text in inputs.items()},
        images=images,
        retry_policy=request.retry_policy,
        time_limits=request.time_limits,
    )


def to_saved(form: PromptForm) -> JsonObject:
    """Return the form as JSON, for drafts and presets."""
    limits = form.time_limits
    return {
        "model": form.model,
        "system": form.system,
        "message": form.message,
        "inputs": dict(form.inputs),
        "values": dict(form.values),
        "sources": dict(form.sources),
        "images": [{"media_type": i.media_type, "base64": i.base64} for i in form.images],
        "retry_policy": form.retry_policy.value if form.retry_policy else None,
        "time_limits": [limits.connect_seconds, limits.first_word_seconds, limits.silence_seconds]
        if limits
        else None,
        "fields": fields_to_saved(form.fields),
        "preset": [form.preset.id, form.preset.version, form.preset.name] if form.preset else None,
    }


def from_saved(saved: JsonObject) -> PromptForm:
    """Return the form that `to_saved` wrote; what is missing or wrong is left empty."""

    def text(name: str) -> str:
        value = saved.get(name)
        return value if isinstance(value, str) else ""

    def texts(name: str) -> dict[str, str]:
        value = saved.get(name)
        items = value.items() if isinstance(value, dict) else ()
        return {key: item for key, item in items if isinstance(item, str)}

    policy = saved.get("retry_policy")
    return PromptForm(
        model=text("model"),
        system=text("system"),
        message=text("message"),
        inputs=texts("inputs"),
        values=texts("values"),
        images=_images_from(saved.get("images")),
        retry_policy=RetryPolicy(policy) if policy in list(RetryPolicy) else None,
        time_limits=_limits_from(saved.get("time_limits")),
        fields=fields_from_saved(saved.get("fields")),
        preset=_preset_from(saved.get("preset")),
        sources=texts("sources"),
    )


def _preset_from(saved: JsonValue) -> PresetUse | None:
    match saved:
        case [int(preset_id), int(version), str(name)]:
            return PresetUse(preset_id, version, name)
        case _:
            return None


def _limits_from(saved: JsonValue) -> TimeLimits | None:
    """Return three saved limits, None unless all are seconds that one can wait."""
    if not isinstance(saved, list) or len(saved) != 3:
        return None
    numbers = [n for n in saved if isinstance(n, int | float) and 0 < n <= LONGEST_LIMIT_SECONDS]
    return TimeLimits(*map(float, numbers)) if len(numbers) == 3 else None


def _images_from(saved: JsonValue) -> tuple[Image, ...]:
    found = []
    for item in saved if isinstance(saved, list) else ():
        if isinstance(item, dict):
            media_type, data = item.get("media_type"), item.get("base64")
            if isinstance(media_type, str) and isinstance(data, str):
                found.append(Image(media_type, data))
    return tuple(found)
