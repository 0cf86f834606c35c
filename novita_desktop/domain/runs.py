"""What happened: runs, their attempts, and the groups that a person started.

Times are unix microseconds in UTC (`..._at`); durations come from a monotonic clock and are in
milliseconds (`..._ms`).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field, replace
from enum import StrEnum

from novita_desktop.domain.costs import Cost, Prices, Usage
from novita_desktop.domain.errors import HostReply
from novita_desktop.domain.records import record
from novita_desktop.domain.requests import Lane, PresetUse, RetryPolicy, TimeLimits


class RunStatus(StrEnum):
    """Where a run is in its life."""

    QUEUED = "queued"
    WAITING = "waiting"
    RUNNING = "running"
    SUCCEEDED = "succeeded"
    FAILED = "failed"
    STOPPED = "stopped"
    INTERRUPTED = "interrupted"

    @property
    def is_over(self) -> bool:
        """Whether nothing more happens to the run."""
        return self not in {RunStatus.QUEUED, RunStatus.WAITING, RunStatus.RUNNING}


class RunPhase(StrEnum):
    """What a live run is doing right now; one state drives every label."""

    QUEUED = "queued"
    SLOWED = "slowed"
    CONNECTING = "connecting"
    WAITING_FOR_FIRST_WORD = "waiting_for_first_word"
    THINKING = "thinking"
    WRITING = "writing"
    BACKING_OFF = "backing_off"


class GroupKind(StrEnum):
    """What a person started: one prompt, a comparison, a batch, or an automation's event."""

    PROMPT = "prompt"
    COMPARISON = "comparison"
    BATCH = "batch"
    AUTOMATION = "automation"


@record(frozen=True, slots=True)
class RunGroup:
    """The runs that were started together; never absent, a single run is a group of one.

    `id` is None until the group is recorded: with its first run, or before its runs.
    """

    kind: GroupKind
    title: str = ""
    lane: Lane = Lane.INTERACTIVE
    id: int | None = None


@record(frozen=True, slots=True)
class RunError:
    """Why a run or an attempt failed: the error class's `code`, its facts, the host's words.

    `facts` holds what that class carries besides the reply (`limit`, `feature`, `parameter`).
    """

    code: str
    reply: HostReply = field(default_factory=HostReply)
    facts: tuple[tuple[str, str], ...] = ()
    is_retryable: bool = False


@record(frozen=True, slots=True)
class Attempt:
    """One HTTP exchange of a run.

    `wait_after_ms` is the wait that followed, None for the last. `charged` is what the host's
    own table says (novita/api.md section 5.2), None when it cannot be told.
    """

    number: int
    started_at: int
    duration_ms: int
    first_word_ms: int | None = None
    status: int | None = None
    error: RunError | None = None
    charged: bool | None = None
    headers: tuple[tuple[str, str], ...] = ()
    wait_after_ms: int | None = None


@record(frozen=True, slots=True)
class RunSummary:
    """A run as a list shows it.

    `message_head` is the start of the user's message on one line, at most 120 characters.
    `finish_reason` is the host's word. `preset` is what the form was opened from, if anything. A run
    with `deleted_at` is in the bin. With `is_hidden` it stands in a blind round of a comparison that
    is not judged yet.
    """

    id: int
    group_id: int
    status: RunStatus
    created_at: int
    model: str
    base_url: str
    message_head: str
    ended_at: int | None = None
    duration_ms: int | None = None
    first_word_ms: int | None = None
    usage: Usage | None = None
    usage_is_estimate: bool = False
    cost: Cost | None = None
    charged: bool | None = None
    finish_reason: str = ""
    error_code: str = ""
    retry_of: int | None = None
    continues: int | None = None
    attempt_count: int = 0
    preset: PresetUse | None = None
    is_starred: bool = False
    note: str = ""
    deleted_at: int | None = None
    is_hidden: bool = False

    @property
    def preset_name(self) -> str:
        """The preset's name when the run was made, empty for a run without preset."""
        return self.preset.name if self.preset else ""

    @property
    def is_private(self) -> bool:
        """Whether the run is kept in memory alone; such runs have ids below zero."""
        return self.id < 0


