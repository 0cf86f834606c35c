"""What stood on the Compare page when the program ended, or something to begin with."""

from __future__ import annotations

from dataclasses import replace

from novita_desktop.domain.comparisons import Comparison, ComparisonPlan
from novita_desktop.domain.prompt_form import PromptForm
from novita_desktop.ui.page_context import PageContext
from novita_desktop.ui.pages.compare.first_plan import first_columns


async def kept_plan(context: PageContext) -> tuple[ComparisonPlan, Comparison | None]:
    """Return the plan, and the comparison whose answers were in view. Raises StorageError."""
    comparisons, call = context.workspace.comparisons, context.bridge.call
    plan = await call(comparisons.load_plan())
    if plan is None:
        form = await call(context.workspace.drafts.load("prompt")) or PromptForm()
        columns = first_columns(context.state.catalogue, context.state.settings, [form.model])
        return ComparisonPlan(replace(form, model=""), columns), None
    return plan, None if plan.shown is None else await call(comparisons.get(plan.shown))
