"""The key: checked, kept, forgotten; and the balance."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from novita_desktop.demo import DemoHost
from novita_desktop.domain.account import ConnectionState, KeyPlace
from novita_desktop.domain.errors import (
    ApiError,
    ConnectionTrouble,
    HostTrouble,
    KeychainTrouble,
    KeyMissing,
    KeyRefused,
    NotConnected,
)
from novita_desktop.domain.runs import RunStatus
from novita_desktop.services.events import AccountChanged, Events, RunEnded, TroubleReported
from novita_desktop.services.workspace import Workspace, WorkspaceOptions
from novita_desktop.storage.secrets import SecretStore, SessionSecrets
from tests.services.stage import Stage, Watch, eventually, open_stage, request, short_pace

GOOD = "sk_demo_good_key_1234"


class BrokenKeychain:
    """A keychain that answers nothing; what a desktop without one looks like."""

    async def get(self, base_url: str) -> str | None:
        raise KeychainTrouble("missing")

    async def set(self, base_url: str, key: str) -> None:
        raise KeychainTrouble("locked")

    async def delete(self, base_url: str) -> None:
        raise KeychainTrouble("failed")


@asynccontextmanager
async def opened(
    folder: Path, host: DemoHost, keychain: SecretStore, key: str | None = None
) -> AsyncIterator[Stage]:
    """A workspace that is not the demo's, so that it uses a keychain."""
    events = Events()
    watch = Watch(events)
    options = WorkspaceOptions(folder, base_url=host.base_url, key=key)
    workspace = await Workspace.open(options, events, pace=short_pace(), keychain=keychain)
    try:
        yield Stage(workspace, host, watch)
    finally:
        await workspace.close()


def test_a_pasted_key_is_tidied_checked_kept_and_found_again(
    tmp_path: Path, host: DemoHost
) -> None:
    async def journey() -> None:
        keychain = SessionSecrets()
        async with opened(tmp_path, host, keychain) as stage:
            account = await stage.workspace.account.restore()
            assert account.state is ConnectionState.NOT_CONNECTED
            account = await stage.workspace.account.connect(f' "Bearer {GOOD}"\n')
            assert account.state is ConnectionState.CONNECTED
            assert account.key_place is KeyPlace.KEYCHAIN
            assert account.key_hint == "1234"
            assert account.balance_units == 25 * 10_000_000_000
            assert await keychain.get(host.base_url) == GOOD
            assert stage.watch.all(AccountChanged)[-1].account == account
            assert (await stage.run()).status is RunStatus.SUCCEEDED
        async with opened(tmp_path, host, keychain) as stage:
            assert stage.workspace.account.account.state is ConnectionState.CHECKING
            account = await stage.workspace.account.restore()
            assert (account.state, account.key_place) == (
                ConnectionState.CONNECTED,
                KeyPlace.KEYCHAIN,
            )

    asyncio.run(journey())


def test_a_refused_key_is_not_taken_and_the_old_one_stays(tmp_path: Path, host: DemoHost) -> None:
    async def journey() -> None:
        keychain = SessionSecrets()
        async with opened(tmp_path, host, keychain) as stage:
            before = await stage.workspace.account.connect(GOOD)
            with pytest.raises(KeyRefused):
                await stage.workspace.account.connect("sk_wrong_key_0000")
            with pytest.raises(KeyMissing):
                await stage.workspace.account.connect("  '' ")
            assert stage.workspace.account.account == before
            assert await keychain.get(host.base_url) == GOOD
            assert (await stage.run()).status is RunStatus.SUCCEEDED

    asyncio.run(journey())


