"""The key goes out to the host, and never comes back into what is kept."""

from novita_desktop.api.masking import Masking
from novita_desktop.domain.errors import HostReply, HostTrouble


def test_a_repeated_key_is_taken_out():
    reply = HostReply(
        message="a sk_secret_key b", body="sk_secret_key", headers=(("x", "sk_secret_key"),)
    )
    error = Masking("sk_secret_key").without_key(HostTrouble(reply=reply))
    assert "secret" not in repr(error.reply) + str(error)


def test_nothing_to_take_out():
    assert Masking(None).text("as it is") == "as it is"
    assert Masking("ab").text("about") == "about"
