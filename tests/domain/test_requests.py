"""Which texts of a request stand for it."""

from base64 import b64encode

from novita_desktop.domain.requests import Image, Message, Role, RunRequest


def test_a_picture_knows_its_size():
    for data in (b"", b"a", b"ab", b"abc", b"abcd"):
        assert Image("image/png", b64encode(data).decode()).byte_count == len(data)


def test_the_last_user_message_stands_for_the_request():
    messages = (
        Message(Role.SYSTEM, "s"),
        Message(Role.USER, "first"),
        Message(Role.ASSISTANT, "part"),
        Message(Role.USER, "last"),
    )
    request = RunRequest("m", messages)
    assert (request.message_text, request.system_text) == ("last", "s")
    assert RunRequest("m", ()).message_text == ""
