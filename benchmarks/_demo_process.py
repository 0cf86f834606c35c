"""A demo host in a process of its own, so that its work is not counted as ours."""

from __future__ import annotations

import json
import re
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager

KEY = "sk_demo_benchmark"
_OPENER = urllib.request.build_opener(urllib.request.ProxyHandler({}))


class DemoProcess:
    """Directs a demo host over its control endpoints."""

    def __init__(self, base_url: str) -> None:
        self.base_url = base_url
        self._origin = base_url.removesuffix("/openai/v1")

    def play_always(self, scenario: str) -> None:
        """Play `scenario` for every request."""
        self._ask("scenario", {"queue": [], "default": scenario})

    def forget(self) -> None:
        """Forget requests and scenarios."""
        self._ask("reset", {})

    def requests(self) -> int:
        """Return how many chat requests came."""
        counts = self._ask("log?path=none")["counts"]
        return sum(counts.values()) if isinstance(counts, dict) else 0

    def hang_ups(self) -> list[float]:
        """Return when clients hung up, in seconds of this machine's monotonic clock."""
        entries = self._ask("log?path=/chat/completions")["entries"]
        found = entries if isinstance(entries, list) else []
        return [entry["hung_up_at"] for entry in found if entry["hung_up_at"]]

    def answers(self) -> list[tuple[float, int]]:
        """Return when each chat request came, in monotonic seconds, and its status."""
        entries = self._ask("log?path=/chat/completions")["entries"]
        found = entries if isinstance(entries, list) else []
        return [(entry["received_at"], entry["status"]) for entry in found]

    def _ask(self, action: str, fields: object = None) -> dict[str, object]:
        request = urllib.request.Request(
            f"{self._origin}/demo/{action}",
            data=None if fields is None else json.dumps(fields).encode(),
            headers={"Authorization": f"Bearer {KEY}"},
        )
        with _OPENER.open(request, timeout=60) as reply:
            answer: dict[str, object] = json.loads(reply.read())
        return answer


@contextmanager
def demo_process() -> Iterator[DemoProcess]:
    """Start a demo host, and end it."""
    process = subprocess.Popen(
        [sys.executable, "-m", "novita_desktop.demo", "--speed", "0", "--key", KEY,
         "--balance", "100000"],
        stdout=subprocess.PIPE,
        text=True,
    )  # fmt: skip
    try:
        assert process.stdout is not None
        found = re.search(r"http\S+", process.stdout.readline())
        if found is None:
            raise RuntimeError("the demo host did not start")
        yield DemoProcess(found[0])
    finally:
        process.terminate()
        process.wait(10)