@pytest.mark.parametrize(
    ("scenario", "error"),
    [("server-error; on=balance", HostTrouble), ("drop; on=balance", ConnectionTrouble)],
)
def test_a_check_that_fails_for_another_reason_takes_no_key(
    tmp_path: Path, host: DemoHost, scenario: str, error: type[ApiError]
) -> None:
    async def journey() -> None:
        async with opened(tmp_path, host, SessionSecrets()) as stage:
            await stage.workspace.account.restore()
            host.script([scenario] * 2)  # the network library repeats a GET once
            with pytest.raises(error):
                await stage.workspace.account.connect(GOOD)
            account = stage.workspace.account.account
            assert account.state is ConnectionState.NOT_CONNECTED

    asyncio.run(journey())


def test_without_a_keychain_the_key_holds_for_this_session(tmp_path: Path, host: DemoHost) -> None:
    async def journey() -> None:
        async with opened(tmp_path, host, BrokenKeychain()) as stage:
            account = await stage.workspace.account.restore()
            assert account.state is ConnectionState.NOT_CONNECTED
            assert [type(e.error) for e in stage.watch.all(TroubleReported)] == [KeychainTrouble]
            with pytest.raises(KeychainTrouble):
                await stage.workspace.account.connect(GOOD)
            account = stage.workspace.account.account
            assert (account.state, account.key_place) == (
                ConnectionState.CONNECTED,
                KeyPlace.SESSION,
            )
            assert (await stage.run()).status is RunStatus.SUCCEEDED
            forgotten = await stage.workspace.account.forget()
            assert forgotten.state is ConnectionState.NOT_CONNECTED

    asyncio.run(journey())


def test_session_only_stores_nothing(tmp_path: Path, host: DemoHost) -> None:
    async def journey() -> None:
        keychain = SessionSecrets()
        async with opened(tmp_path, host, keychain) as stage:
            account = await stage.workspace.account.connect(GOOD, session_only=True)
            assert account.key_place is KeyPlace.SESSION
            assert await keychain.get(host.base_url) is None

    asyncio.run(journey())


def test_a_key_from_the_environment_wins_and_is_never_stored(
    tmp_path: Path, host: DemoHost
) -> None:
    async def journey() -> None:
        keychain = SessionSecrets()
        await keychain.set(host.base_url, "sk_demo_in_the_keychain")
        async with opened(tmp_path, host, keychain, key=f" {GOOD} ") as stage:
            account = await stage.workspace.account.restore()
            assert account.key_place is KeyPlace.ENVIRONMENT
            assert account.key_hint == "1234"
            await stage.workspace.account.forget()
            assert await keychain.get(host.base_url) == "sk_demo_in_the_keychain"

    asyncio.run(journey())


def test_forgetting_removes_the_key_from_the_keychain(tmp_path: Path, host: DemoHost) -> None:
    async def journey() -> None:
        keychain = SessionSecrets()
        async with opened(tmp_path, host, keychain) as stage:
            await stage.workspace.account.connect(GOOD)
            account = await stage.workspace.account.forget()
            assert (account.state, account.key_hint) == (ConnectionState.NOT_CONNECTED, "")
            assert await keychain.get(host.base_url) is None

    asyncio.run(journey())


def test_runs_tell_about_the_key_and_the_network(tmp_path: Path, host: DemoHost) -> None:
    async def journey() -> None:
        async with open_stage(tmp_path, host) as stage:
            account = stage.workspace.account
            await account.restore()
            host.script(["bad-key"])
            await stage.run()
            assert account.account.state is ConnectionState.KEY_REFUSED
            await stage.run()
            assert account.account.state is ConnectionState.CONNECTED

    asyncio.run(journey())


def test_offline_is_a_state_and_ends_by_itself(tmp_path: Path, host: DemoHost) -> None:
    async def journey() -> None:
        async with open_stage(tmp_path, host) as stage:
            account = stage.workspace.account
            host.script(["drop; on=balance"] * 2)
            assert (await account.restore()).state is ConnectionState.OFFLINE
            assert (await account.refresh_balance()).state is ConnectionState.CONNECTED

    asyncio.run(journey())


