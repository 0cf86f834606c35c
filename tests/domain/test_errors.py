"""Every error has a code of its own and knows what helps."""

from novita_desktop.domain import errors


def kinds(base=errors.NovitaDesktopError):
    for kind in base.__subclasses__():
        yield kind
        yield from kinds(kind)


def test_every_code_is_its_own():
    codes = [kind.code for kind in kinds()]
    assert len(codes) == len(set(codes))


def test_what_is_retried_by_itself():
    """Product rules, section 5: failures to connect, 429, 5xx, a first word that never came."""
    retried = {kind.__name__ for kind in kinds(errors.ApiError) if kind.retryable}
    assert retried == {
        "RateLimited",
        "HostTrouble",
        "ConnectionTrouble",
        "NoNetwork",
        "HostNotFound",
        "ConnectionRefused",
        "ProxyTrouble",
        "ConnectTimedOut",
        "FirstWordTimedOut",
    }


def test_what_the_host_bills():
    """novita/api.md section 5.2: 200 and a dropped connection are billed, refusals are not."""
    charged = {kind.__name__ for kind in kinds(errors.ApiError) if kind.charged}
    assert charged == {
        "FirstWordTimedOut",
        "SilenceTimedOut",
        "StreamBroken",
        "StreamReportedError",
        "ReasoningUsedUpTokens",
        "EmptyAnswer",
    }
