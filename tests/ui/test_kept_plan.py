"""The page begins with what stood there, or with the Prompt page's form and two models."""

from __future__ import annotations

from novita_desktop.domain.comparisons import Column, ComparisonPlan
from novita_desktop.domain.prompt_form import PromptForm
from novita_desktop.ui.pages.compare.kept_plan import kept_plan
from tests.ui.compare_stage import MODELS
from tests.ui.page_stage import page_stage


def test_the_first_time_it_is_the_prompts_form(tools, tmp_path):
    with page_stage(tools, tmp_path) as stage:
        form = PromptForm(model=MODELS[2], message="From the Prompt page")
        stage.call(stage.context.workspace.drafts.save("prompt", form))
        plan, comparison = tools.wait(kept_plan(stage.context), timeout=20_000)
        assert plan.form == PromptForm(message="From the Prompt page")
        assert plan.columns[0].model == MODELS[2]
        assert len(plan.columns) == 2
        assert comparison is None


def test_later_it_is_what_was_kept_with_the_answers_in_view(tools, tmp_path):
    with page_stage(tools, tmp_path) as stage:
        comparisons = stage.context.workspace.comparisons
        columns = (Column(1, MODELS[0]), Column(2, MODELS[1]))
        plan = ComparisonPlan(PromptForm(message="Hello"), columns)
        started = stage.call(comparisons.start(plan))
        kept = ComparisonPlan(plan.form, columns, shown=started.id)
        stage.call(comparisons.save_plan(kept))
        found, comparison = tools.wait(kept_plan(stage.context), timeout=20_000)
        assert found == kept
        assert comparison.id == started.id
        stage.call(comparisons.stop_all(started.id))
