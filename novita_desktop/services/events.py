"""What happened, told to whoever asked.

Events are published on the engine's loop. A listener is called at once, on that loop, and must
be quick; the window's listener (`ui.bridge`) only puts the event in a list.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import field

from novita_desktop.domain.account import Account
from novita_desktop.domain.batches import BatchProgress
from novita_desktop.domain.catalogue import Catalogue, CatalogueChanges
from novita_desktop.domain.errors import NovitaDesktopError
from novita_desktop.domain.presets import Preset
from novita_desktop.domain.records import record
from novita_desktop.domain.runs import RunPhase, RunSummary
from novita_desktop.domain.settings import Settings

logger = logging.getLogger(__name__)


@record(frozen=True, slots=True)
class RunAdded:
    """A run was recorded as `queued`."""

    summary: RunSummary


@record(frozen=True, slots=True)
class RunPhaseChanged:
    """A live run does something else now.

    `attempt` counts from 1, of at most `attempts_allowed`. While BACKING_OFF it is the attempt
    that comes next, `wait_seconds` is the wait that begins now and `error_code` says why the last
    attempt failed.
    """

    run_id: int
    phase: RunPhase
    attempt: int = 1
    attempts_allowed: int = 1
    wait_seconds: float | None = None
    error_code: str = ""


@record(frozen=True, slots=True)
class RunGrew:
    """More of an answer, or of its reasoning, arrived."""

    run_id: int
    text: str = ""
    reasoning: str = ""


@record(frozen=True, slots=True)
class RunRestarted:
    """What arrived of the answer is void: a new attempt begins from nothing."""

    run_id: int


@record(frozen=True, slots=True)
class RunEnded:
    """A run is over and recorded."""

    summary: RunSummary


@record(frozen=True, slots=True)
class QueueChanged:
    """How many runs are running and waiting, and which models are slowed by a rate limit."""

    running: int
    waiting: int
    slowed_models: tuple[str, ...] = ()


@record(frozen=True, slots=True)
class AccountChanged:
    """The connection, its key or its balance changed."""

    account: Account


@record(frozen=True, slots=True)
class CatalogueChanged:
    """A catalogue was loaded or fetched; `changes` since the one before, if any."""

    catalogue: Catalogue
    changes: CatalogueChanges = field(default_factory=CatalogueChanges)


@record(frozen=True, slots=True)
class SettingsChanged:
    """One or more settings changed."""

    old: Settings
    new: Settings


@record(frozen=True, slots=True)
class PresetsChanged:
    """Presets were added, changed, ordered or deleted; these are all of them now."""

    presets: tuple[Preset, ...]


@record(frozen=True, slots=True)
class SpendingChanged:
    """Today's spending, in units of 10^-10 USD; exact and estimated amounts are kept apart."""

    today_units: int
    today_estimated_units: int


@record(frozen=True, slots=True)
class BatchChanged:
    """A batch came further, or does something else now; told a few times a second."""

    progress: BatchProgress


@record(frozen=True, slots=True)
class TroubleReported:
    """Something failed that no caller waits for, for example storing while the disk is full."""

    error: NovitaDesktopError


Event = (
    RunAdded
    | RunPhaseChanged
    | RunGrew
    | RunRestarted
    | RunEnded
    | QueueChanged
    | AccountChanged
    | CatalogueChanged
    | SettingsChanged
    | PresetsChanged
    | SpendingChanged
    | BatchChanged
    | TroubleReported
)
"""Everything that can be told."""

Listener = Callable[[Event], None]
"""Who is told."""


class Events:
    """Tells every listener what happened, in the order it happened."""

    def __init__(self) -> None:
        self._listeners: list[Listener] = []

    def listen(self, listener: Listener) -> Callable[[], None]:
        """Tell `listener` from now on; the returned function ends that."""
        self._listeners.append(listener)

        def stop() -> None:
            if listener in self._listeners:
                self._listeners.remove(listener)

        return stop

    def publish(self, event: Event) -> None:
        """Tell every listener. A listener that fails is logged and does not stop the others."""
        for listener in tuple(self._listeners):
            try:
                listener(event)
            except Exception:
                logger.exception("a listener failed for %s", type(event).__name__)
