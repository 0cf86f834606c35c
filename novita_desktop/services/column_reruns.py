"""How one column of a comparison runs anew."""

from __future__ import annotations

from enum import StrEnum

from novita_desktop.domain.records import record
from novita_desktop.domain.runs import RunGroup, RunSummary
from novita_desktop.services.runs import RunService


class AgainKind(StrEnum):
    """How one column runs anew."""

    RETRY = "retry"
    CONTINUE = "continue"
    RAISE = "raise"
    WITHOUT = "without"


@record(frozen=True, slots=True)
class Again:
    """One column's run made anew; `parameter` is what WITHOUT leaves out."""

    kind: AgainKind = AgainKind.RETRY
    parameter: str = ""


async def run_anew(
    runs: RunService, run_id: int, again: Again, group: RunGroup, *, is_confirmed: bool
) -> RunSummary:
    """Start a run again, linked to the old one. Raises what `RunService.submit` does."""
    match again.kind:
        case AgainKind.RETRY:
            return await runs.retry(run_id, group, confirmed_over_limit=is_confirmed)
        case AgainKind.CONTINUE:
            return await runs.continue_run(run_id, group, confirmed_over_limit=is_confirmed)
        case AgainKind.RAISE:
            return await runs.raise_and_rerun(run_id, group, confirmed_over_limit=is_confirmed)
        case AgainKind.WITHOUT:
            return await runs.run_without(
                run_id, again.parameter, group, confirmed_over_limit=is_confirmed
            )
