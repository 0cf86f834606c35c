"""Sets of models in the page's menu: fill the columns with one, save, rename and delete them."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from typing import Any

from PySide6.QtCore import QLocale, QObject
from PySide6.QtWidgets import QMenu, QWidget

from novita_desktop.domain.model_sets import MOST_SETS, ModelSet, find_set, sets_of
from novita_desktop.ui import formatting
from novita_desktop.ui.notices import NoticeAction
from novita_desktop.ui.page_context import PageContext
from novita_desktop.ui.pages.compare.plan_columns import PlanColumns
from novita_desktop.ui.tasks import answer_of


class ModelSetsMenu(QObject):
    """Fills two menus whenever they open. `use` is told the set that was chosen."""

    def __init__(
        self,
        context: PageContext,
        columns: PlanColumns,
        use: Callable[[ModelSet], None],
        page: QWidget,
    ) -> None:
        super().__init__(page)
        self.context = context
        self._columns, self._use, self._page = columns, use, page

    @property
    def sets(self) -> tuple[ModelSet, ...]:
        """All sets."""
        return sets_of(self.context.state.settings.model_sets)

    def fill(self, menu: QMenu) -> None:
        """Put into `menu` the sets to choose from, and what can be done with them."""
        menu.clear()
        menu.setToolTipsVisible(True)
        sets = self.sets
        for each in sets:
            entry = menu.addAction(_plain(each.name))
            entry.setToolTip(self._models_of(each))
            entry.triggered.connect(lambda _=False, s=each: self._use(s))
        menu.addSeparator()
        save = menu.addAction(self.tr("Save these models as a set…"))
        save.setEnabled(bool(self._columns.value))
        save.triggered.connect(self.ask_to_save)
        if sets:
            self._fill_changes(menu.addMenu(self.tr("Change sets")), sets)

    def ask_to_save(self) -> None:
        """Ask for the name under which the columns are kept."""
        self.context.tasks.start(self._save(self.context))

    def rename(self, name: str) -> None:
        """Ask for another name of a set."""
        self.context.tasks.start(self._rename(self.context, name))

    def delete(self, name: str) -> None:
        """Delete a set, and offer to take that back."""
        self.context.tasks.start(self._delete(self.context, name))

    def _fill_changes(self, menu: QMenu, sets: tuple[ModelSet, ...]) -> None:
        for each in sets:
            of_one = menu.addMenu(_plain(each.name))
            rename = of_one.addAction(self.tr("Rename…"))
            rename.triggered.connect(lambda _=False, n=each.name: self.rename(n))
            delete = of_one.addAction(self.tr("Delete"))
            delete.triggered.connect(lambda _=False, n=each.name: self.delete(n))

    def _models_of(self, shown: ModelSet) -> str:
        state = self.context.state
        return QLocale().createSeparatedList([state.model_name(c.model) for c in shown.columns])

    async def _save(self, context: PageContext) -> None:
        columns, sets = self._columns.value, self.sets
        models = QLocale().createSeparatedList([context.state.model_name(c.model) for c in columns])
        note = self.tr("Saving replaces the set of that name.")
        name = await self._asked(
            self.tr("Save these models as a set"),
            models,
            lambda wanted: note if find_set(sets, wanted) else "",
        )
        if not name:
            return
        old = find_set(self.sets, name)
        place = self.sets.index(old) if old is not None else 0
        service = context.workspace.model_sets
        if not await context.bridge.call(service.save(name, columns)):
            words = self.tr("There are {n} sets already: delete one, then save this one.")
            context.toast.show_toast(words.format(n=formatting.whole(MOST_SETS)))
        elif old is not None:
            words = self.tr("“{name}” has these models now").format(name=name)
            self._toast_with_undo(context, words, lambda: service.put_back(old, place))
        else:
            context.toast.show_toast(self.tr("Saved as the set “{name}”").format(name=name))

    async def _rename(self, context: PageContext, name: str) -> None:
        others = [each for each in self.sets if each.name != name]
        taken = self.tr("There is a set of that name already.")
        new = await self._asked(
            self.tr("Rename the set"),
            name,
            lambda wanted: taken if find_set(others, wanted) else "",
            is_refused=True,
        )
        if new:
            await context.bridge.call(context.workspace.model_sets.rename(name, new))

    async def _delete(self, context: PageContext, name: str) -> None:
        sets, service = self.sets, context.workspace.model_sets
        found = find_set(sets, name)
        if found is None:
            return
        await context.bridge.call(service.delete(name))
        words = self.tr("Deleted the set “{name}”").format(name=name)
        place = sets.index(found)
        self._toast_with_undo(context, words, lambda: service.put_back(found, place))

    async def _asked(
        self, title: str, name: str, remark: Callable[[str], str], *, is_refused: bool = False
    ) -> str:
        """Return the name that a person gives, nothing when it was called off."""
        from novita_desktop.ui.dialogs.name_question import (  # noqa: PLC0415  # when wanted
            NameQuestion,
        )

        dialog = NameQuestion(title, name, self._page, remark=remark, is_refused=is_refused)
        return dialog.name if await answer_of(dialog) else ""

    def _toast_with_undo(
        self, context: PageContext, words: str, undo: Callable[[], Coroutine[Any, Any, None]]
    ) -> None:
        async def take_back() -> None:
            await context.bridge.call(undo())

        def press() -> None:
            context.tasks.start(take_back())

        context.toast.show_toast(words, NoticeAction(self.tr("Undo"), press))


def _plain(name: str) -> str:
    """Return a name as a menu shows it: an & would mark a key."""
    return name.replace("&", "&&")
