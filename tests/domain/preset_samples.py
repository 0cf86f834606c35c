"""Any preset, as Hypothesis makes them."""

from __future__ import annotations

import base64
import json

from hypothesis import strategies as st

from novita_desktop.domain import preset_file_parts as parts
from novita_desktop.domain.presets import NewPreset, tidy_name
from novita_desktop.domain.prompt_form import LONGEST_LIMIT_SECONDS, PromptForm
from novita_desktop.domain.requests import Image, RetryPolicy, TimeLimits
from novita_desktop.domain.variable_fields import FieldKind, VariableField

characters = st.characters(exclude_categories=("Cs",))
texts = st.text(characters, max_size=60) | st.lists(
    st.text(characters, max_size=8), min_size=2, max_size=5
).map("\n".join)
names = st.text(characters, min_size=1, max_size=40).map(tidy_name)

numbers = st.one_of(
    texts,
    st.integers().map(str),
    st.floats(allow_nan=False).map(repr),
    st.sampled_from(["0.70", "1e3", "NaN", "-0", "{{ t }}", "1" * 5_000, "true"]),
)
json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | texts,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(texts, inner, max_size=3),
    max_leaves=8,
)
json_texts = texts | st.dictionaries(texts, json_values, max_size=3).flatmap(
    lambda value: st.sampled_from(
        [json.dumps(value), json.dumps(value, ensure_ascii=False, indent=2)]
    )
)
inputs = st.fixed_dictionaries(
    {},
    optional={
        name: numbers
        if name in parts.NUMBERS
        else json_texts
        if name in parts.JSON_INPUTS
        else texts
        for name in sorted(parts.INPUT_NAMES)
    },
)
choices = st.lists(texts.filter(bool), unique=True, max_size=4).map(tuple)
fields = st.builds(
    VariableField,
    kind=st.sampled_from(FieldKind),
    label=texts,
    hint=texts,
    default=texts,
    is_required=st.booleans(),
    choices=choices,
)
images = st.builds(
    Image,
    media_type=st.sampled_from(parts.IMAGE_TYPES),
    base64=st.binary(max_size=30).map(lambda data: base64.b64encode(data).decode()),
)
seconds = st.floats(min_value=0, max_value=LONGEST_LIMIT_SECONDS, exclude_min=True)
forms = st.builds(
    PromptForm,
    model=texts,
    system=texts,
    message=texts,
    inputs=inputs,
    values=st.dictionaries(texts, texts, max_size=3),
    images=st.lists(images, max_size=2).map(tuple),
    retry_policy=st.none() | st.sampled_from(RetryPolicy),
    time_limits=st.none() | st.builds(TimeLimits, seconds, seconds, seconds),
    fields=st.dictionaries(texts, fields, max_size=3),
)
presets = st.builds(
    NewPreset,
    name=names.filter(bool),
    form=forms,
    folder=names,
    description=texts,
)
preset_lists = st.lists(
    presets, min_size=1, max_size=3, unique_by=lambda preset: preset.name.casefold()
)
