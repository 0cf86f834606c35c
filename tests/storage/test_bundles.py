"""What comes one by one is written together, in order, and fails alone."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence

import pytest

from novita_desktop.storage.bundles import MOST, Bundles


class Writer:
    """Doubles numbers; refuses bundles that hold a negative one. Keeps what it was given."""

    def __init__(self) -> None:
        self.given: list[list[int]] = []

    def begin(self, items: Sequence[int]) -> asyncio.Future[list[int]]:
        self.given.append(list(items))
        future: asyncio.Future[list[int]] = asyncio.get_running_loop().create_future()

        def end() -> None:
            if min(items) < 0:
                future.set_exception(ValueError(f"{min(items)}"))
            else:
                future.set_result([2 * item for item in items])

        asyncio.get_running_loop().call_soon(end)
        return future


def with_writer(work: Callable[[Writer, Bundles[int, int]], object]) -> None:
    async def run() -> None:
        writer = Writer()
        await work(writer, Bundles(writer.begin))  # type: ignore[misc]

    asyncio.run(run())


def test_what_waits_goes_together_and_each_gets_its_own_result() -> None:
    async def work(writer: Writer, bundles: Bundles[int, int]) -> None:
        results = await asyncio.gather(*(bundles.put(n, is_urgent=False) for n in range(5)))
        assert results == [0, 2, 4, 6, 8]
        assert writer.given == [[0, 1, 2, 3, 4]]
        assert await bundles.put(5, is_urgent=False) == 10

    with_writer(work)


def test_an_urgent_item_waits_for_no_clock_and_takes_the_others_along() -> None:
    async def work(writer: Writer, bundles: Bundles[int, int]) -> None:
        waiting = bundles.put(1, is_urgent=False)
        urgent = [bundles.put(2, is_urgent=True), bundles.put(3, is_urgent=True)]
        await asyncio.sleep(0)
        assert writer.given == [[1, 2, 3]]
        assert await asyncio.gather(waiting, *urgent) == [2, 4, 6]

    with_writer(work)


def test_a_bundle_has_bounds() -> None:
    async def work(writer: Writer, bundles: Bundles[int, int]) -> None:
        numbers = range(MOST * 2 + 1)
        results = await asyncio.gather(*(bundles.put(n, is_urgent=False) for n in numbers))
        assert results == [2 * n for n in numbers]
        assert [len(given) for given in writer.given] == [MOST, MOST, 1]

    with_writer(work)


def test_nobody_bears_the_failure_of_another() -> None:
    async def work(writer: Writer, bundles: Bundles[int, int]) -> None:
        futures = [bundles.put(n, is_urgent=False) for n in (1, -2, 3)]
        results = await asyncio.gather(*futures, return_exceptions=True)
        assert (results[0], results[2]) == (2, 6)
        with pytest.raises(ValueError, match="-2"):
            await futures[1]
        assert writer.given == [[1, -2, 3], [1], [-2], [3]]

    with_writer(work)


def test_a_caller_that_gives_up_takes_nothing_from_the_others() -> None:
    async def work(writer: Writer, bundles: Bundles[int, int]) -> None:
        first, second = (bundles.put(n, is_urgent=False) for n in (1, 2))
        first.cancel()
        assert await second == 4
        assert writer.given == [[1, 2]]

    with_writer(work)


def test_a_writer_that_cannot_begin_is_told_of() -> None:
    def refuse(_: Sequence[int]) -> asyncio.Future[list[int]]:
        raise OSError("closed")

    async def work() -> None:
        bundles = Bundles[int, int](refuse)
        futures = [bundles.put(n, is_urgent=True) for n in (1, 2)]
        results = await asyncio.gather(*futures, return_exceptions=True)
        assert [str(error) for error in results] == ["closed", "closed"]

    asyncio.run(work())
