"""A comparison as text for other programs: Markdown to read, CSV and JSON to work with.

Names that are hidden on the screen are hidden here too: a round that is judged blind later must not
be given away by a file.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence

from novita_desktop.domain.check_outcomes import CheckedCells, Outcome
from novita_desktop.domain.comparisons import Column, Comparison, Round
from novita_desktop.domain.json_values import JsonObject, JsonValue
from novita_desktop.domain.records import record
from novita_desktop.domain.runs import RunDetail
from novita_desktop.domain.self_naming import NameMask, names_of
from novita_desktop.services.exports import csv_line, dollars_text, time_text
from novita_desktop.storage.tables.formula_guard import harmless

VERSION = 1
"""The version of the JSON (`docs/data-format.md`)."""

CSV_COLUMNS = (
    "round", "values", "answer_of", "model", "modified", "status", "answer", "best", "thumb",
    "verdict", "was_blind", "first_word_ms", "duration_ms", "completion_tokens", "cost_usd", "note",
    "checks_passed", "checks_failed", "checks",
)  # fmt: skip


@record(frozen=True, slots=True)
class ExportedAnswer:
    """One cell as it may be told; `model` is empty while it must not be known.

    `checks` has each sentence with how it came out: `passed`, `failed` or `unknown`.
    """

    name: str
    model: str
    is_modified: bool
    detail: RunDetail
    text: str
    is_best: bool
    thumb: int
    checks: Mapping[str, str]


Answers = Callable[[Round], Sequence[ExportedAnswer]]
"""Returns the answers of a round in the order in which they are shown."""


def as_text(
    comparison: Comparison,
    details: Mapping[int, RunDetail],
    suffix: str,
    name_of: Callable[[str], str],
    findings: CheckedCells | None = None,
) -> str:
    """Return the comparison in the form that a file's suffix names: .csv, .json, else Markdown.

    `details` has the runs by id, `findings` what became of the checks; `name_of` returns a model's
    name for its id.
    """

    def answers(found: Round) -> list[ExportedAnswer]:
        return list(answers_of(comparison, found, details, name_of, findings or {}))

    match suffix.lower():
        case ".csv":
            return _as_csv(comparison, answers)
        case ".json":
            return _as_json(comparison, answers)
        case _:
            return _as_markdown(comparison, answers)


def answers_of(
    comparison: Comparison,
    found: Round,
    details: Mapping[int, RunDetail],
    name_of: Callable[[str], str],
    findings: CheckedCells,
) -> Iterator[ExportedAnswer]:
    """Yield the answers of a round in the order in which they are shown."""
    is_hidden = comparison.hides_names(found.number)
    models = [column.model for column in comparison.columns]
    mask = NameMask(names_of((*models, *map(name_of, models))) if is_hidden else ())
    by_key = {column.key: column for column in comparison.columns}
    for place, key in enumerate(found.order, start=1):
        column, cell = by_key.get(key), found.cells.get(key)
        detail = details.get(cell.run_id) if cell is not None else None
        if column is None or cell is None or detail is None:
            continue
        yield ExportedAnswer(
            name=f"Answer {place}" if is_hidden else _name(column, name_of),
            model="" if is_hidden else column.model,
            is_modified=column.is_modified and not is_hidden,
            detail=detail,
            text=mask.covered(detail.text),
            is_best=found.judgement is not None and found.judgement.best == key,
            thumb=cell.thumb,
            checks={
                sentence: each.outcome.value
                for sentence, each in findings.get((found.number, key), {}).items()
                # A check on a model's name would tell whose answer this is.
                if mask.covered(sentence) == sentence
            },
        )


def _name(column: Column, name_of: Callable[[str], str]) -> str:
    name = name_of(column.model)
    return f"{name} (modified)" if column.is_modified else name


def _as_markdown(comparison: Comparison, answers: Answers) -> str:
    form = comparison.form
    parts = [f"# {comparison.title}", f"- Date: {time_text(comparison.created_at)}"]
    if form.system.strip():
        parts.append(f"## System prompt\n\n{form.system}")
    parts.append(f"## Message\n\n{form.message}")
    for found in comparison.rounds:
        if len(comparison.rounds) > 1:
            values = ", ".join(f"{name}: {text}" for name, text in found.values.items())
            parts.append(f"## Input {found.number}\n\n{values}")
        parts.append(f"Verdict: {_verdict(found)}")
        if found.note:
            parts.append(f"Note: {found.note}")
        for answer in answers(found):
            mark = " (best)" if answer.is_best else ""
            parts.append(f"### {answer.name}{mark}\n\n{_facts(answer)}\n\n{answer.text}")
    return "\n\n".join(part.rstrip() for part in parts) + "\n"


def _verdict(found: Round) -> str:
    if found.judgement is None:
        return "none yet"
    words = found.judgement.verdict.value.replace("_", " ")
    return f"{words}, judged blind" if found.judgement.was_blind else words


def _facts(answer: ExportedAnswer) -> str:
    summary = answer.detail.summary
    checks = [f"- {outcome.title()}: {sentence}" for sentence, outcome in answer.checks.items()]
    if not answer.model:
        return "\n".join((f"- Status: {summary.status.value}", *checks))
    facts = [f"- Model: `{answer.model}`", f"- Status: {summary.status.value}"]
    if summary.usage is not None:
        facts.append(f"- Tokens: {summary.usage.completion}")
    if summary.cost is not None:
        about = "about " if summary.cost.is_estimate else ""
        facts.append(f"- Cost: {about}${dollars_text(summary.cost.units)}")
    return "\n".join((*facts, *checks))


def _as_csv(comparison: Comparison, answers: Answers) -> str:
    lines = [csv_line(CSV_COLUMNS)]
    for found in comparison.rounds:
        judgement = found.judgement
        for answer in answers(found):
            summary = answer.detail.summary
            figures: tuple[object, ...] = ("",) * 4
            if answer.model:
                figures = (
                    summary.first_word_ms,
                    summary.duration_ms,
                    summary.usage.completion if summary.usage else "",
                    dollars_text(summary.cost.units) if summary.cost else "",
                )
            lines.append(
                csv_line(
                    (
                        found.number,
                        json.dumps(dict(found.values), ensure_ascii=False),
                        harmless(answer.name),
                        harmless(answer.model),
                        answer.is_modified,
                        summary.status.value,
                        harmless(answer.text),
                        answer.is_best,
                        answer.thumb,
                        judgement.verdict.value if judgement else "",
                        judgement.was_blind if judgement else "",
                        *figures,
                        harmless(found.note),
                        list(answer.checks.values()).count(Outcome.PASSED.value),
                        list(answer.checks.values()).count(Outcome.FAILED.value),
                        json.dumps(dict(answer.checks), ensure_ascii=False),
                    )
                )
            )
    return "".join(lines)


def _as_json(comparison: Comparison, answers: Answers) -> str:
    rounds = []
    for found in comparison.rounds:
        judgement = found.judgement
        rounds.append(
            {
                "number": found.number,
                "values": dict(found.values),
                "verdict": judgement.verdict.value if judgement else None,
                "was_blind": judgement.was_blind if judgement else None,
                "note": found.note,
                "answers": [_answer_json(answer) for answer in answers(found)],
            }
        )
    document = {
        "format": "novita-comparison",
        "version": VERSION,
        "title": comparison.title,
        "time": time_text(comparison.created_at),
        "system": comparison.form.system,
        "message": comparison.form.message,
        "checks": list(comparison.checks),
        "rounds": rounds,
    }
    return json.dumps(document, ensure_ascii=False, indent=2) + "\n"


def _answer_json(answer: ExportedAnswer) -> JsonObject:
    summary = answer.detail.summary
    known: dict[str, JsonValue] = {}
    if answer.model:
        known = {
            "model": answer.model,
            "modified": answer.is_modified,
            "first_word_ms": summary.first_word_ms,
            "duration_ms": summary.duration_ms,
            "completion_tokens": summary.usage.completion if summary.usage else None,
            "cost_usd": dollars_text(summary.cost.units) if summary.cost else None,
        }
    return {
        "name": answer.name,
        "status": summary.status.value,
        "answer": answer.text,
        "best": answer.is_best,
        "thumb": answer.thumb,
        "checks": dict(answer.checks),
        **known,
    }
