"""Gathers writes that come one by one, so that many are made with few statements.

Each statement hands the interpreter from thread to thread twice. While a host answers hundreds of
requests a second that costs more than the statement itself, so what is not urgent waits a moment
for company.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from functools import partial
from typing import Final, Generic, TypeVar

Item = TypeVar("Item")
Result = TypeVar("Result")

WAIT_SECONDS: Final = 0.03
"""How long a write that is not urgent waits for others."""

MOST: Final = 128
"""How many items one bundle holds at most."""


class Bundles(Generic[Item, Result]):
    """Hands items, in the order they came, to `begin`, which writes all of them or none.

    `begin` returns a future of one result for each item. What fails as one of many is tried again
    alone, so that nobody bears another's failure. Lives on one loop.
    """

    def __init__(self, begin: Callable[[Sequence[Item]], asyncio.Future[list[Result]]]) -> None:
        self._begin = begin
        self._items: list[Item] = []
        self._futures: list[asyncio.Future[Result]] = []
        self._timer: asyncio.TimerHandle | None = None
        self._is_due = False

    def put(self, item: Item, *, is_urgent: bool) -> asyncio.Future[Result]:
        """Take an item; an urgent one goes in this turn of the loop, with all that waits then."""
        loop = asyncio.get_running_loop()
        future: asyncio.Future[Result] = loop.create_future()
        self._items.append(item)
        self._futures.append(future)
        if len(self._items) >= MOST:
            self.send()
        elif is_urgent:
            if not self._is_due:
                self._is_due = True
                loop.call_soon(self.send)
        elif self._timer is None:
            self._timer = loop.call_later(WAIT_SECONDS, self.send)
        return future

    def send(self) -> None:
        """Hand over what waits; afterwards nothing given before can be overtaken."""
        self._is_due = False
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
        items, self._items = self._items, []
        futures, self._futures = self._futures, []
        if not items:
            return
        try:
            written = self._begin(items)
        except Exception as error:  # noqa: BLE001  # told to whoever waits
            _fail(futures, error)
            return
        written.add_done_callback(partial(self._tell, items, futures))

    def _tell(
        self,
        items: Sequence[Item],
        futures: Sequence[asyncio.Future[Result]],
        written: asyncio.Future[list[Result]],
    ) -> None:
        if written.cancelled():
            for future in futures:
                future.cancel()
            return
        error = written.exception()
        if error is None:
            for future, result in zip(futures, written.result(), strict=True):
                if not future.done():
                    future.set_result(result)
        elif len(items) == 1:
            _fail(futures, error)
        else:
            for item, future in zip(items, futures, strict=True):
                self._try_alone(item, future)

    def _try_alone(self, item: Item, future: asyncio.Future[Result]) -> None:
        try:
            written = self._begin([item])
        except Exception as error:  # noqa: BLE001  # told to whoever waits
            _fail([future], error)
            return
        written.add_done_callback(partial(self._tell, [item], [future]))


def _fail(futures: Sequence[asyncio.Future[Result]], error: BaseException) -> None:
    for future in futures:
        if not future.done():
            future.set_exception(error)
