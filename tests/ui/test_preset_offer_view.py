"""Everything about one preset that could be added."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from PySide6.QtWidgets import QLabel, QPlainTextEdit

from novita_desktop.domain.errors import InputError
from novita_desktop.domain.requests import Image
from novita_desktop.domain.variable_fields import FieldKind, VariableField
from novita_desktop.services.preview import Preview
from novita_desktop.ui.icons import Icons
from novita_desktop.ui.tasks import Tasks
from novita_desktop.ui.widgets.differences_view import DifferencesView
from novita_desktop.ui.widgets.fold import Fold
from novita_desktop.ui.widgets.preset_offer_view import PresetOfferView
from tests.ui.offer_samples import FORM, offer, there_already


@pytest.fixture
def tasks():
    return Tasks(lambda error: pytest.fail(repr(error)))


@pytest.fixture
def view(qtbot, theme, loop, tasks):
    names = {"m/one": "Model One"}
    view = PresetOfferView(
        theme, Icons(theme), tasks, lambda i: names.get(i, i), names.__contains__
    )
    qtbot.addWidget(view)
    view.resize(500, 600)
    view.show()
    return view


@pytest.fixture
def show(view, tasks, wait):
    def show(shown):
        view.show_offer(shown)
        wait(tasks.settled())
        labels = [each.text() for each in view.findChildren(QLabel) if each.isVisible()]
        texts = {
            each.accessibleName(): each.toPlainText()
            for each in view.findChildren(QPlainTextEdit)
            if each.isVisible()
        }
        return labels, texts

    return show


def test_model_cost_fields_and_texts(show) -> None:
    labels, texts = show(offer())
    for words in ("Greet", "What Greet is for.", "Model One"):
        assert words in labels
    assert "about $0.00021 a run, at most $0.0066" in labels
    assert "• Their name: one line · usually Ann · First name" in labels
    assert texts == {
        "The system prompt that it sends": "You are kind",
        "The message that it sends": "Reply to Ann",
    }


def test_the_exact_request_unfolds(show, view) -> None:
    show(offer())
    view.findChild(Fold).set_open(is_open=True)
    _, texts = show(offer())
    assert '"role": "user"' in texts["The exact request"]


def test_differences_to_ones_own(show) -> None:
    labels, texts = show(there_already())
    assert "Yours of that name is different" in labels
    found = texts["Differences to yours"]
    assert "Answer" in found
    assert "Reply to" in found
    labels, texts = show(there_already(is_same=True))
    assert "You have this very preset already" in labels
    assert "Differences to yours" not in texts
    labels, _ = show(offer())
    assert not any("Yours" in words for words in labels)


def test_a_form_that_cannot_run_says_why(show) -> None:
    broken = Preview(problem=InputError("message", "bad_template", detail="no such thing"))
    labels, texts = show(offer(preview=broken))
    assert any("no such thing" in words for words in labels)
    assert texts == {}
    assert "What it sends" not in labels


def test_other_models(show) -> None:
    labels, _ = show(offer(made_for="gpt-4o"))
    assert "Model One, in place of gpt-4o, which is not in the list of models" in labels
    strange = offer()
    new = replace(strange.new, form=replace(FORM, model="x/y"))
    labels, _ = show(replace(strange, new=new))
    assert "x/y, which is not in the list of models" in labels
    labels, _ = show(replace(strange, new=replace(new, form=replace(FORM, model=""))))
    assert "none yet: choose one before you run it" in labels
    labels, _ = show(replace(strange, new=replace(new, form=replace(FORM, model="{{ m }}"))))
    assert "{{ m }}" in labels


def test_shapes_of_answers_and_pictures(show) -> None:
    made = offer()
    form = replace(
        FORM, inputs={"response_format": "json_schema"}, images=(Image("image/png", "aGk="),)
    )
    labels, _ = show(replace(made, new=replace(made.new, form=form)))
    assert "JSON of a fixed shape" in labels
    assert "Pictures" in labels


def test_huge_texts_are_cut_before_they_reach_the_window(show) -> None:
    made = offer()
    huge = "x" * 1_000_000
    field = VariableField(FieldKind.LINES, "L" * 2_000, "h" * 2_000, huge)
    body = {"model": "m", "messages": [{"role": "user", "content": huge}]}
    labels, texts = show(
        replace(
            made,
            new=replace(
                made.new, description="d" * 10_000, form=replace(FORM, fields={"name": field})
            ),
            preview=Preview(json.dumps(body)),
        )
    )
    assert max(map(len, labels)) <= 1_500
    assert len(texts["The message that it sends"]) < 11_000
    problem = InputError("variable:name", "bad_choice", given=huge, detail=huge)
    labels, _ = show(replace(made, preview=Preview(problem=problem)))
    assert max(map(len, labels)) <= 1_500


def test_what_there_was_no_time_for_is_told_of(show) -> None:
    labels, texts = show(offer(preview=None, variables=()))
    assert any("no time" in words for words in labels)
    assert texts == {}


def test_a_slow_comparison_never_lands_on_another_preset(view, tasks, wait) -> None:
    view.show_offer(there_already("First"))
    view.show_offer(there_already("Second", is_same=True))
    wait(tasks.settled())
    differences = view.findChild(DifferencesView)
    assert differences.toPlainText() == ""
