"""The inputs that stand on the page: a value for each variable, a row for each input."""

from __future__ import annotations

from collections.abc import Callable, Coroutine, Mapping, Sequence
from typing import Any

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from novita_desktop.domain.comparisons import Comparison
from novita_desktop.domain.variable_fields import FieldKind
from novita_desktop.ui.notices import NoticeBar, NoticeKind
from novita_desktop.ui.page_context import PageContext
from novita_desktop.ui.tasks import answer_of
from novita_desktop.ui.widgets.prompt_form_view import PromptFormView


class PlanInputs(QObject):
    """Holds the inputs; none stand for what the form's own fields say. `changed` tells of others.

    `more_names` returns further columns of the table, for what checks compare answers with.
    """

    changed = Signal()

    def __init__(
        self, context: PageContext, form: PromptFormView, notice: NoticeBar, page: QWidget
    ) -> None:
        super().__init__(page)
        self.context = context
        self.value: tuple[Mapping[str, str], ...] = ()
        self.more_names: Callable[[], Coroutine[Any, Any, Sequence[str]]] | None = None
        self._form, self._notice, self._page = form, notice, page

    def take_from(self, comparison: Comparison) -> None:
        """Take the inputs of a comparison."""
        values = tuple(each.values for each in comparison.rounds)
        self.value = values if any(values) else ()

    def ask(self) -> None:
        """Let the person fill in the table of inputs."""
        self.context.tasks.start(self._ask())

    def _why_there_is_no_table(self) -> str:
        if self._of_kind(FieldKind.IMAGE):
            return self.tr(
                "Images cannot stand in the table of inputs: they are chosen in the form and go"
                " with every input. Write {{ name }} in the message for what differs."
            )
        return self.tr("Write {{ name }} in the message first: each input fills it anew.")

    def _names(self) -> tuple[str, ...]:
        """Return the variables that a table can fill."""
        images = self._of_kind(FieldKind.IMAGE)
        return tuple(name for name in self._form.variables.names() if name not in images)

    def _of_kind(self, kind: FieldKind) -> tuple[str, ...]:
        names, field = self._form.variables.names(), self._form.variables.field
        return tuple(name for name in names if field(name).kind is kind)

    async def _ask(self) -> None:
        more = await self.more_names() if self.more_names is not None else ()
        names = tuple(dict.fromkeys((*self._names(), *more)))
        if not names:
            self._notice.show_notice(NoticeKind.INFO, self._why_there_is_no_table())
            return
        from novita_desktop.ui.dialogs.comparison_inputs import (  # noqa: PLC0415  # when wanted
            ComparisonInputs,
        )
        from novita_desktop.ui.pages.compare.input_sources import (  # noqa: PLC0415  # as above
            InputSources,
        )

        own, preset = self._form.variables.value(), self._form.value().preset
        dialog = ComparisonInputs(
            names,
            self.value,
            self._page,
            stand_in=own,
            images=self._of_kind(FieldKind.IMAGE),
            files=self._of_kind(FieldKind.FILE),
        )
        InputSources(self.context, dialog, preset.id if preset else None)
        if await answer_of(dialog):
            # One row is what the form's own fields say, unless it has more columns than they.
            self.value = dialog.value() if len(dialog.value()) > 1 or more else ()
            self.changed.emit()
