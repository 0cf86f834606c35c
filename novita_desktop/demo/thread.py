"""Runs a demo host on a thread and an event loop of its own."""

import asyncio
import contextlib
from concurrent.futures import Future, wait
from decimal import Decimal
from pathlib import Path
from threading import Thread
from types import TracebackType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from novita_desktop.demo.host import DemoHost


class DemoThread:
    """A demo host beside the rest of the program: `with DemoThread(speed=0) as host: ...`.

    It takes the arguments of `DemoHost`. `start` returns at once with a future, `stop` waits
    until the thread has ended. The host and all it needs are imported on the thread.
    """

    def __init__(
        self,
        port: int = 0,
        *,
        key: str | None = None,
        ttft_ms: float | None = None,
        speed: float | None = None,
        models: Path | None = None,
        balance_usd: Decimal | str | int = 25,
    ) -> None:
        self._port = port
        self._key = key
        self._ttft_ms = ttft_ms
        self._speed = speed
        self._models = models
        self._balance_usd = balance_usd
        self._started: Future[DemoHost] = Future()
        self._loop: asyncio.AbstractEventLoop | None = None
        self._stop: asyncio.Event | None = None
        self._thread = Thread(target=self._run, name="demo-host", daemon=True)

    def start(self) -> "Future[DemoHost]":
        """Start the thread; the future is done once the host listens, or has why it does not."""
        self._thread.start()
        return self._started

    def stop(self) -> None:
        """End the host and its thread. Does nothing when they have ended or never started."""
        if self._thread.ident is None:
            return
        wait([self._started])
        if self._loop is not None and self._stop is not None:
            # The loop is closed already when the host could not start.
            with contextlib.suppress(RuntimeError):
                self._loop.call_soon_threadsafe(self._stop.set)
        self._thread.join()

    def __enter__(self) -> "DemoHost":
        return self.start().result()

    def __exit__(
        self,
        kind: type[BaseException] | None,
        problem: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.stop()

    def _run(self) -> None:
        asyncio.run(self._serve())

    async def _serve(self) -> None:
        self._loop = asyncio.get_running_loop()
        self._stop = asyncio.Event()
        try:
            host = self._made_host()
            await host.start()
        except (OSError, ValueError) as problem:
            self._started.set_exception(problem)
            return
        except BaseException as bug:
            self._started.set_exception(bug)
            raise
        self._started.set_result(host)
        try:
            await self._stop.wait()
        finally:
            await host.stop()

    def _made_host(self) -> "DemoHost":
        from novita_desktop.demo.host import DemoHost  # noqa: PLC0415

        return DemoHost(
            self._port,
            key=self._key,
            ttft_ms=self._ttft_ms,
            speed=self._speed,
            models=self._models,
            balance_usd=self._balance_usd,
        )
