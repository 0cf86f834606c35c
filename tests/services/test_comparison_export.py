"""Comparisons as files: whole, exact, harmless, and silent about what must not be known yet."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import replace

import pytest

from novita_desktop.domain.check_outcomes import Finding, Outcome, Reason
from novita_desktop.domain.comparisons import (
    Cell,
    Column,
    Comparison,
    Judgement,
    Round,
    Verdict,
)
from novita_desktop.domain.costs import Cost, Usage
from novita_desktop.domain.prompt_form import PromptForm
from novita_desktop.domain.runs import RunDetail, RunStatus, RunSummary
from novita_desktop.services.comparison_export import as_text

NAMES = {"meta-llama/llama-3": "Llama 3", "qwen/qwen3": "Qwen3"}


def detail(run_id: int, model: str, text: str) -> RunDetail:
    summary = RunSummary(
        run_id,
        1,
        RunStatus.SUCCEEDED,
        0,
        model,
        "",
        "",
        duration_ms=900,
        first_word_ms=310,
        usage=Usage(5, 42),
        cost=Cost(1_000_000),
    )
    return RunDetail(summary, "{}", text=text)


DETAILS = {
    1: detail(1, "meta-llama/llama-3", "=1+1 I am Llama 3."),
    2: detail(2, "qwen/qwen3", "Hello, Ann"),
}
COLUMNS = (Column(1, "meta-llama/llama-3"), Column(2, "qwen/qwen3", "Be short"))
ROUND = Round(
    1,
    (2, 1),
    {"name": "Ann"},
    {1: Cell(1, 1), 2: Cell(2)},
    Judgement(Verdict.BEST, 1, 5, was_blind=True),
    "clear",
)
COMPARISON = Comparison(
    7, "Greet", 0, PromptForm(system="S", message="Greet {{ name }}"), COLUMNS, rounds=(ROUND,)
)
BLIND = replace(COMPARISON, is_blind=True, rounds=(replace(ROUND, judgement=None),))


SHORT, KIND, NAMED = "at most 3 words", "contains “hello”", "contains “Llama 3”"
FINDINGS = {
    (1, 1): {
        SHORT: Finding(Outcome.FAILED, Reason.LENGTH, 5, "words"),
        KIND: Finding(Outcome.FAILED, Reason.TEXT_MISSING),
        NAMED: Finding(Outcome.PASSED, Reason.TEXT_FOUND),
    },
    (1, 2): {
        SHORT: Finding(Outcome.PASSED, Reason.LENGTH, 2, "words"),
        KIND: Finding(Outcome.PASSED, Reason.TEXT_FOUND),
        NAMED: Finding(Outcome.UNKNOWN, Reason.TEXT_MISSING),
    },
}


def text(comparison: Comparison, suffix: str) -> str:
    return as_text(comparison, DETAILS, suffix, lambda model: NAMES[model], FINDINGS)


def test_markdown_is_read_from_top_to_bottom() -> None:
    found = text(COMPARISON, ".md")
    order = (
        "# Greet",
        "## System prompt",
        "Verdict: best, judged blind",
        "Note: clear",
        "### Qwen3 (modified)",
        "### Llama 3 (best)",
    )
    places = [found.index(part) for part in order]
    assert places == sorted(places)
    assert found.count("$0.0001") == 2
    two = replace(COMPARISON, rounds=(ROUND, replace(ROUND, number=2)))
    assert "## Input 2\n\nname: Ann" in text(two, ".md")


def test_csv_has_a_row_for_each_answer_that_no_spreadsheet_runs() -> None:
    rows = list(csv.DictReader(io.StringIO(text(COMPARISON, ".csv"))))
    assert [row["answer_of"] for row in rows] == ["Qwen3 (modified)", "Llama 3"]
    assert rows[1]["answer"].startswith("'=1+1")
    assert (rows[1]["best"], rows[1]["thumb"], rows[1]["cost_usd"]) == ("True", "1", "0.0001")
    assert json.loads(rows[0]["values"]) == {"name": "Ann"}


def test_json_holds_everything_exactly() -> None:
    document = json.loads(text(COMPARISON, ".json"))
    (found,) = document["rounds"]
    assert (document["format"], found["verdict"], found["was_blind"]) == (
        "novita-comparison",
        "best",
        True,
    )
    llama = found["answers"][1]
    assert (llama["model"], llama["best"], llama["cost_usd"]) == (
        "meta-llama/llama-3",
        True,
        "0.0001",
    )


@pytest.mark.parametrize("suffix", [".md", ".csv", ".json"])
def test_an_open_blind_round_names_nobody(suffix: str) -> None:
    found = text(BLIND, suffix)
    assert "Answer 1" in found
    assert not any(word in found.lower() for word in ("llama", "qwen", "0.0001", "310"))


def test_a_run_that_is_gone_is_left_out() -> None:
    found = as_text(COMPARISON, {2: DETAILS[2]}, ".json", lambda model: NAMES[model])
    assert [a["name"] for a in json.loads(found)["rounds"][0]["answers"]] == ["Qwen3 (modified)"]


def test_checks_are_in_every_form() -> None:
    assert f"- Failed: {SHORT}\n- Failed: {KIND}\n- Passed: {NAMED}" in text(COMPARISON, ".md")
    rows = list(csv.DictReader(io.StringIO(text(COMPARISON, ".csv"))))
    assert [(row["checks_passed"], row["checks_failed"]) for row in rows] == [
        ("2", "0"),
        ("1", "2"),
    ]
    assert json.loads(rows[0]["checks"]) == {SHORT: "passed", KIND: "passed", NAMED: "unknown"}
    document = json.loads(text(replace(COMPARISON, checks=(SHORT,)), ".json"))
    assert document["checks"] == [SHORT]
    assert document["rounds"][0]["answers"][1]["checks"][SHORT] == "failed"


def test_an_open_blind_round_keeps_checks_on_names_to_itself() -> None:
    document = json.loads(text(BLIND, ".json"))
    for answer in document["rounds"][0]["answers"]:
        assert set(answer["checks"]) == {SHORT, KIND}
