"""How fast the demo host answers: when the first word comes, and how many tokens a second follow."""

import random
from dataclasses import dataclass
from typing import Final

from novita_desktop.demo.scenarios import Scenario

FIRST_WORD_MS: Final = (300.0, 800.0)
TOKENS_A_SECOND: Final = (60.0, 120.0)


@dataclass(frozen=True, slots=True)
class Pace:
    """`first_word_seconds` to the first token, then `tokens_a_second`; 0 is without a pause."""

    first_word_seconds: float
    tokens_a_second: float

    def due(self, tokens: int) -> float:
        """Return the second at which that many tokens have been made, counted from the start."""
        if self.tokens_a_second <= 0:
            return self.first_word_seconds
        return self.first_word_seconds + max(tokens - 1, 0) / self.tokens_a_second

    def made_after(self, seconds: float, tokens: int) -> int:
        """Return how many of `tokens` are made when so many seconds have passed."""
        since_first = seconds - self.first_word_seconds
        if since_first < 0:
            return 0
        if self.tokens_a_second <= 0:
            return tokens
        return min(tokens, int(since_first * self.tokens_a_second) + 1)


@dataclass(frozen=True, slots=True)
class PaceChoice:
    """The host's own pace: fixed where it was told, else like a real host's, by chance."""

    ttft_ms: float | None = None
    speed: float | None = None

    def pace(self, scenario: Scenario) -> Pace:
        """Return the pace of one answer: the scenario's wishes go before the host's."""
        if scenario.latency_ms is not None:
            return Pace(scenario.latency_ms / 1000, 0.0)
        speed = self.speed if scenario.speed is None else scenario.speed
        ttft_ms = self.ttft_ms if scenario.ttft_ms is None else scenario.ttft_ms
        if ttft_ms is None:
            ttft_ms = 0.0 if speed == 0 else random.uniform(*FIRST_WORD_MS)  # noqa: S311
        if speed is None:
            speed = random.uniform(*TOKENS_A_SECOND)  # noqa: S311  # variety, not secrecy
        return Pace(ttft_ms / 1000, speed)
