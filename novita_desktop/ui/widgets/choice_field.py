"""One input of the form that takes one of a few words, with its three states in view."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from PySide6.QtCore import QSignalBlocker, Qt
from PySide6.QtGui import QStandardItemModel
from PySide6.QtWidgets import QComboBox, QLineEdit, QWidget
from typing_extensions import override

from novita_desktop.domain import templates
from novita_desktop.ui.widgets.field_frame import InputField
from novita_desktop.ui.widgets.parameter_field import InputState, ParameterWords, state_of

DEFAULT, VARIABLE = "", "variable"


class ChoiceField(InputField):
    """Edits an input as a choice; a variable can stand there instead.

    Choices that the model cannot give are greyed, with the reason below.
    """

    def __init__(
        self,
        name: str,
        words: ParameterWords,
        choices: Sequence[tuple[str, str]],
        parent: QWidget | None = None,
    ) -> None:
        """Edit the input `name`; `choices` are values with the words that a person reads."""
        super().__init__(name, words.title, words.help, parent)
        self._unset = words.unset or self.tr("Model default, not sent")
        self._refused: frozenset[str] = frozenset()
        self._reason = ""
        self.combo = QComboBox()
        self.combo.setAccessibleName(words.title)
        self.combo.setSizeAdjustPolicy(
            QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
        )
        self.combo.setMinimumContentsLength(8)
        self.combo.addItem(self.tr("Model default"), DEFAULT)
        for value, title in choices:
            self.combo.addItem(title, value)
        self.combo.addItem(self.tr("From a variable"), VARIABLE)
        self._variable = QLineEdit()
        self._variable.setAccessibleName(self.tr("{name} from a variable").format(name=words.title))
        self._variable.setPlaceholderText("{{ … }}")
        self._variable.hide()
        self.content.addWidget(self.combo)
        self.content.addWidget(self._variable)
        self.set_buddy(self.combo)
        self.combo.currentIndexChanged.connect(self._follow_choice)
        self._variable.textChanged.connect(self._tell)
        self.reset_requested.connect(lambda: self.combo.setCurrentIndex(0))
        self._show_state()

    @override
    def value(self) -> str | None:
        choice = str(self.combo.currentData())
        if choice == VARIABLE:
            return self._variable.text().strip() or None
        return choice or None

    @override
    def set_value(self, text: str | None) -> None:
        with QSignalBlocker(self), QSignalBlocker(self._variable):
            is_variable = text is not None and templates.has_variables(text)
            self._variable.setText((text or "") if is_variable else "")
            place = self.combo.findData(VARIABLE if is_variable else text or DEFAULT)
            self.combo.setCurrentIndex(max(place, 0))
            self._variable.setVisible(is_variable)
            self._show_state()

    def refuse(self, values: Collection[str], reason: str) -> None:
        """Grey these choices and say why; an empty collection allows everything."""
        self._refused, self._reason = frozenset(values), reason
        items = self.combo.model()
        for place in range(self.combo.count()):
            item = items.item(place) if isinstance(items, QStandardItemModel) else None
            if item is not None:
                is_refused = self.combo.itemData(place) in self._refused
                item.setEnabled(not is_refused)
                item.setToolTip(reason if is_refused else "")
        self._show_state()

    def _follow_choice(self) -> None:
        is_variable = self.combo.currentData() == VARIABLE
        self._variable.setVisible(is_variable)
        if is_variable and not self._variable.text():
            self._variable.setFocus(Qt.FocusReason.OtherFocusReason)
        self._tell()

    def _tell(self) -> None:
        self._show_state()
        self.changed.emit(self.name, self.value())

    def _show_state(self) -> None:
        value = self.value()
        state = state_of(value)
        words = {
            InputState.DEFAULT: self._reason if self._refused else self._unset,
            InputState.SET: self.tr("Set"),
            InputState.VARIABLE: self.tr("From a variable"),
        }
        self.set_state(words[state], can_reset=state is not InputState.DEFAULT)
        self.set_problem(self._reason if value in self._refused else "")