def test_a_host_without_a_balance_counts_as_connected(tmp_path: Path, host: DemoHost) -> None:
    async def journey() -> None:
        async with open_stage(tmp_path, host) as stage:
            host.script(["route-not-found; on=balance"])
            account = await stage.workspace.account.restore()
            assert (account.state, account.balance_units) == (ConnectionState.CONNECTED, None)

    asyncio.run(journey())


def test_the_balance_is_asked_for_after_runs_at_most_every_half_minute(
    tmp_path: Path, host: DemoHost
) -> None:
    async def journey() -> None:
        def asked() -> int:
            return len(host.log.entries("/billing/balance/detail"))

        async with open_stage(tmp_path, host) as stage:
            for _ in range(3):
                await stage.run()
            await eventually(lambda: asked() == 1)
            host.account.set_balance(Decimal("3.5"))
            assert stage.workspace.account.account.balance_units != 35_000_000_000
            account = await stage.workspace.account.refresh_balance()
            assert account.balance_units == 35_000_000_000
            assert asked() == 2

    asyncio.run(journey())


def test_a_key_that_the_keychain_gives_late_is_used(tmp_path: Path, host: DemoHost) -> None:
    async def journey() -> None:
        async with opened(tmp_path, host, BrokenKeychain()) as stage:
            account = stage.workspace.account
            await account.restore()
            account.take_late_key("https://other.example", GOOD)
            assert account.account.key_place is KeyPlace.NONE
            account.take_late_key(host.base_url, GOOD)
            assert account.account.key_place is KeyPlace.KEYCHAIN
            await stage.watch.until(lambda: account.account.state is ConnectionState.CONNECTED)

    asyncio.run(journey())


def test_a_check_that_ends_after_a_change_of_host_gives_the_key_to_its_own_host(
    tmp_path: Path, host: DemoHost
) -> None:
    async def journey() -> None:
        async with opened(tmp_path, host, SessionSecrets()) as stage:
            account = stage.workspace.account
            host.script(["gate; on=balance"])
            connecting = asyncio.create_task(account.connect(GOOD))
            await eventually(lambda: host.log.entries("/balance/detail"))
            account.use_host("https://other.example/v1")
            switched = await account.restore()
            assert switched.state is ConnectionState.NOT_CONNECTED
            host.release("gate")
            assert (await connecting) == switched == account.account
            account.use_host(host.base_url)
            back = await account.restore()
            assert (back.state, back.key_place) == (ConnectionState.CONNECTED, KeyPlace.SESSION)

    asyncio.run(journey())


class SlowKeychain(SessionSecrets):
    """A keychain whose answer a test holds back."""

    def __init__(self) -> None:
        super().__init__()
        self.go = asyncio.Event()

    async def get(self, base_url: str) -> str | None:
        await self.go.wait()
        return await super().get(base_url)

    async def set(self, base_url: str, key: str) -> None:
        await self.go.wait()
        await super().set(base_url, key)


def test_a_person_may_be_faster_than_the_keychain(tmp_path: Path, host: DemoHost) -> None:
    async def journey() -> None:
        keychain = SlowKeychain()
        async with opened(tmp_path, host, keychain) as stage:
            account = stage.workspace.account
            restoring = asyncio.create_task(account.restore())
            await asyncio.sleep(0)
            connected = await account.connect(GOOD, session_only=True)
            keychain.go.set()
            assert await restoring == connected
            assert connected.key_place is KeyPlace.SESSION
            account.take_late_key(host.base_url, GOOD)  # the keychain holds the very same
            assert account.account.key_place is KeyPlace.KEYCHAIN

    asyncio.run(journey())


def test_a_run_waits_for_the_key_that_the_keychain_is_asked_for(
    tmp_path: Path, host: DemoHost
) -> None:
    async def journey() -> None:
        keychain = SlowKeychain()
        async with opened(tmp_path, host, keychain) as stage:
            restoring = asyncio.create_task(stage.workspace.account.restore())
            await asyncio.sleep(0)
            running = asyncio.create_task(stage.runs.submit(request()))
            await asyncio.sleep(0.05)
            assert not running.done()
            await SessionSecrets.set(keychain, host.base_url, GOOD)
            keychain.go.set()
            await restoring
            summary = await stage.watch.ended((await running).id)
            assert summary.status is RunStatus.SUCCEEDED

    asyncio.run(journey())


