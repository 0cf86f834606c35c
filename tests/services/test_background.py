"""Tasks that nobody awaits."""

from __future__ import annotations

import asyncio

import pytest

from novita_desktop.domain.errors import DiskFull, NovitaDesktopError
from novita_desktop.services.background import Background


async def fail(error: Exception) -> None:
    raise error


def test_expected_errors_are_reported_and_bugs_go_to_the_loop() -> None:
    async def journey() -> None:
        bugs: list[object] = []
        asyncio.get_running_loop().set_exception_handler(
            lambda _, context: bugs.append(context["exception"])
        )
        troubles: list[NovitaDesktopError] = []
        background = Background(troubles.append)
        full, bug = DiskFull(), ZeroDivisionError()
        background.start(fail(full), "one")
        background.start(fail(bug), "two")
        await background.idle()
        assert troubles == [full]
        assert bugs == [bug]

    asyncio.run(journey())


def test_closing_cancels_and_waits_for_the_clean_up() -> None:
    async def journey() -> None:
        cleaned: list[str] = []

        async def work() -> None:
            try:
                await asyncio.Event().wait()
            finally:
                await asyncio.sleep(0.01)
                cleaned.append("done")

        background = Background(lambda _: None)
        background.start(work(), "one")
        await asyncio.sleep(0)
        await background.close()
        assert cleaned == ["done"]

    asyncio.run(journey())


def test_what_outlives_its_caller_goes_on_and_its_error_is_still_seen() -> None:
    async def journey() -> None:
        troubles: list[NovitaDesktopError] = []
        background = Background(troubles.append)
        go = asyncio.Event()
        full = DiskFull()

        async def work() -> None:
            await go.wait()
            raise full

        caller = asyncio.create_task(background.outlive(work(), "one"))
        await asyncio.sleep(0)
        caller.cancel()
        with pytest.raises(asyncio.CancelledError):
            await caller
        go.set()
        await background.idle()
        await asyncio.sleep(0)
        assert troubles == [full]

    asyncio.run(journey())


def test_a_caller_that_waits_gets_the_error_and_nobody_else_does() -> None:
    async def journey() -> None:
        troubles: list[NovitaDesktopError] = []
        background = Background(troubles.append)
        with pytest.raises(DiskFull):
            await background.outlive(fail(DiskFull()), "one")
        await asyncio.sleep(0)
        assert troubles == []

    asyncio.run(journey())
