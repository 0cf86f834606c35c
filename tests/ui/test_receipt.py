"""The line under an answer."""

from dataclasses import replace

import pytest

from novita_desktop.domain.costs import Cost, Usage
from novita_desktop.domain.runs import RunDetail, RunStatus, RunSummary
from novita_desktop.ui import formatting
from novita_desktop.ui.widgets.receipt import Receipt, response_id

RUN = RunSummary(
    1, 1, RunStatus.SUCCEEDED, 0, "a/b", "https://host", "hello",
    usage=Usage(212, 241, reasoning=96), cost=Cost(1_500_000), charged=True,
)  # fmt: skip


@pytest.fixture
def receipt(qtbot):
    receipt = Receipt()
    qtbot.addWidget(receipt)
    return receipt


def test_tokens_money_and_charge_stand_on_one_line(receipt):
    money = formatting.money(1_500_000)
    assert receipt.words_for(RUN) == f"In 212 · Out 241 (96 thinking) · Cost {money} · charged"


def test_estimates_are_marked(receipt):
    run = replace(RUN, usage_is_estimate=True, cost=Cost(1_500_000, is_estimate=True))
    words = receipt.words_for(run)
    assert words.startswith("In ≈ 212 · Out ≈ 241")
    assert f"Cost {formatting.money(1_500_000, is_estimate=True)}" in words


def test_an_unknown_price_is_not_zero(receipt):
    assert "Cost unknown" in receipt.words_for(replace(RUN, cost=None))


@pytest.mark.parametrize(
    ("charged", "words"), [(True, "charged"), (False, "not charged"), (None, "perhaps charged")]
)
def test_it_says_whether_the_host_bills(receipt, charged, words):
    run = replace(RUN, usage=None, cost=None, charged=charged)
    assert receipt.words_for(run) == words


def test_the_hosts_id_is_shown(receipt):
    receipt.show_run(RunDetail(RUN, "{}", raw_response='{"id": "abc-1", "choices": []}'))
    assert receipt._id.text() == "abc-1"
    receipt.clear()
    assert receipt._id.text() == ""


@pytest.mark.parametrize(("raw", "found"), [("", ""), ("[]", ""), ('{"id":"x\\"y"}', 'x\\"y')])
def test_answers_without_an_id(raw, found):
    assert response_id(raw) == found
