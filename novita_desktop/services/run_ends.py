"""How a run ended, worked out from what is known: status, usage, cost, charged or not.

The host's own table says what is charged (novita/api.md section 5.2): an answer and a dropped
connection are, 4xx, 429 and 5xx are not.
"""

from __future__ import annotations

import json

from novita_desktop.domain.costs import TOKENS_PER_IMAGE, Cost, Usage, cost_of, estimated_tokens
from novita_desktop.domain.errors import (
    ApiError,
    ConnectionTrouble,
    EmptyAnswer,
    FeatureUnsupported,
    HostReply,
    MaxTokensTooHigh,
    ParameterRefused,
    ReasoningUsedUpTokens,
)
from novita_desktop.domain.json_values import as_list, as_object
from novita_desktop.domain.request_body import request_of
from novita_desktop.domain.runs import RunEnd, RunError, RunStatus, RunSummary
from novita_desktop.domain.stream import StreamFinished
from novita_desktop.services.live_run import LiveRun

BUG_CODE = "error"
"""The stored code of a run that a fault of this program ended (`NovitaDesktopError.code`)."""


def run_error_of(error: ApiError) -> RunError:
    """Return what is stored of an error: its code, the host's reply and its own facts."""
    facts: tuple[tuple[str, str], ...] = ()
    match error:
        case ParameterRefused():
            facts = (("parameter", error.parameter),)
        case FeatureUnsupported():
            facts = (("feature", error.feature),)
        case MaxTokensTooHigh() if error.limit is not None:
            facts = (("limit", str(error.limit)),)
    return RunError(error.code, error.reply, facts, is_retryable=error.retryable)


def bug_error_of(error: BaseException) -> RunError:
    """Return what is stored of an unexpected exception.

    Its kind alone: its words may hold parts of the request.
    """
    return RunError(BUG_CODE, HostReply(message=type(error).__name__), is_retryable=True)


def charged_for(error: ApiError, *, is_opened: bool) -> bool | None:
    """Return whether the host bills an attempt that failed so, None if it cannot be told.

    A connection that broke after the host had begun to answer may have cost something.
    """
    if is_opened and isinstance(error, ConnectionTrouble):
        return None
    return error.charged


def fault_of(finished: StreamFinished, *, has_text: bool) -> ApiError | None:
    """Return what is wrong with an answer that came to its end, None if nothing.

    An empty answer cut by max_tokens was used up by reasoning (novita/api.md section 0, fact 10);
    an answer that only calls tools is not empty.
    """
    if has_text:
        return None
    choices = as_list(finished.raw.get("choices"))
    message = as_object(as_object(choices[0]).get("message")) if choices else {}
    if as_list(message.get("tool_calls")):
        return None
    reply = HostReply(message=f"finish_reason: {finished.finish_reason}")
    if finished.finish_reason == "length":
        return ReasoningUsedUpTokens(reply=reply)
    return EmptyAnswer(reply=reply)


def estimated_usage(run: LiveRun) -> Usage:
    """Return about what the host counted for what was sent and what has arrived."""
    request = request_of(run.new.request_body)
    prompt = sum(
        estimated_tokens(message.text) + len(message.images) * TOKENS_PER_IMAGE
        for message in request.messages
    )
    reasoning = estimated_tokens(str(run.reasoning))
    return Usage(prompt, estimated_tokens(str(run.text)) + reasoning, reasoning=reasoning)


def end_of(run: LiveRun, status: RunStatus, error: RunError | None) -> RunEnd:
    """Return how `run` ended, to be recorded once.

    Times are those of the last attempt, so that words a second can be told from them; the run's
    whole life is between `created_at` and `ended_at`. Usage is the last attempt's; the cost
    counts earlier attempts that were charged, as an estimate.
    """
    last = run.attempts[-1] if run.attempts else None
    charges = [attempt.charged for attempt in run.attempts]
    charged = True if True in charges else None if None in charges else False
    usage = run.finished.usage if run.finished else None
    is_estimate = usage is None and last is not None and last.charged is not False
    if is_estimate:
        usage = estimated_usage(run)
    return RunEnd(
        status=status,
        ended_at=run.clock.now(),
        duration_ms=last.duration_ms if last else 0,
        text=str(run.text),
        reasoning=str(run.reasoning),
        raw_response=_raw(run.finished),
        first_word_ms=last.first_word_ms if last else None,
        finish_reason=run.finished.finish_reason if run.finished else "",
        usage=usage,
        usage_is_estimate=is_estimate,
        cost=_cost(run, usage, is_estimate=is_estimate),
        charged=charged,
        error=error,
    )


def _raw(finished: StreamFinished | None) -> str:
    if finished is None:
        return ""
    return json.dumps(finished.raw, ensure_ascii=False, separators=(",", ":"))


def _cost(run: LiveRun, usage: Usage | None, *, is_estimate: bool) -> Cost | None:
    counted = [*run.earlier_usage, *([usage] if usage else [])]
    if run.new.prices is None or not counted:
        return None
    units = sum(cost_of(one, run.new.prices) for one in counted)
    return Cost(units, is_estimate=is_estimate or bool(run.earlier_usage))


def summary_with(summary: RunSummary, end: RunEnd, attempt_count: int) -> RunSummary:
    """Return the summary that the data file would give for `end`, if it could be stored."""
    return RunSummary(
        id=summary.id,
        group_id=summary.group_id,
        status=end.status,
        created_at=summary.created_at,
        model=summary.model,
        base_url=summary.base_url,
        message_head=summary.message_head,
        ended_at=end.ended_at,
        duration_ms=end.duration_ms,
        first_word_ms=end.first_word_ms,
        usage=end.usage,
        usage_is_estimate=end.usage_is_estimate,
        cost=end.cost,
        charged=end.charged,
        finish_reason=end.finish_reason,
        error_code=end.error.code if end.error else "",
        retry_of=summary.retry_of,
        continues=summary.continues,
        attempt_count=attempt_count,
        preset=summary.preset,
    )
