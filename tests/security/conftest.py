"""Tests of security play scenes in the real program, as the journeys do."""

from __future__ import annotations

from tests.journeys.conftest import host, play, start

__all__ = ["host", "play", "start"]
