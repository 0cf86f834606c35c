"""The key in the keychain: asked in a thread, never longer than the deadline, never in clear."""

from __future__ import annotations

import asyncio
import logging
import subprocess
import sys
import threading
from pathlib import Path

import pytest
from keyring.errors import InitError, KeyringLocked, NoKeyringError, PasswordSetError

from novita_desktop.domain.errors import KeychainTrouble
from novita_desktop.storage.secrets import (
    SERVICE_NAME,
    KeyringSecrets,
    SecretStore,
    SessionSecrets,
    system_keychains,
    user_name_of,
)
from tests.storage.samples import BASE_URL, python, until

KEY = "sk_MARKER_0123456789"


class Locker:
    """A keychain in memory that can fail, or wait for somebody to unlock it."""

    def __init__(self, failure: Exception | None = None, gate: threading.Event | None = None):
        self.kept: dict[tuple[str, str], str] = {}
        self.failure = failure
        self.gate = gate
        self.threads: set[str] = set()

    def _answer(self) -> None:
        self.threads.add(threading.current_thread().name)
        if self.gate is not None:
            self.gate.wait(30)
        if self.failure is not None:
            raise self.failure

    def get_password(self, service: str, username: str) -> str | None:
        self._answer()
        return self.kept.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        self._answer()
        self.kept[service, username] = password

    def delete_password(self, service: str, username: str) -> None:
        self._answer()
        del self.kept[service, username]


@pytest.mark.parametrize(
    ("base_url", "user"),
    [
        (BASE_URL, "api.novita.ai"),
        ("http://127.0.0.1:8080/v1", "127.0.0.1:8080"),
        ("https://me:pw@HOST.example", "host.example"),
    ],
)
def test_a_key_belongs_to_the_host_it_is_for(base_url: str, user: str) -> None:
    assert user_name_of(base_url) == user


def keychain_and_session() -> list[tuple[str, SecretStore]]:
    locker = Locker()
    return [
        ("keychain", KeyringSecrets(keychains=lambda: [locker])),
        ("session", SessionSecrets()),
    ]


@pytest.mark.parametrize(("name", "secrets"), keychain_and_session())
def test_a_key_is_kept_given_and_forgotten(name: str, secrets: SecretStore) -> None:
    async def work() -> None:
        assert await secrets.get(BASE_URL) is None
        await secrets.set(BASE_URL, KEY)
        assert await secrets.get(BASE_URL + "/other/path") == KEY
        assert await secrets.get("https://elsewhere.example") is None
        await secrets.delete(BASE_URL)
        await secrets.delete(BASE_URL)
        assert await secrets.get(BASE_URL) is None

    asyncio.run(work())


def test_the_keychain_is_asked_in_one_thread_of_its_own_by_its_service_name() -> None:
    locker = Locker()

    async def work() -> None:
        secrets = KeyringSecrets(keychains=lambda: [locker])
        await asyncio.gather(secrets.set(BASE_URL, KEY), secrets.get("https://other.example"))

    asyncio.run(work())
    assert locker.kept == {(SERVICE_NAME, "api.novita.ai"): KEY}
    assert locker.threads == {"keychain"}


@pytest.mark.parametrize(
    ("failure", "problem"),
    [
        (NoKeyringError("none"), "missing"),
        (KeyringLocked("locked"), "locked"),
        (InitError("Prompt dismissed"), "locked"),
        (OSError("no bus"), "failed"),
        (RuntimeError(KEY), "failed"),
    ],
)
def test_a_keychain_that_fails_says_why_without_the_key(
    failure: Exception, problem: str, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)

    async def work() -> None:
        secrets = KeyringSecrets(keychains=lambda: [Locker(failure)])
        with pytest.raises(KeychainTrouble) as caught:
            await secrets.set(BASE_URL, KEY)
        assert caught.value.problem == problem
        assert KEY not in str(caught.value)
        assert caught.value.__cause__ is None

    asyncio.run(work())
    assert KEY not in caplog.text


def test_a_failure_to_keep_is_reported_after_the_keychain_was_proven() -> None:
    locker = Locker()

    async def work() -> None:
        secrets = KeyringSecrets(keychains=lambda: [locker])
        await secrets.get(BASE_URL)
        locker.failure = PasswordSetError(f"cannot keep {KEY}")
        with pytest.raises(KeychainTrouble) as caught:
            await secrets.set(BASE_URL, KEY)
        assert caught.value.problem == "failed"
        assert KEY not in str(caught.value)

    asyncio.run(work())


def test_no_keychain_at_all_is_missing() -> None:
    with pytest.raises(KeychainTrouble) as caught:
        asyncio.run(KeyringSecrets(keychains=list).get(BASE_URL))
    assert caught.value.problem == "missing"


def test_the_next_keychain_is_used_when_the_best_does_not_answer_a_real_read() -> None:
    second = Locker()

    async def work() -> None:
        secrets = KeyringSecrets(keychains=lambda: [Locker(InitError("x")), second])
        await secrets.set(BASE_URL, KEY)

    asyncio.run(work())
    assert list(second.kept.values()) == [KEY]


