"""Variables and price are worked out in the engine; the newest edit wins."""

import asyncio
import json

import pytest

from novita_desktop.domain.prompt_form import PromptForm
from novita_desktop.ui.pages._form_preview import FormPreview, preview_of_form
from tests.ui.prompt_stage import MODEL, prompt_stage


@pytest.fixture
def stage(qtbot, wait, theme, tmp_path):
    with prompt_stage(qtbot, wait, theme, tmp_path) as stage:
        yield stage


def test_the_newest_edit_is_what_is_told(stage):
    form = {"now": PromptForm(model=MODEL, message="one {{ a }}", values={"a": "x"})}
    preview = FormPreview(stage.context, lambda: form["now"], preview_of_form, stage.page)
    names, found = [], []
    preview.variables_found.connect(names.append)
    preview.previewed.connect(found.append)
    preview.refresh()
    stage.until(lambda: found)
    assert names[-1] == ("a",)
    assert json.loads(found[-1].body_json)["messages"][0]["content"] == "one x"
    for number in range(20):
        form["now"] = PromptForm(model=MODEL, message=f"number {number}")
        preview.refresh()
    stage.until(lambda: "number 19" in found[-1].body_json)
    assert len(found) < 10
    assert names[-1] == ()


def test_what_keeps_a_form_back_is_told(stage):
    preview = FormPreview(
        stage.context, lambda: PromptForm(model=MODEL), preview_of_form, stage.page
    )
    found = []
    preview.previewed.connect(found.append)
    preview.refresh()
    stage.until(lambda: found)
    assert (found[0].problem.field, found[0].estimate) == ("message", None)


def test_variables_of_a_form_that_is_gone_are_not_told(stage):
    forms = [PromptForm(MODEL, message="{{ new }}"), PromptForm(MODEL, message="{{ old }}")]

    def read():
        if len(forms) == 1:
            return forms[0]
        # Before the first form is looked through, another one stands there.
        asyncio.get_running_loop().call_soon(preview.begin_with, ("new",))
        return forms.pop()

    preview = FormPreview(stage.context, read, preview_of_form, stage.page)
    names = []
    preview.variables_found.connect(names.append)
    preview.refresh()
    stage.until(lambda: names)
    assert set(names) == {("new",)}
