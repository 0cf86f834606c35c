"""A form as a text that people compare."""

from novita_desktop.domain.prompt_form import PromptForm
from novita_desktop.domain.requests import Image, RetryPolicy, TimeLimits
from novita_desktop.domain.variable_fields import FieldKind, VariableField
from novita_desktop.ui.widgets.form_words import form_words, policy_words


def test_every_input_that_is_set_has_its_name(qapp):
    form = PromptForm(
        "a/b",
        "Be brief",
        "Hello {{ name }}",
        {"temperature": "0.7"},
        {"name": "never shown"},
        (Image("image/png", "AAAA"),),
        RetryPolicy.PATIENT,
        TimeLimits(5, 60, 30),
        {"name": VariableField(FieldKind.LINE)},
    )
    assert form_words(form, "Greets").split("\n\n") == [
        "Description\nGreets",
        "Model\na/b",
        "System prompt\nBe brief",
        "Message\nHello {{ name }}",
        "Temperature\n0.7",
        "Field of name\nOne line",
        "Images\n1",
        f"When it fails, try again\n{policy_words()[RetryPolicy.PATIENT]}",
        "Time limits\nconnection 5 s, first word 60 s, between words 30 s",
    ]


def test_what_is_not_set_is_not_told(qapp):
    assert form_words(PromptForm(message="Hello")) == "Message\nHello"
    assert set(policy_words()) == set(RetryPolicy)
