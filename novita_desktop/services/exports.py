"""Runs as text for other programs: Markdown, JSON, CSV, cURL, Python. Never with the key."""

from __future__ import annotations

import csv
import io
import json
import pprint
import re
import shlex
from collections.abc import AsyncIterator, Sequence
from datetime import UTC, datetime
from decimal import Decimal
from enum import StrEnum
from pathlib import Path

from novita_desktop.domain.costs import UNITS_PER_USD
from novita_desktop.domain.json_values import JsonValue, as_object
from novita_desktop.domain.request_body import request_of
from novita_desktop.domain.requests import Role
from novita_desktop.domain.runs import Attempt, RunDetail
from novita_desktop.storage.answer_files import write_text
from novita_desktop.storage.streamed_file import StreamedFile
from novita_desktop.storage.tables.formula_guard import harmless
from novita_desktop.storage.worker_thread import in_daemon_thread

KEY_VARIABLE = "NOVITA_API_KEY"


class Shell(StrEnum):
    """Which shell a command line is for; they quote differently."""

    POSIX = "posix"
    POWERSHELL = "powershell"


class RunsFormat(StrEnum):
    """As what a list of runs is exported; the value is the file's suffix."""

    JSON = "json"
    CSV = "csv"
    MARKDOWN = "md"


RUNS_VERSION = 1
"""The version of the JSON that `save_runs` writes (`docs/data-format.md`)."""

CSV_COLUMNS = (
    "run", "time", "status", "model", "preset", "system_prompt", "message", "answer", "reasoning",
    "prompt_tokens", "completion_tokens", "tokens_are_estimate", "cost_usd", "cost_is_estimate",
    "charged", "duration_ms", "finish_reason", "error", "retry_of", "starred", "note",
)  # fmt: skip
_RUNS_AT_ONCE = 50


def as_plain(detail: RunDetail) -> str:
    """Return the answer alone."""
    return detail.text


def as_markdown(detail: RunDetail) -> str:
    """Return prompt, answer and facts as a Markdown document."""
    summary = detail.summary
    request = request_of(detail.request_body)
    when = datetime.fromtimestamp(summary.created_at / 1_000_000, UTC).astimezone()
    facts = [f"- Model: `{summary.model}`", f"- Date: {when.isoformat(timespec='seconds')}"]
    if summary.usage is not None:
        about = "about " if summary.usage_is_estimate else ""
        usage = summary.usage
        facts.append(f"- Tokens: {about}{usage.prompt} in, {usage.completion} out")
    parts = [f"# {summary.message_head or summary.model}", "\n".join(facts)]
    for message in request.messages:
        heading = {Role.SYSTEM: "System prompt", Role.USER: "Message"}.get(message.role, "Answer")
        parts.append(f"## {heading}\n\n{message.text}")
    parts.append(f"## Answer\n\n{detail.text}")
    return "\n\n".join(part.rstrip() for part in parts) + "\n"


def as_curl(detail: RunDetail, shell: Shell = Shell.POSIX) -> str:
    """Return a command that sends the same request; it takes the key from the environment.

    The body is one line of JSON, so nothing in a prompt can end the quotation: POSIX shells get
    it in single quotes, PowerShell in a here-string, as ASCII because it garbles anything else on
    its way to a program.
    """
    url = f"{detail.summary.base_url}/chat/completions"
    if shell is Shell.POWERSHELL:
        body = json.dumps(json.loads(detail.request_body), separators=(",", ":"))
        return "\n".join(
            (
                f"@'\n{body}\n'@ | curl.exe -N {_powershell_quoted(url)} `",
                f'  -H "Authorization: Bearer $env:{KEY_VARIABLE}" `',
                '  -H "Content-Type: application/json" `',
                '  --data-binary "@-"',
            )
        )
    return " \\\n".join(
        (
            f"curl -N {shlex.quote(url)}",
            f'  -H "Authorization: Bearer ${KEY_VARIABLE}"',
            "  -H 'Content-Type: application/json'",
            f"  --data-raw {shlex.quote(detail.request_body)}",
        )
    )


def as_python(detail: RunDetail) -> str:
    """Return a program that sends the same request and prints the answer as it arrives.

    It needs Python's standard library alone. The request stands in it as a literal, so nothing
    in a prompt can become code.
    """
    body = pprint.pformat(dict(as_object(json.loads(detail.request_body))), 2, 96, sort_dicts=False)
    url = f"{detail.summary.base_url}/chat/completions"
    return _PYTHON.format(url=ascii(url), key=KEY_VARIABLE, body=body)


async def save_text(path: Path, text: str) -> None:
    """Write an export to a file the person chose, whole or not at all. Raises StorageError."""
    await in_daemon_thread(lambda: write_text(path, text))


async def save_runs(path: Path, form: RunsFormat, details: AsyncIterator[RunDetail]) -> int:
    """Write runs to a file the person chose, whole or not at all; return how many.

    They are written as they come, so any number of them takes the same memory. Raises
    StorageError.
    """
    file = StreamedFile(path)
    await in_daemon_thread(file.__enter__)
    try:
        count = 0
        waiting: list[RunDetail] = []
        await in_daemon_thread(lambda: file.write(_HEADS[form]))
        async for detail in details:
            waiting.append(detail)
            if len(waiting) == _RUNS_AT_ONCE:
                await _add(file, form, waiting, count)
                count += len(waiting)
                waiting = []
        await _add(file, form, waiting, count)
        await in_daemon_thread(lambda: file.write(_FEET[form]))
        await in_daemon_thread(file.keep)
        return count + len(waiting)
    finally:
        await in_daemon_thread(lambda: file.__exit__(None, None, None))


