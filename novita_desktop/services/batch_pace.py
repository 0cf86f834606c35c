"""How fast a batch goes: rows a second of late, and the time that is left."""

from __future__ import annotations

from collections import deque
from typing import Final

WINDOW_SECONDS: Final = 20.0
"""The pace is that of the rows of so many seconds."""

FEWEST_ENDS: Final = 3
"""From fewer rows than this nothing can be told."""


class BatchPace:
    """Counts rows as they end. Times are monotonic seconds."""

    def __init__(self) -> None:
        self._ends: deque[float] = deque()
        self._begun: float | None = None

    def begin(self, now: float) -> None:
        """Forget the pace from before a pause."""
        self._ends.clear()
        self._begun = now

    def ended(self, now: float) -> None:
        """Count a row that ended."""
        self._ends.append(now)

    def rows_per_second(self, now: float) -> float | None:
        """Return the pace of late, None while too little is known."""
        while self._ends and now - self._ends[0] > WINDOW_SECONDS:
            self._ends.popleft()
        if self._begun is None or len(self._ends) < FEWEST_ENDS:
            return None
        seconds = min(now - self._begun, WINDOW_SECONDS)
        return len(self._ends) / seconds if seconds > 0 else None

    def seconds_left(self, now: float, rows: int) -> float | None:
        """Return how long `rows` more take at this pace, None while it is unknown."""
        pace = self.rows_per_second(now)
        return rows / pace if pace else None
