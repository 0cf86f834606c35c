"""The name of the comparison in view, in the page's head: a press on it gives another."""

from __future__ import annotations

from PySide6.QtCore import QObject, QSize, Signal
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from novita_desktop.domain.comparisons import Comparison
from novita_desktop.ui.icons import Icons
from novita_desktop.ui.page_context import PageContext
from novita_desktop.ui.tasks import answer_of
from novita_desktop.ui.widgets.chip import Chip
from novita_desktop.ui.widgets.run_button import FittingButton

LENGTHS = (32, 20, 12)
"""How many characters of a name are shown, by the room that there is."""


class NameButton(FittingButton):
    """Shows as much of a name as fits, the icon alone without room. Hidden without a name."""

    def __init__(self, icons: Icons, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("comparisonName")
        self.setProperty("kind", "quiet")
        icons.show_on(self, "pencil", "text_muted")
        self.hide()

    @override
    def sizeHint(self) -> QSize:
        return self.minimumSizeHint()  # it takes room that is left over, never that of others

    def show_name(self, name: str) -> None:
        """Show `name`; what is heard and the tooltip have the whole of it."""
        self.setAccessibleName(name)
        self.setAccessibleDescription(self.tr("Rename this comparison"))
        self.setToolTip(self.tr("Rename “{name}”").format(name=name))
        # In a button's text, & marks the key that presses it.
        self.set_words([_cut(name, most).replace("&", "&&") for most in LENGTHS] + [""])
        self.setMaximumWidth(super().sizeHint().width())
        self.setVisible(bool(name))


class ComparisonName(QObject):
    """Shows a comparison's name on its button and changes it; `renamed` has it as kept then.

    `private_mark` says of a private one that it is kept nowhere.
    """

    renamed = Signal(object)

    def __init__(self, context: PageContext, page: QWidget) -> None:
        super().__init__(page)
        self.context = context
        self.button = NameButton(context.icons)
        self.private_mark = Chip(self.tr("private, not kept"))
        self.private_mark.setObjectName("comparisonKeeping")
        self.private_mark.hide()
        self._page = page
        self._comparison: Comparison | None = None
        self.button.clicked.connect(self.ask)

    def show_comparison(self, comparison: Comparison | None) -> None:
        """Show the name of the comparison in view."""
        self._comparison = comparison
        self.button.show_name(comparison.title if comparison is not None else "")
        self.private_mark.setVisible(comparison is not None and comparison.is_private)

    def ask(self) -> None:
        """Let the person give the comparison another name; without one there is nothing to do."""
        if self._comparison is None:
            self.context.toast.show_toast(self.tr("Run a comparison first: then it has a name"))
        else:
            self.context.tasks.start(self._ask(self.context, self._comparison))

    async def _ask(self, context: PageContext, comparison: Comparison) -> None:
        from novita_desktop.ui.dialogs.name_question import (  # noqa: PLC0415  # when wanted
            NameQuestion,
        )

        dialog = NameQuestion(self.tr("Rename the comparison"), comparison.title, self._page)
        if not await answer_of(dialog) or dialog.name == comparison.title:
            return
        work = context.workspace.comparisons.rename(comparison.id, dialog.name)
        kept = await context.bridge.call(work)
        if context is self.context:
            self.renamed.emit(kept)


def _cut(name: str, most: int) -> str:
    return name if len(name) <= most else f"{name[: most - 1].rstrip()}…"
