"""A request is told as text, without its JSON."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QLocale

from novita_desktop.domain.image_values import EXAMPLE, image_of
from novita_desktop.domain.request_body import body_text
from novita_desktop.domain.requests import Message, Parameters, Role, RunRequest
from novita_desktop.ui.widgets.json_text_view import SHOWN_CHARACTERS, TextSection
from novita_desktop.ui.widgets.request_text import read_request, request_sections


@pytest.fixture(autouse=True)
def american(qapp):
    before = QLocale()
    QLocale.setDefault(QLocale("en_US"))
    yield
    QLocale.setDefault(before)


def test_all_that_is_said_and_set_can_be_read() -> None:
    image = image_of(EXAMPLE)
    assert image is not None
    request = RunRequest(
        "a/b",
        (
            Message(Role.SYSTEM, "Be brief"),
            Message(Role.USER, "What is\n[image 1]?", (image,)),
            Message(Role.ASSISTANT, "A d"),
        ),
        Parameters(temperature=0.5, max_tokens=100),
    )
    assert request_sections(read_request(body_text(request))) == [
        TextSection("System prompt", "Be brief"),
        TextSection("Message", "What is\n[image 1]?"),
        TextSection("Answer so far", "A d"),
        TextSection("Images", "[image 1]: image/png, 70 bytes"),
        TextSection(
            "Model and settings", "Model: a/b\nTemperature: 0.5\nMax tokens: 100\nImages: 1"
        ),
    ]


def test_messages_alone_have_no_settings_and_no_json_has_nothing() -> None:
    body = body_text(RunRequest("", (Message(Role.USER, "Hi [name]"),)))
    assert request_sections(read_request(body)) == [TextSection("Message", "Hi [name]")]
    assert request_sections(read_request("")) == []


def test_tricks_with_the_direction_of_text_show() -> None:
    body = body_text(RunRequest("a/b", (Message(Role.USER, "a\u202eb"),)))
    assert request_sections(read_request(body))[0].text == "a\N{REPLACEMENT CHARACTER}b"


def test_a_long_text_is_whole() -> None:
    words = "word\u202e" * (SHOWN_CHARACTERS // 4)
    body = body_text(RunRequest("a/b", (Message(Role.USER, words),)))
    text = request_sections(read_request(body))[0].text
    assert len(text) == len(words)
    assert "\u202e" not in text[:SHOWN_CHARACTERS]
