"""Keys as people paste them, and addresses as they type them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from novita_desktop.domain.account import Account, checked_base_url, is_loopback, tidy_key
from novita_desktop.domain.errors import AddressRefused


@pytest.mark.parametrize(
    "pasted",
    [
        "sk_abc",
        "  sk_abc\n",
        '"sk_abc"',
        "“sk_abc”",
        "Bearer sk_abc",
        "bearer  sk_abc ",
        "Authorization: Bearer sk_abc",
        "'Bearer sk_abc'",
        "sk_\nabc",
        "Bearer\tsk_abc",
        "\u200bsk_a\u200bbc\ufeff",
    ],
)
def test_a_pasted_key_is_tidied(pasted):
    assert tidy_key(pasted) == "sk_abc"


@given(st.from_regex(r"sk_[A-Za-z0-9_-]+", fullmatch=True))
def test_a_plain_key_is_left_alone(key):
    assert tidy_key(key) == key


@pytest.mark.parametrize(
    "address",
    [
        "https://api.novita.ai/openai/v1",
        "http://localhost:8000/v1",
        "http://127.0.0.1:8000/v1",
        "http://[::1]:8000/v1",
    ],
)
def test_usable_addresses(address):
    assert checked_base_url(f" {address}/ ") == address


@pytest.mark.parametrize(
    "address",
    [
        "http://api.novita.ai/openai/v1",
        "ftp://localhost",
        "novita.ai",
        "",
        "https://user:password@host/v1",
        "https://host/v1?key=1",
        "http://127.0.0.1.example.com/v1",
        "https://:password@host/v1",
        "https://@host/v1",
        "https://[::1",
        "https://host:99999/v1",
        "https://host:0/v1",
        "https://host:port/v1",
        "https://exa mple.com/v1",
        "https://exa\nmple.com/v1",
        "https://host\\evil/v1",
        "https://host/v1?",
        "https://host/v1#",
    ],
)
def test_addresses_that_are_refused(address):
    with pytest.raises(AddressRefused) as caught:
        checked_base_url(address)
    assert "password@" not in str(caught.value)


@given(st.text() | st.from_regex(r"https?://[\[\]@:/?#a-z0-9.%-]*", fullmatch=True))
def test_any_address_is_taken_or_refused(address):
    try:
        assert checked_base_url(address).startswith("http")
    except AddressRefused:
        return


def test_the_host_is_shown():
    assert Account().host == "api.novita.ai"
    assert is_loopback("localhost")
    assert not is_loopback("novita.ai")
