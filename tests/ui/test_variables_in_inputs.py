"""A variable can stand in every input: filled in, sent with its own kind, refused at its field."""

import pytest
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLabel

from novita_desktop.domain.presets import NewPreset
from novita_desktop.domain.prompt_form import PromptForm
from novita_desktop.domain.requests import RetryPolicy, TimeLimits
from novita_desktop.ui.input_messages import input_name
from tests.ui.prompt_stage import MODEL, prompt_stage

SCHEMA = '{"type": "object", "properties": {"a": {"type": "string"}}}'
INPUTS = {
    "temperature": ("0.3", 0.3),
    "top_p": ("0.9", 0.9),
    "max_tokens": ("77", 77),
    "response_format": ("json_object", {"type": "json_object"}),
    "seed": ("5", 5),
    "frequency_penalty": ("-1.5", -1.5),
    "presence_penalty": ("1.5", 1.5),
    "repetition_penalty": ("1.1", 1.1),
    "top_k": ("40", 40),
    "min_p": ("0.1", 0.1),
    "stop": ("END", ["END"]),
}
WRONG = {
    "temperature": "warm",
    "top_p": "3",
    "max_tokens": "none",
    "response_format": "poem",
    "seed": "x",
    "frequency_penalty": "9",
    "presence_penalty": "-9",
    "repetition_penalty": "0",
    "top_k": "1000",
    "min_p": "2",
    "reasoning": "perhaps",
    "extra": "[1]",
}


@pytest.fixture
def stage(qtbot, wait, theme, tmp_path):
    with prompt_stage(qtbot, wait, theme, tmp_path) as stage:
        yield stage


def show(stage, form):
    stage.page.show_form(form)
    names = form.variables()
    stage.until(lambda: stage.page.form.variables.names() == names)


def sent(stage):
    before = len(stage.host.chats)
    stage.page.button.run.click()
    stage.until(lambda: len(stage.host.chats) == before + 1)
    stage.until(lambda: not stage.page.button.is_running)
    return stage.host.chats[-1].json


def test_texts_and_the_model_come_from_variables(stage):
    form = PromptForm(
        "{{ which }}",
        "Answer in {{ tongue }}",
        "Greet {{ name }}",
        values={"which": MODEL, "tongue": "French", "name": "Ann"},
    )
    show(stage, form)
    body = sent(stage)
    assert body["model"] == MODEL
    assert [message["content"] for message in body["messages"]] == ["Answer in French", "Greet Ann"]


def test_every_number_and_choice_comes_from_a_variable(stage):
    inputs = {name: f"{{{{ the_{name} }}}}" for name in INPUTS}
    values = {f"the_{name}": text for name, (text, _) in INPUTS.items()}
    show(stage, PromptForm(MODEL, message="Hello", inputs=inputs, values=values))
    assert stage.page.form.value().inputs == inputs
    body = sent(stage)
    assert {name: body.get(name) for name in INPUTS} == {n: v for n, (_, v) in INPUTS.items()}


def test_the_schema_the_reasoning_and_further_fields_come_from_variables(stage):
    form = PromptForm(
        "deepseek/deepseek-v3.2",
        message="Hello",
        inputs={
            "response_format": "json_schema",
            "response_schema": "{{ schema }}",
            "reasoning": "{{ think }}",
            "extra": '{"user": "{{ who }}"}',
        },
        values={"schema": SCHEMA, "think": "on", "who": "Ann"},
    )
    show(stage, form)
    body = sent(stage)
    assert body["response_format"]["type"] == "json_schema"
    assert body["user"] == "Ann"
    show(stage, PromptForm(
        "deepseek/deepseek-v3.2", message="Hello",
        inputs={"reasoning_effort": "{{ effort }}"}, values={"effort": "high"},
    ))  # fmt: skip
    assert "high" in str(sent(stage))


@pytest.mark.parametrize("name", WRONG)
def test_a_wrong_value_is_named_at_the_field_that_it_stands_in(stage, name):
    form = PromptForm(MODEL, message="Hello", inputs={name: "{{ it }}"}, values={"it": WRONG[name]})
    show(stage, form)
    stage.page.button.run.click()
    field = stage.page.form.variables.editors()[0]
    stage.until(lambda: stage.window.focusWidget() is field)
    words = [w.text() for w in stage.page.form.variables.findChildren(QLabel) if w.isVisible()]
    assert any(text.startswith(input_name(name)) for text in words)
    assert list(stage.host.chats) == []


def test_a_preset_brings_its_own_retries_and_time_limits(stage):
    limits = TimeLimits(7, 70, 17)
    form = PromptForm(MODEL, message="Hello", retry_policy=RetryPolicy.NONE, time_limits=limits)
    work = stage.workspace.presets.add([NewPreset("Impatient", form)])
    (preset,) = stage.wait(stage.bridge.call(work))
    stage.until(lambda: stage.context.state.preset(preset.id))
    stage.host.script(["error=overloaded"])
    stage.page.library.open(preset.id, is_run=True)
    stage.until(lambda: stage.status() == "Failed")
    (run,) = stage.wait(stage.bridge.call(stage.workspace.history.page()))
    detail = stage.wait(stage.bridge.call(stage.workspace.history.detail(run.id)))
    assert len(detail.attempts) == 1
    assert (detail.retry_policy, detail.time_limits) == (RetryPolicy.NONE, limits)
    assert run.preset == preset.use


def test_automatic_values_fill_themselves_in(stage):
    QGuiApplication.clipboard().setText("from elsewhere")
    form = PromptForm(MODEL, message="{{ today }} | {{ now }} | {{ user }} | {{ clipboard }}")
    show(stage, form)
    assert stage.page.form.variables.editors() == ()
    today, now, user, clipboard = sent(stage)["messages"][0]["content"].split(" | ")
    assert now.startswith(today)
    assert len(today) == 10
    assert user
    assert clipboard == "from elsewhere"