def test_a_keychain_that_waits_for_a_person_is_given_up_and_its_late_answer_used() -> None:
    gate = threading.Event()
    locker = Locker(gate=gate)
    locker.kept[SERVICE_NAME, "api.novita.ai"] = KEY
    late: list[tuple[str, str | None]] = []

    async def work() -> None:
        told = asyncio.Event()

        def take(base_url: str, key: str | None) -> None:
            late.append((base_url, key))
            told.set()

        secrets = KeyringSecrets(take, deadline_seconds=0.05, keychains=lambda: [locker])
        with pytest.raises(KeychainTrouble) as caught:
            await secrets.get(BASE_URL)
        assert caught.value.problem == "no_answer"
        gate.set()
        await asyncio.wait_for(told.wait(), 10)
        assert await secrets.get(BASE_URL) == KEY

    asyncio.run(work())
    assert late == [(BASE_URL, KEY)]


def test_a_late_failure_is_logged_and_nobody_is_told(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO)
    gate = threading.Event()
    late: list[object] = []

    async def work() -> None:
        secrets = KeyringSecrets(
            lambda *answer: late.append(answer),
            deadline_seconds=0.05,
            keychains=lambda: [Locker(KeyringLocked("x"), gate)],
        )
        with pytest.raises(KeychainTrouble):
            await secrets.set(BASE_URL, KEY)
        gate.set()
        await until(lambda: "after its deadline" in caplog.text)

    asyncio.run(work())
    assert late == []


def test_the_program_ends_while_the_keychain_waits(tmp_path: Path) -> None:
    code = """
import asyncio, time
from novita_desktop.domain.errors import KeychainTrouble
from novita_desktop.storage.secrets import KeyringSecrets
class Stuck:
    def get_password(self, service, username):
        time.sleep(3600)
async def main():
    try:
        await KeyringSecrets(deadline_seconds=0.1, keychains=lambda: [Stuck()]).get("https://a.b")
    except KeychainTrouble as trouble:
        print(trouble.problem)
asyncio.run(main())
"""
    output, errors = (process := python(code)).communicate(timeout=30)
    assert (process.returncode, output.strip(), errors) == (0, "no_answer", "")


def test_without_a_session_bus_nothing_is_usable_and_plain_text_plugins_are_not_loaded(
    tmp_path: Path,
) -> None:
    code = """
import asyncio, sys
from novita_desktop.domain.errors import KeychainTrouble
import novita_desktop.storage.secrets as secrets
assert "keyring" not in sys.modules
try:
    asyncio.run(secrets.KeyringSecrets().set("https://a.b", "sk_key"))
except KeychainTrouble as trouble:
    print(trouble.problem)
print([name for name in sys.modules if name.startswith("keyrings")])
"""
    plugin = tmp_path / "plugins" / "keyrings"
    plugin.mkdir(parents=True)
    (plugin / "plain.py").write_text("raise SystemExit('a plug-in was loaded')")
    information = tmp_path / "plugins" / "plain-1.dist-info"
    information.mkdir()
    (information / "METADATA").write_text("Metadata-Version: 2.1\nName: plain\nVersion: 1\n")
    (information / "entry_points.txt").write_text("[keyring.backends]\nplain = keyrings.plain\n")
    environment = {"PATH": "/usr/bin", "HOME": str(tmp_path), "PYTHONPATH": str(plugin.parent)}
    if sys.platform != "linux":
        pytest.skip("this system always has a keychain")
    process = python(code, env=environment)
    output, errors = process.communicate(timeout=30)
    assert (process.returncode, output.split(), errors) == (0, ["missing", "[]"], "")
    files = [path for path in tmp_path.rglob("*") if path.is_file()]
    assert not [path for path in files if b"sk_key" in path.read_bytes()]


@pytest.mark.secret_service
def test_a_real_secret_service_keeps_gives_and_forgets() -> None:
    assert system_keychains()

    async def work() -> None:
        secrets = KeyringSecrets()
        base_url = "https://test.novita-desktop.invalid"
        await secrets.delete(base_url)
        assert await secrets.get(base_url) is None
        await secrets.set(base_url, KEY)
        assert await KeyringSecrets().get(base_url) == KEY
        await secrets.delete(base_url)
        assert await secrets.get(base_url) is None

    asyncio.run(work())


@pytest.mark.secret_service
def test_a_locked_real_secret_service_is_trouble_not_a_hang(tmp_path: Path) -> None:
    code = """
import asyncio
from novita_desktop.domain.errors import KeychainTrouble
from novita_desktop.storage.secrets import KeyringSecrets
try:
    asyncio.run(KeyringSecrets().set("https://a.b", "sk_key"))
except KeychainTrouble as trouble:
    print("trouble", trouble.problem)
"""
    done = subprocess.run(
        [
            *("env", "-i", "PATH=/usr/bin:/bin", f"HOME={tmp_path}", f"XDG_RUNTIME_DIR={tmp_path}"),
            *("dbus-run-session", "--", "sh", "-c"),
            'gnome-keyring-daemon --start --components=secrets >/dev/null 2>&1; exec "$@"',
            *("sh", sys.executable, "-c", code),
        ],
        capture_output=True,
        text=True,
        timeout=50,
        check=True,
        cwd=Path(__file__).parents[2],
    )
    assert done.stdout.split()[0] == "trouble"
    assert done.stdout.split()[1] in {"locked", "no_answer", "failed"}
