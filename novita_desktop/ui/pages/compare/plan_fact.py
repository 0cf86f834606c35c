"""What stands on the page, in the few words beside its title."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from novita_desktop.domain.comparisons import LEAST_COLUMNS

tr = QCoreApplication.translate


def plan_fact(columns: int, inputs: int) -> str:
    """Return how much would run; without inputs, the form itself is the one."""
    if columns < LEAST_COLUMNS:
        return tr("PlanFact", "Choose at least two models")
    if inputs:
        return tr("PlanFact", "{n} columns · {inputs} inputs").format(n=columns, inputs=inputs)
    return tr("PlanFact", "{n} columns · same prompt").format(n=columns)
