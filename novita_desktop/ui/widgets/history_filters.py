"""Chips that write filters into the search of the history."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QLineEdit, QMenu, QPushButton, QWidget

from novita_desktop.domain.history_search import value_in, with_value
from novita_desktop.domain.runs import RunStatus
from novita_desktop.ui import formatting, metrics
from novita_desktop.ui.widgets.flow_layout import FlowLayout
from novita_desktop.ui.widgets.form_labels import chip_button

STATUSES = (
    RunStatus.SUCCEEDED,
    RunStatus.FAILED,
    RunStatus.STOPPED,
    RunStatus.INTERRUPTED,
)
MOST_MODELS = 15
STARRED, DELETED = "starred", "deleted"

NamedModels = Callable[[], Sequence[tuple[str, str]]]
"""Returns ids and names of the models to choose among."""


class HistoryFilters(QWidget):
    """What stands in the field is the whole search: a chip shows and changes a part of it."""

    def __init__(
        self, field: QLineEdit, models: NamedModels, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._field, self._models = field, models
        self.flow = FlowLayout(self)
        self.flow.setContentsMargins(0, 0, 0, 0)
        self.flow.setSpacing(metrics.SPACE_8)
        self._status = self._menu_chip(
            self.tr("Only runs that ended this way"), self._fill_statuses
        )
        self._model = self._menu_chip(self.tr("Only runs of this model"), self._fill_models)
        self._starred = self._flag_chip(self.tr("Starred"), self.tr("Only your stars"), STARRED)
        self._deleted = self._flag_chip(
            self.tr("Deleted"), self.tr("What you deleted in the last 30 days"), DELETED
        )
        self._group = chip_button(
            self.tr("Run together"), self.tr("Only runs that were started together; press for all")
        )
        self._group.clicked.connect(lambda: self._set("group", ""))
        self.flow.addWidget(self._group)
        field.textChanged.connect(self._show)
        self._show()

    def _menu_chip(self, tip: str, fill: Callable[[QMenu], None]) -> QPushButton:
        chip = chip_button("", tip)
        menu = QMenu(chip)
        menu.aboutToShow.connect(lambda: fill(menu))
        menu.aboutToHide.connect(self._show)
        chip.setMenu(menu)
        self.flow.addWidget(chip)
        return chip

    def _flag_chip(self, text: str, tip: str, flag: str) -> QPushButton:
        chip = chip_button(text, tip)
        chip.clicked.connect(lambda is_on: self._set("is", flag if is_on else ""))
        self.flow.addWidget(chip)
        return chip

    def _fill_statuses(self, menu: QMenu) -> None:
        rows = [(status.value, formatting.status(status)) for status in STATUSES]
        self._fill(menu, "status", rows)

    def _fill_models(self, menu: QMenu) -> None:
        self._fill(menu, "model", self._models()[:MOST_MODELS])

    def _fill(self, menu: QMenu, name: str, rows: Sequence[tuple[str, str]]) -> None:
        menu.clear()
        chosen = value_in(self._field.text(), name)
        for value, words in (("", self.tr("Any")), *rows):
            action = menu.addAction(words)
            action.setCheckable(True)
            action.setChecked(value == chosen)
            action.triggered.connect(lambda _=False, value=value: self._set(name, value))

    def _set(self, name: str, value: str) -> None:
        self._field.setText(with_value(self._field.text(), name, value))
        self._show()

    def _show(self) -> None:
        """Show on the chips what the field says."""
        text = self._field.text()
        status, model, flag = (value_in(text, name) for name in ("status", "model", "is"))
        known = {status.value: formatting.status(status) for status in STATUSES}
        self._status.setText(
            self.tr("Status: {status}").format(status=known.get(status, status) or self.tr("any"))
        )
        self._model.setText(
            self.tr("Model: {model}").format(model=model.rpartition("/")[2] or self.tr("any"))
        )
        self._status.setChecked(bool(status))
        self._model.setChecked(bool(model))
        self._starred.setChecked(flag == STARRED)
        self._deleted.setChecked(flag == DELETED)
        is_group = bool(value_in(text, "group"))
        self._group.setVisible(is_group)
        self._group.setChecked(is_group)
