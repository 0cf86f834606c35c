"""Which texts of a request stand for it."""

from novita_desktop.domain.requests import Message, Role, RunRequest


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