def test_a_run_is_refused_when_the_keychain_has_no_key(tmp_path: Path, host: DemoHost) -> None:
    async def journey() -> None:
        keychain = SlowKeychain()
        async with opened(tmp_path, host, keychain) as stage:
            restoring = asyncio.create_task(stage.workspace.account.restore())
            await asyncio.sleep(0)
            running = asyncio.create_task(stage.runs.submit(request()))
            await asyncio.sleep(0)
            keychain.go.set()
            await restoring
            with pytest.raises(NotConnected):
                await running

    asyncio.run(journey())


def test_a_change_of_host_while_the_keychain_keeps_a_key(tmp_path: Path, host: DemoHost) -> None:
    async def journey() -> None:
        keychain = SlowKeychain()
        async with opened(tmp_path, host, keychain) as stage:
            account = stage.workspace.account
            connecting = asyncio.create_task(account.connect(GOOD))
            await stage.watch.until(lambda: account.account.key_place is KeyPlace.SESSION)
            account.use_host("https://other.example/v1")
            switching = asyncio.create_task(account.restore())
            await asyncio.sleep(0)
            keychain.go.set()
            await asyncio.gather(connecting, switching)
            assert account.account.key_place is KeyPlace.NONE
            assert await keychain.get(host.base_url) == GOOD

    asyncio.run(journey())


def test_an_answer_about_an_earlier_key_changes_nothing(tmp_path: Path, host: DemoHost) -> None:
    async def journey() -> None:
        for scenario in ("gate; on=balance", "bad-key; on=balance; ttft_ms=0"):
            host.reset()
            async with open_stage(tmp_path, host) as stage:
                account = stage.workspace.account
                host.script([scenario])
                asking = asyncio.create_task(account.refresh_balance())
                await asyncio.sleep(0)
                forgotten = await account.forget()
                host.release("gate")
                await asyncio.gather(asking, return_exceptions=True)
                assert account.account == forgotten
                assert await account.refresh_balance() == forgotten

    asyncio.run(journey())


def test_a_host_in_trouble_says_nothing_about_the_key(tmp_path: Path, host: DemoHost) -> None:
    async def journey() -> None:
        async with open_stage(tmp_path, host) as stage:
            account = stage.workspace.account
            host.script(["server-error; on=balance", "bad-key; on=balance"])
            assert (await account.restore()).state is ConnectionState.CONNECTED
            with pytest.raises(KeyRefused):
                await account.refresh_balance()
            assert account.account.state is ConnectionState.KEY_REFUSED

    asyncio.run(journey())


def test_runs_that_end_after_the_key_was_forgotten_change_nothing(
    tmp_path: Path, host: DemoHost
) -> None:
    async def journey() -> None:
        host.script(["gate; text=One two"])
        async with open_stage(tmp_path, host) as stage:
            started = await stage.runs.submit(request())
            await eventually(lambda: host.chats)
            forgotten = await stage.workspace.account.forget()
            host.release("gate")
            await stage.watch.ended(started.id)
            assert stage.workspace.account.account == forgotten

    asyncio.run(journey())


def test_a_run_that_found_no_network_shows_as_offline(tmp_path: Path, host: DemoHost) -> None:
    async def journey() -> None:
        async with open_stage(tmp_path, host) as stage:
            summary = await stage.run()
            failed = replace(summary, status=RunStatus.FAILED, error_code="no_network")
            stage.workspace.events.publish(RunEnded(replace(failed, base_url="https://other")))
            assert stage.workspace.account.account.state is ConnectionState.CONNECTED
            stage.workspace.events.publish(RunEnded(failed))
            assert stage.workspace.account.account.state is ConnectionState.OFFLINE

    asyncio.run(journey())
