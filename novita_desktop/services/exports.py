"""A run as text for other programs: Markdown, plain text, cURL, Python. Never with the key."""

from __future__ import annotations

import json
import pprint
import re
import shlex
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path

from novita_desktop.domain.json_values import as_object
from novita_desktop.domain.request_body import request_of
from novita_desktop.domain.requests import Role
from novita_desktop.domain.runs import RunDetail
from novita_desktop.storage.answer_files import write_text
from novita_desktop.storage.worker_thread import in_daemon_thread

KEY_VARIABLE = "NOVITA_API_KEY"


class Shell(StrEnum):
    """Which shell a command line is for; they quote differently."""

    POSIX = "posix"
    POWERSHELL = "powershell"


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
