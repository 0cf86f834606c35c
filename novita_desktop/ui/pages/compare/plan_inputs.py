"""The inputs that stand on the page: a value for each variable, a row for each input."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from novita_desktop.domain.comparisons import Comparison
from novita_desktop.ui.notices import NoticeBar, NoticeKind
from novita_desktop.ui.page_context import PageContext
from novita_desktop.ui.tasks import answer_of
from novita_desktop.ui.widgets.prompt_form_view import PromptFormView


class PlanInputs(QObject):
    """Holds the inputs; none stand for what the form's own fields say. `changed` tells of others."""

    changed = Signal()

    def __init__(
        self, context: PageContext, form: PromptFormView, notice: NoticeBar, page: QWidget
    ) -> None:
        super().__init__(page)
        self.context = context
        self.value: tuple[Mapping[str, str], ...] = ()
        self._form, self._notice, self._page = form, notice, page

    def take_from(self, comparison: Comparison) -> None:
        """Take the inputs of a comparison."""
        values = tuple(each.values for each in comparison.rounds)
        self.value = values if any(values) else ()

    def ask(self) -> None:
        """Let the person fill in the table of inputs."""
        if self._form.variables.names():
            self.context.tasks.start(self._ask())
        else:
            words = self.tr("Write {{ name }} in the message first: each input fills it anew.")
            self._notice.show_notice(NoticeKind.INFO, words)

    async def _ask(self) -> None:
        from novita_desktop.ui.dialogs.comparison_inputs import (  # noqa: PLC0415  # when wanted
            ComparisonInputs,
        )
        from novita_desktop.ui.pages.compare.input_sources import (  # noqa: PLC0415  # as above
            InputSources,
        )

        names = self._form.variables.names()
        own = self._form.variables.value()
        dialog = ComparisonInputs(names, self.value, self._page, stand_in=own)
        preset = self._form.value().preset
        InputSources(self.context, dialog, preset.id if preset else None)
        if await answer_of(dialog):
            self.value = dialog.value() if len(dialog.value()) > 1 else ()
            self.changed.emit()