async def _add(
    file: StreamedFile, form: RunsFormat, details: Sequence[RunDetail], before: int
) -> None:
    """Write some runs, after the `before` that are in the file already."""
    if not details:
        return
    joint = {RunsFormat.JSON: ",\n", RunsFormat.CSV: "", RunsFormat.MARKDOWN: "\n---\n\n"}[form]
    text_of = {
        RunsFormat.JSON: as_json,
        RunsFormat.CSV: as_csv_row,
        RunsFormat.MARKDOWN: as_markdown,
    }[form]

    def write() -> None:
        file.write((joint if before else "") + joint.join(map(text_of, details)))

    await in_daemon_thread(write)


def as_json(detail: RunDetail) -> str:
    """Return everything about a run as a JSON object; money is a text, so that it stays exact."""
    summary, usage, cost = detail.summary, detail.summary.usage, detail.summary.cost
    run: dict[str, JsonValue] = {
        "run": summary.id,
        "time": time_text(summary.created_at),
        "status": summary.status.value,
        "model": summary.model,
        "host": summary.base_url,
        "preset": summary.preset_name or None,
        "variables": dict(detail.variables),
        "retry_of": summary.retry_of,
        "continues": summary.continues,
        "starred": summary.is_starred,
        "note": summary.note,
        "request": _json_or_text(detail.request_body),
        "answer": detail.text,
        "reasoning": detail.reasoning,
        "finish_reason": summary.finish_reason,
        "usage": None
        if usage is None
        else {
            "prompt": usage.prompt,
            "completion": usage.completion,
            "cached": usage.cached,
            "reasoning": usage.reasoning,
            "is_estimate": summary.usage_is_estimate,
        },
        "cost_usd": None if cost is None else dollars_text(cost.units),
        "cost_is_estimate": cost is not None and cost.is_estimate,
        "charged": summary.charged,
        "duration_ms": summary.duration_ms,
        "first_word_ms": summary.first_word_ms,
        "error": _error_of(detail),
        "attempts": [_attempt_of(attempt) for attempt in detail.attempts],
    }
    return json.dumps(run, ensure_ascii=False)


def _error_of(detail: RunDetail) -> JsonValue:
    error = detail.error
    if error is None:
        return None
    return {
        "code": error.code,
        "status": error.reply.status,
        "message": error.reply.message,
        "trace_id": error.reply.trace_id,
    }


def _attempt_of(attempt: Attempt) -> JsonValue:
    return {
        "number": attempt.number,
        "time": time_text(attempt.started_at),
        "status": attempt.status,
        "error": attempt.error.code if attempt.error else None,
        "duration_ms": attempt.duration_ms,
        "wait_after_ms": attempt.wait_after_ms,
    }


def as_csv_row(detail: RunDetail) -> str:
    """Return a run as a line of CSV_COLUMNS; no cell is a formula to a spreadsheet."""
    summary, usage, cost = detail.summary, detail.summary.usage, detail.summary.cost
    request = request_of(detail.request_body)
    cells = (
        summary.id,
        time_text(summary.created_at),
        summary.status.value,
        summary.model,
        summary.preset_name,
        request.system_text,
        request.message_text,
        detail.text,
        detail.reasoning,
        None if usage is None else usage.prompt,
        None if usage is None else usage.completion,
        summary.usage_is_estimate,
        None if cost is None else dollars_text(cost.units),
        cost is not None and cost.is_estimate,
        summary.charged,
        summary.duration_ms,
        summary.finish_reason,
        summary.error_code,
        summary.retry_of,
        summary.is_starred,
        summary.note,
    )
    return csv_line([harmless(cell) if isinstance(cell, str) else cell for cell in cells])


def csv_line(cells: Sequence[object]) -> str:
    """Return one row of a table as CSV; texts go through `harmless` first."""
    line = io.StringIO()
    csv.writer(line, lineterminator="\r\n").writerow(cells)
    return line.getvalue()


def time_text(microseconds: int) -> str:
    """Return a moment in unix microseconds as ISO 8601, in UTC."""
    return datetime.fromtimestamp(microseconds / 1_000_000, UTC).isoformat(timespec="milliseconds")


def dollars_text(units: int) -> str:
    """Return an amount of 10^-10 USD as dollars, exactly."""
    return format(Decimal(units) / UNITS_PER_USD, "f")


def _json_or_text(text: str) -> JsonValue:
    try:
        value: JsonValue = json.loads(text)
    except (ValueError, RecursionError):
        return text
    return value


# A byte order mark: without it spreadsheets on Windows take UTF-8 for something else.
_HEADS = {
    RunsFormat.JSON: f'{{"format":"novita-runs","version":{RUNS_VERSION},"runs":[\n',
    RunsFormat.CSV: "\ufeff" + csv_line(CSV_COLUMNS),
    RunsFormat.MARKDOWN: "",
}
_FEET = {RunsFormat.JSON: "\n]}\n", RunsFormat.CSV: "", RunsFormat.MARKDOWN: ""}


def _powershell_quoted(text: str) -> str:
    # PowerShell takes typographic quotes for quotes too.
    return "'" + re.sub("(['\u2018\u2019\u201a\u201b])", r"\1\1", text) + "'"


_PYTHON = """\
import json
import os
import urllib.request

URL = {url}
BODY = {body}

request = urllib.request.Request(
    URL,
    data=json.dumps(BODY).encode(),
    headers={{
        "Authorization": "Bearer " + os.environ["{key}"],
        "Content-Type": "application/json",
    }},
)
with urllib.request.urlopen(request) as response:
    for line in response:
        data = line.decode().removeprefix("data:").strip()
        if not data.startswith("{{"):
            continue
        for choice in json.loads(data).get("choices", []):
            print(choice.get("delta", {{}}).get("content") or "", end="", flush=True)
print()
"""