@record(frozen=True, slots=True)
class GroupSummary:
    """Several runs that were started together, as a list shows them in one row.

    `counts` says how many of its runs have which status. `message_head` is that of its first run;
    `tokens`, `cost` and `ended_at` are those of all runs whose are known. `is_hidden` says that a
    blind round among them is not judged yet.
    """

    group: RunGroup
    created_at: int
    counts: tuple[tuple[RunStatus, int], ...]
    models: tuple[str, ...]
    message_head: str
    tokens: int | None = None
    tokens_are_estimate: bool = False
    cost: Cost | None = None
    ended_at: int | None = None
    is_hidden: bool = False

    @property
    def group_id(self) -> int:
        """The group's number in the data file."""
        return self.group.id or 0

    @property
    def run_count(self) -> int:
        """How many runs there are, without those in the bin."""
        return sum(count for _, count in self.counts)

    def count_of(self, status: RunStatus) -> int:
        """Return how many runs have this status."""
        return sum(count for each, count in self.counts if each is status)

    @property
    def status(self) -> RunStatus:
        """What the group as a whole does: the worst that a run came to, once all are over."""
        there = {status for status, count in self.counts if count}
        if any(not status.is_over for status in there):
            return RunStatus.RUNNING
        worst = (RunStatus.FAILED, RunStatus.INTERRUPTED, RunStatus.STOPPED)
        return next((status for status in worst if status in there), RunStatus.SUCCEEDED)


ListedRuns = RunSummary | GroupSummary
"""A row of the history: one run, or several that were started together."""


@record(frozen=True, slots=True)
class ListedPage:
    """Some rows of the history, and how many it had in all at that moment."""

    length: int
    rows: tuple[ListedRuns, ...]


@record(frozen=True, slots=True)
class RunDetail:
    """Everything kept about one run.

    `request_body` is the JSON text that was sent. `raw_response` is the JSON text of the whole
    answer, empty when none came. `prices` are those in force when the run was made, `variables`
    the values that were filled in.
    """

    summary: RunSummary
    request_body: str
    text: str = ""
    reasoning: str = ""
    raw_response: str = ""
    prices: Prices | None = None
    error: RunError | None = None
    attempts: tuple[Attempt, ...] = ()
    retry_policy: RetryPolicy = RetryPolicy.DEFAULT
    time_limits: TimeLimits = field(default_factory=TimeLimits)
    variables: Mapping[str, str] = field(default_factory=dict)


def masked_run(run: RunSummary) -> RunSummary:
    """Return `run` without what tells its model, while that is hidden."""
    if not run.is_hidden:
        return run
    return RunSummary(
        id=run.id,
        group_id=run.group_id,
        status=run.status,
        created_at=run.created_at,
        model="",
        base_url="",
        message_head=run.message_head,
        ended_at=run.ended_at,
        is_starred=run.is_starred,
        note=run.note,
        deleted_at=run.deleted_at,
        is_hidden=True,
    )


def masked(entry: ListedRuns) -> ListedRuns:
    """Return a row without what tells the models in it, while they are hidden."""
    if isinstance(entry, RunSummary):
        return masked_run(entry)
    if not entry.is_hidden:
        return entry
    return replace(entry, models=(), tokens=None, cost=None)


@record(frozen=True, slots=True)
class NewRun:
    """What is recorded before anything is sent; a group without id is recorded with it."""

    group: RunGroup
    created_at: int
    model: str
    base_url: str
    message: str
    request_body: str
    prices: Prices | None
    retry_policy: RetryPolicy
    time_limits: TimeLimits
    retry_of: int | None = None
    continues: int | None = None
    preset: PresetUse | None = None
    variables: Mapping[str, str] = field(default_factory=dict)
    is_private: bool = False


@record(frozen=True, slots=True)
class RunProgress:
    """What is kept of a run that is not over: all that has arrived, and the attempt that goes on."""

    run_id: int
    status: RunStatus
    text: str = ""
    reasoning: str = ""
    attempt: Attempt | None = None


@record(frozen=True, slots=True)
class RunEnd:
    """How a run ended: what is recorded once, at its end."""

    status: RunStatus
    ended_at: int
    duration_ms: int
    text: str
    reasoning: str = ""
    raw_response: str = ""
    first_word_ms: int | None = None
    finish_reason: str = ""
    usage: Usage | None = None
    usage_is_estimate: bool = False
    cost: Cost | None = None
    charged: bool | None = None
    error: RunError | None = None


MESSAGE_HEAD_CHARACTERS = 120


def message_head(message: str) -> str:
    """Return the start of `message` on one line, for lists."""
    return " ".join(message[: MESSAGE_HEAD_CHARACTERS * 4].split())[:MESSAGE_HEAD_CHARACTERS]
