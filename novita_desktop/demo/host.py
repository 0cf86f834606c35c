"""The demo host as an object: started, scripted, asked what it saw, stopped."""

import asyncio
import secrets
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from decimal import Decimal
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Final

from novita_desktop.demo.account import DemoAccount
from novita_desktop.demo.catalogue import ModelList, models_file, read_rows
from novita_desktop.demo.completion import PromptCache
from novita_desktop.demo.pace import PaceChoice
from novita_desktop.demo.request_log import LogEntry, RequestLog
from novita_desktop.demo.scenarios import Scenario, parse_scenario
from novita_desktop.demo.stage import Stage

if TYPE_CHECKING:
    from aiohttp.web import ServerRunner

ADDRESS: Final = "127.0.0.1"
DEFAULT_BALANCE_USD: Final = Decimal(25)
STOP_SECONDS: Final = 0.05


@dataclass(frozen=True, slots=True)
class _Listening:
    """What exists while the host runs."""

    runner: "ServerRunner"
    loop: asyncio.AbstractEventLoop
    port: int


class DemoHost:
    """A replica of Novita's API on 127.0.0.1.

    `port` 0 takes a free one. `key` is accepted besides every `sk_demo...` and opens the control
    endpoints; it is made up when None. `ttft_ms` (milliseconds to the first word) varies from 300
    to 800 and `speed` (tokens a second) from 60 to 120 when None; speed 0 is as fast as possible.
    `models` is a catalogue file to serve instead of the one shipped with the program.
    `balance_usd` is the account's opening balance.
    """

    def __init__(
        self,
        port: int = 0,
        *,
        key: str | None = None,
        ttft_ms: float | None = None,
        speed: float | None = None,
        models: Path | None = None,
        balance_usd: Decimal | str | int = DEFAULT_BALANCE_USD,
    ) -> None:
        self._port = port
        self._pace_choice = PaceChoice(ttft_ms, speed)
        self._models_file = models
        self._cache = PromptCache()
        self._listening: _Listening | None = None
        self.key = key or f"sk_demo_{secrets.token_hex(8)}"
        self.account = DemoAccount(self.key, Decimal(balance_usd))
        self.log = RequestLog()
        self.stage = Stage()

    async def start(self) -> None:
        """Listen, on the running loop.

        Raises:
            OSError: the port is taken.
            FileNotFoundError, ValueError: there is no catalogue to serve.
        """
        # The server library takes a fifth of a second to import.
        from aiohttp import web  # noqa: PLC0415

        from novita_desktop.demo.chat import ChatEndpoint  # noqa: PLC0415
        from novita_desktop.demo.control import ControlEndpoints  # noqa: PLC0415
        from novita_desktop.demo.server import BACKLOG, DemoServer  # noqa: PLC0415

        models = ModelList(read_rows(self._models_file or models_file()))
        account, stage, log = self.account, self.stage, self.log
        chat = ChatEndpoint(models, account, stage, log, self._pace_choice, self._cache)
        control = ControlEndpoints(account, stage, log, self.reset)
        server = DemoServer(models, account, stage, log, chat, control)
        runner = web.ServerRunner(
            web.Server(server.serve, handler_cancellation=True), shutdown_timeout=STOP_SECONDS
        )
        await runner.setup()
        try:
            await web.TCPSite(runner, ADDRESS, self._port, backlog=BACKLOG).start()
        except OSError:
            await runner.cleanup()
            raise
        port = runner.addresses[0][1]
        self._listening = _Listening(runner, asyncio.get_running_loop(), port)

    async def stop(self) -> None:
        """Stop listening and close every connection. Does nothing when not started."""
        if self._listening is not None:
            runner = self._listening.runner
            self._listening = None
            await runner.cleanup()

    @property
    def port(self) -> int:
        """The port the host listens on.

        Raises:
            RuntimeError: the host is not started.
        """
        if self._listening is None:
            raise RuntimeError("The demo host is not started.")
        return self._listening.port

    @property
    def origin(self) -> str:
        """The host's address without a path."""
        return f"http://{ADDRESS}:{self.port}"

    @property
    def base_url(self) -> str:
        """The base URL to connect to, as Novita's documentation prints it."""
        return f"{self.origin}/openai/v1"

    def script(self, scenarios: Iterable[str | Scenario]) -> None:
        """Play these scenarios for the next requests, one each; `times=N` serves N of them.

        Raises:
            ScenarioUnknown: one of the texts is not a scenario.
        """
        self.stage.script(scenarios)

    def play_always(self, scenario: str | Scenario | None) -> None:
        """Play `scenario` for every request that neither a header nor the script directs."""
        parsed = parse_scenario(scenario) if isinstance(scenario, str) else scenario
        self.stage.default = parsed

    def limit_requests(self, requests: int | None, seconds: float = 60.0) -> None:
        """Answer 429 above so many requests per model in a window; None lifts the limit."""
        self.stage.window_seconds = seconds
        self.stage.requests_per_window = requests

    def release(self, gate: str) -> None:
        """Open a gate for all who wait at it and all who come later. From any thread."""
        self._on_loop(partial(self.stage.open_gate, gate))

    def wait_until_held(self, gate: str, seconds: float = 5.0) -> bool:
        """Block this thread until an answer waits at `gate`; False when the time has passed."""
        return self.log.wait_for(
            lambda log: any(entry.held_at == gate for entry in log.entries()), seconds
        )

    def wait_for_requests(self, count: int, seconds: float = 5.0) -> bool:
        """Block this thread until so many chat requests came; False when the time has passed."""
        return self.log.wait_for(lambda log: len(log.chats()) >= count, seconds)

    def wait_for_hang_ups(self, count: int, seconds: float = 5.0) -> bool:
        """Block this thread until so many clients hung up; False when the time has passed."""
        return self.log.wait_for(
            lambda log: sum(entry.hung_up for entry in log.entries()) >= count, seconds
        )

    @property
    def chats(self) -> list[LogEntry]:
        """The chat requests that came, oldest first."""
        return self.log.chats()

    @property
    def counts(self) -> dict[str, int]:
        """How many chat requests came, per model."""
        return dict(self.log.counts)

    def reset(self) -> None:
        """Forget requests, scripts, gates, limits and cached prompts; restore the balance."""
        self._on_loop(self.stage.forget_gates)
        self.stage.reset()
        self.log.clear()
        self.account.reset()
        self._cache.clear()

    def _on_loop(self, work: Callable[[], None]) -> None:
        """Do `work` on the host's loop, where gates live; at once when it does not run."""
        if self._listening is None:
            work()
        else:
            self._listening.loop.call_soon_threadsafe(work)
