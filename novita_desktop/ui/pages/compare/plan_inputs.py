"""The inputs that stand on the page: a value for each variable, a row for each input."""

from __future__ import annotations

from collections.abc import Callable, Coroutine, Mapping, Sequence
from typing import Any

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from novita_desktop.domain.comparisons import Comparison
from novita_desktop.ui.notices import NoticeBar, NoticeKind
from novita_desktop.ui.page_context import PageContext
from novita_desktop.ui.tasks import answer_of
from novita_desktop.ui.widgets.variables_form import VariablesForm


class PlanInputs(QObject):
    """Holds the inputs; none stand for what the form's own fields say. `changed` tells of others.

    `more_names` returns further columns of the table, for what checks compare answers with.
    """

    changed = Signal()

    def __init__(
        self, context: PageContext, variables: VariablesForm, notice: NoticeBar, page: QWidget
    ) -> None:
        super().__init__(page)
        self.context = context
        self.value: tuple[Mapping[str, str], ...] = ()
        self.more_names: Callable[[], Coroutine[Any, Any, Sequence[str]]] | None = None
        self._variables, self._notice, self._page = variables, notice, page

    def take_from(self, comparison: Comparison) -> None:
        """Take the inputs of a comparison."""
        values = tuple(each.values for each in comparison.rounds)
        self.value = values if any(values) else ()

    def ask(self) -> None:
        """Let the person fill in the table of inputs."""
        self.context.tasks.start(self._ask())

    async def _ask(self) -> None:
        more = await self.more_names() if self.more_names is not None else ()
        names = tuple(dict.fromkeys((*self._variables.names(), *more)))
        if not names:
            words = self.tr("Write {{ name }} in the message first: each input fills it anew.")
            self._notice.show_notice(NoticeKind.INFO, words)
            return
        from novita_desktop.ui.dialogs.comparison_inputs import (  # noqa: PLC0415  # when wanted
            ComparisonInputs,
        )

        dialog = ComparisonInputs(names, self.value or (self._variables.value(),), self._page)
        if await answer_of(dialog):
            # One row is what the form's own fields say, unless it has more columns than they.
            self.value = dialog.value() if len(dialog.value()) > 1 or more else ()
            self.changed.emit()
