"""The form becomes a request: three states per input, and words for what is wrong."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from novita_desktop.domain import prompt_form as forms
from novita_desktop.domain.catalogue import Model
from novita_desktop.domain.errors import InputError
from novita_desktop.domain.prompt_form import PromptForm, RunDefaults, resolve
from novita_desktop.domain.requests import (
    FormatKind,
    Image,
    Message,
    Parameters,
    Reasoning,
    ResponseFormat,
    RetryPolicy,
    Role,
    TimeLimits,
)

MODEL = Model("a/b", "B", context_size=100_000, max_output_tokens=8192)
FORM = PromptForm(model="a/b", message="Hello")
TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=40)


def request_for(form, model=MODEL, **automatic):
    return resolve(form, model, RunDefaults(), automatic)


def fault_in(form, model=MODEL):
    with pytest.raises(InputError) as caught:
        request_for(form, model)
    return caught.value


def test_what_is_not_set_is_not_sent():
    parameters = request_for(FORM).parameters
    assert parameters.temperature is None
    assert parameters.top_p is None
    assert parameters.response_format is None
    assert request_for(FORM).messages == (Message(Role.USER, "Hello"),)


def test_a_suggested_limit_is_sent_when_none_is_set():
    assert request_for(FORM).parameters.max_tokens == 4096
    assert request_for(FORM, None).parameters.max_tokens == 4096
    reasoning = Model("r", "R", features=frozenset({"reasoning"}))
    assert request_for(FORM, reasoning).parameters.max_tokens == 16_384


def test_values_come_from_variables_and_are_parsed():
    form = PromptForm(
        model="{{ m }}",
        system="Be {{ mood }}.",
        message="Hi {{ name }}",
        inputs={"temperature": "{{ t }}", "max_tokens": "{{ n }}"},
        values={"m": "a/b", "mood": "brief", "name": "Zoë", "t": "0,7", "n": "1,024"},
    )
    request = request_for(form)
    assert request.model == "a/b"
    assert [m.text for m in request.messages] == ["Be brief.", "Hi Zoë"]
    assert (request.parameters.temperature, request.parameters.max_tokens) == (0.7, 1024)
    assert form.variables() == ("m", "mood", "name", "t", "n")


def test_automatic_values_give_way_to_typed_ones():
    form = PromptForm(model="a", message="{{ today }} {{ user }}", values={"user": "Me"})
    assert request_for(form, today="Monday", user="root").message_text == "Monday Me"


@pytest.mark.parametrize(
    ("form", "field", "problem"),
    [
        (PromptForm(message="x"), "model", "missing"),
        (PromptForm(model="a", message=" \n"), "message", "missing"),
        (PromptForm(model="a", message="{{ x }}"), "variable:x", "missing"),
        (
            PromptForm(model="a", message="{{ x }}", values={"x": " "}),
            "message",
            "missing",
        ),
        (PromptForm(model="a", message="{% if %}"), "message", "bad_template"),
        (FORM.with_input("temperature", "warm"), "temperature", "not_a_number"),
        (FORM.with_input("temperature", "2.1"), "temperature", "out_of_range"),
        (FORM.with_input("temperature", "nan"), "temperature", "out_of_range"),
        (FORM.with_input("temperature", " "), "temperature", "missing"),
        (FORM.with_input("top_p", "0"), "top_p", "out_of_range"),
        (FORM.with_input("max_tokens", "0"), "max_tokens", "out_of_range"),
        (FORM.with_input("max_tokens", "8193"), "max_tokens", "out_of_range"),
        (FORM.with_input("max_tokens", "1.5"), "max_tokens", "not_a_number"),
        (FORM.with_input("max_tokens", "1,5"), "max_tokens", "not_a_number"),
        (FORM.with_input("max_tokens", "9" * 5000), "max_tokens", "not_a_number"),
        (FORM.with_input("max_tokens", "9" * 400), "max_tokens", "out_of_range"),
        (FORM.with_input("extra", "[" * 100_000), "extra", "bad_json"),
        (FORM.with_input("extra", '{"n": NaN}'), "extra", "bad_json"),
        (FORM.with_input("temperature", "1,2.3"), "temperature", "not_a_number"),
        (FORM.with_input("seed", "x"), "seed", "not_a_number"),
        (FORM.with_input("response_format", "xml"), "response_format", "bad_choice"),
        (FORM.with_input("reasoning", "maybe"), "reasoning", "bad_choice"),
        (FORM.with_input("response_format", "json_schema"), "response_schema", "missing"),
        (FORM.with_input("extra", "{"), "extra", "bad_json"),
        (FORM.with_input("extra", "[1]"), "extra", "bad_json"),
        (FORM.with_input("stop", "a\nb\nc\nd\ne"), "stop", "too_many"),
    ],
)
def test_a_wrong_value_names_its_field(form, field, problem):
    fault = fault_in(form)
    assert (fault.field, fault.problem) == (field, problem)


def test_a_fault_carries_what_its_sentence_needs():
    fault = fault_in(FORM.with_input("temperature", "warm"))
    assert (fault.given, fault.low, fault.high) == ("warm", "0", "2")
    assert fault_in(FORM.with_input("max_tokens", "9000")).high == "8192"


def test_an_image_alone_is_a_message():
    form = PromptForm(model="a", images=(Image("image/png", "AA=="),))
    assert request_for(form).messages[0].images[0].data_url == "data:image/png;base64,AA=="


def test_everything_under_more():
    form = PromptForm(
        model="a",
        message="x",
        inputs={
            "stop": "END\\n\nSTOP",
            "seed": "-5",
            "top_k": "40",
            "min_p": "0.1",
            "frequency_penalty": "-2",
            "presence_penalty": "2",
            "repetition_penalty": "1.1",
            "reasoning": "off",
            "reasoning_effort": "high",
            "response_format": "JSON schema",
            "response_schema": '{"type":"object"}',
            "extra": '{"n": 2}',
        },
        retry_policy=RetryPolicy.NONE,
        time_limits=TimeLimits(1, 2, 3),
    )
    request = request_for(form)
    parameters = request.parameters
    assert parameters.stop == ("END\n", "STOP")
    assert (parameters.seed, parameters.top_k, parameters.min_p) == (-5, 40, 0.1)
    assert parameters.reasoning is Reasoning.OFF
    assert parameters.response_format == ResponseFormat(FormatKind.JSON_SCHEMA, '{"type":"object"}')
    assert request.extra == {"n": 2}
    assert (request.retry_policy, request.time_limits) == (RetryPolicy.NONE, TimeLimits(1, 2, 3))


INPUTS = st.fixed_dictionaries(
    {},
    optional={
        "temperature": st.floats(0, 2).map(repr),
        "top_p": st.floats(0.01, 1).map(repr),
        "max_tokens": st.integers(1, 8192).map(str),
        "seed": st.integers(-(2**63), 2**63 - 1).map(str),
        "top_k": st.integers(1, 128).map(str),
        "reasoning": st.sampled_from(["on", "off"]),
        "reasoning_effort": st.sampled_from(["low", "high"]),
        "response_format": st.sampled_from(["text", "json_object"]),
        "stop": st.lists(st.text("ab {}%\\", min_size=1, max_size=5), min_size=1, max_size=4).map(
            "\n".join
        ),
    },
)


@given(TEXT.filter(str.strip), TEXT, INPUTS)
def test_edit_and_run_gives_the_same_request(message, system, inputs):
    escaped = {k: forms.templates.escaped(v) for k, v in inputs.items()}
    form = PromptForm(
        model="a/b",
        message=forms.templates.escaped(message),
        system=forms.templates.escaped(system),
        inputs=escaped,
    )
    request = request_for(form)
    assert request_for(forms.form_of(request)) == request


@given(st.builds(PromptForm, TEXT, TEXT, TEXT, st.dictionaries(TEXT, TEXT), st.dictionaries(TEXT, TEXT)))  # fmt: skip
def test_a_saved_form_comes_back_as_it_was(form):
    assert forms.from_saved(forms.to_saved(form)) == form


def test_images_policy_and_limits_are_saved_too():
    form = PromptForm(
        images=(Image("image/png", "AA=="),),
        retry_policy=RetryPolicy.PATIENT,
        time_limits=TimeLimits(1, 2, 3),
    )
    assert forms.from_saved(forms.to_saved(form)) == form


@pytest.mark.parametrize(
    "saved", [{}, {"inputs": 3, "images": [1, {"media_type": 2}], "time_limits": ["a"]}]
)
def test_a_damaged_draft_is_an_empty_form(saved):
    assert forms.from_saved(saved) == PromptForm()


@pytest.mark.parametrize(
    "limits",
    [[10**400, 1, 1], [float("nan"), 1, 1], [-1, 1, 1], [0, 1, 1], [float("inf"), 1, 1], [1, 1]],
)
def test_saved_time_limits_that_nobody_can_wait_are_left_out(limits):
    assert forms.from_saved({"message": "x", "time_limits": limits}) == PromptForm(message="x")


@pytest.mark.parametrize("stop", ["{{", "{%", "}}", "```\n{{"])
def test_braces_that_are_no_variable_may_be_a_stop_sequence(stop):
    request = request_for(FORM.with_input("stop", stop))
    assert request.parameters.stop == tuple(stop.split("\n"))


def test_an_unfinished_variable_in_a_text_is_still_a_fault():
    assert fault_in(PromptForm(model="a", message="Hi {{ name")).problem == "bad_template"


def test_loose_braces_in_a_schema_are_kept():
    schema = '{"description": "begins with {{"}'
    inputs = {"response_format": "json_schema", "response_schema": schema}
    request = request_for(PromptForm(model="a", message="x", inputs=inputs))
    assert request.parameters.response_format.schema == schema


@given(st.lists(st.text("\\nr\n\r ab{%}", min_size=1, max_size=6), min_size=1, max_size=4))
def test_stop_sequences_of_any_kind_come_back(sequences):
    request = replace(request_for(FORM), parameters=Parameters(max_tokens=1, stop=tuple(sequences)))
    assert request_for(forms.form_of(request)).parameters.stop == tuple(sequences)


def test_with_input_sets_and_clears():
    form = FORM.with_input("seed", "1")
    assert form.inputs == {"seed": "1"}
    assert form.with_input("seed", None) == FORM


def test_a_request_knows_the_values_that_were_filled_in():
    form = PromptForm(
        model="a",
        message="Hi {{ name }}, it is {{ today }}",
        values={"name": "Ann", "left over": "from before"},
    )
    request = resolve(form, None, RunDefaults(), {"today": "Tuesday", "now": "noon"})
    assert request.variables == {"name": "Ann", "today": "Tuesday"}
