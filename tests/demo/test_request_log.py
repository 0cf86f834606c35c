"""The log of requests."""

from hashlib import sha256

from novita_desktop.demo.request_log import RequestLog, fingerprint


def test_secrets_become_fingerprints() -> None:
    entry = RequestLog().open(
        "GET", "/", {"Authorization": "Bearer sk_x", "COOKIE": "a=b", "Accept": "*/*"}
    )
    assert entry.headers["authorization"] == fingerprint("Bearer sk_x")
    assert entry.headers["accept"] == "*/*"
    assert sha256(b"a=b").hexdigest().startswith(entry.headers["cookie"].removeprefix("sha256:"))


def test_only_the_newest_requests_are_kept_but_all_are_counted() -> None:
    log = RequestLog(kept=3)
    for number in range(5):
        log.count_model(log.open("POST", f"/{number}", {}), "a")
    assert [entry.path for entry in log.entries()] == ["/2", "/3", "/4"]
    assert log.total == 5
    assert log.counts == {"a": 5}
    log.clear()
    assert (log.entries(), log.total, log.counts) == ([], 0, {})


def test_a_body_that_is_not_json_is_told_as_text() -> None:
    entry = RequestLog().open("POST", "/", {})
    entry.body = b"caf\xe9"
    assert entry.json is None
    assert entry.as_json()["body"] == "caf\ufffd"


def test_hang_ups_have_a_time() -> None:
    log = RequestLog()
    entry, other = log.open("GET", "/", {}), log.open("GET", "/", {})
    log.close(entry, hung_up=True)
    log.close(other)
    assert entry.hung_up
    assert entry.hung_up_at is not None
    assert entry.received_at <= entry.hung_up_at == entry.ended_at
    assert not other.hung_up


def test_waiting_ends_when_the_time_has_passed() -> None:
    assert not RequestLog().wait_for(lambda log: log.total > 0, 0.02)
