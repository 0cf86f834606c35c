"""Decides which scenario a request plays, and keeps what scenarios remember between requests."""

import asyncio
import time
from collections import deque
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from hashlib import blake2b
from threading import Lock

from novita_desktop.demo.errors import Refusal, error
from novita_desktop.demo.scenarios import Scenario, parse_scenario


@dataclass(slots=True)
class _Queued:
    """A scenario that waits for its requests."""

    scenario: Scenario
    left: int


@dataclass(slots=True)
class Stage:
    """The scenarios that wait, the tries counted, the gates and the rate limits.

    Scripting is safe from any thread; gates belong to the host's loop.
    """

    default: Scenario | None = None
    requests_per_window: int | None = None
    window_seconds: float = 60.0
    clock: Callable[[], float] = time.monotonic
    _queue: deque[_Queued] = field(default_factory=deque)
    _tries: dict[bytes, int] = field(default_factory=dict)
    _arrivals: dict[str, deque[float]] = field(default_factory=dict)
    _gates: dict[str, asyncio.Event] = field(default_factory=dict)
    _lock: Lock = field(default_factory=Lock)

    def script(self, scenarios: Iterable[str | Scenario]) -> None:
        """Add scenarios, one for each of the next requests; `times=N` serves N of them.

        Raises:
            ScenarioUnknown: one of the texts is not a scenario.
        """
        parsed = [parse_scenario(one) if isinstance(one, str) else one for one in scenarios]
        with self._lock:
            self._queue.extend(_Queued(one, one.times or 1) for one in parsed)

    @property
    def waiting(self) -> list[str]:
        """The names of the scenarios still in the queue."""
        with self._lock:
            return [queued.scenario.name for queued in self._queue]

    def choose(self, endpoint: str, header: str | None, body: bytes) -> Scenario | None:
        """Return the scenario for a request by its header, the queue or the default.

        Raises:
            ScenarioUnknown: the header is not a scenario.
        """
        if header is not None:
            return self.counted(parse_scenario(header), body)
        if self._queue and (queued := self._next_queued(endpoint)) is not None:
            return queued
        default = self.default
        if default is not None and default.on in {endpoint, "any"}:
            return self.counted(default, body)
        return None

    def counted(self, scenario: Scenario, body: bytes) -> Scenario:
        """Return `scenario` for the first `times` tries of this body, then its recovery.

        The count starts over after the recovery, so the next run lives through it again.
        """
        if scenario.times is None:
            return scenario
        key = blake2b(repr(scenario).encode() + body, digest_size=16).digest()
        tries = self._tries.get(key, 0)
        if tries < scenario.times:
            self._tries[key] = tries + 1
            return scenario
        del self._tries[key]
        return scenario.recovered()

    def check_rate(self, model: str, scenario: Scenario) -> None:
        """Return if this request is within the limits of its model.

        Raises:
            Refusal: 429 RATE_LIMIT_EXCEEDED.
        """
        if scenario.rpm is not None:
            self._check(f"scenario {model}", scenario.rpm, scenario.window_s, scenario.retry_after)
        if self.requests_per_window is not None:
            self._check(model, self.requests_per_window, self.window_seconds, None)

    async def pass_gate(self, name: str) -> None:
        """Wait until the gate is open."""
        await self._gates.setdefault(name, asyncio.Event()).wait()

    def open_gate(self, name: str) -> None:
        """Open a gate for all who wait at it and all who come later."""
        self._gates.setdefault(name, asyncio.Event()).set()

    def close_gate(self, name: str) -> None:
        """Close a gate again."""
        self._gates.pop(name, None)

    def forget_gates(self) -> None:
        """Let everyone who waits at a gate go on, and close all gates."""
        for gate in self._gates.values():
            gate.set()
        self._gates.clear()

    def reset(self) -> None:
        """Forget scripts, counted tries, limits and the default; the gates stay as they are."""
        with self._lock:
            self._queue.clear()
        self._tries.clear()
        self._arrivals.clear()
        self.default = None
        self.requests_per_window = None

    def _next_queued(self, endpoint: str) -> Scenario | None:
        with self._lock:
            for queued in self._queue:
                if queued.scenario.on in {endpoint, "any"}:
                    queued.left -= 1
                    if queued.left == 0:
                        self._queue.remove(queued)
                    return queued.scenario
        return None

    def _check(self, key: str, most: int, seconds: float, retry_after: str | None) -> None:
        now = self.clock()
        arrivals = self._arrivals.setdefault(key, deque())
        while arrivals and now - arrivals[0] >= seconds:
            arrivals.popleft()
        if len(arrivals) >= most:
            raise Refusal(replace(error("rate-limited"), retry_after=retry_after))
        arrivals.append(now)
