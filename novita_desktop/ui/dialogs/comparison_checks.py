"""The sheet of checks: sentences to type, with a line each that says how it is understood."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QCompleter,
    QDialog,
    QDialogButtonBox,
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from novita_desktop.domain.check_sentences import NotUnderstood, understood
from novita_desktop.domain.check_suggestions import GAP, SUGGESTED
from novita_desktop.domain.checks import EXPECTED_NAME, Check, names_in, sentence_of
from novita_desktop.domain.comparisons import MOST_CHECKS
from novita_desktop.ui import metrics
from novita_desktop.ui.icons import Icons
from novita_desktop.ui.widgets.buttons import icon_button
from novita_desktop.ui.widgets.form_labels import help_label, show_invalid, show_tone, show_words
from novita_desktop.ui.widgets.sentence_words import problem_words

SIZE = (600, 480)


class CheckRow(QWidget):
    """One sentence; `found` is what it means. `changed` tells of each key, `removed` of its end."""

    changed = Signal()
    removed = Signal()

    def __init__(self, sentence: str, icons: Icons, parent: QWidget) -> None:
        super().__init__(parent)
        self.found: Check | NotUnderstood = understood(sentence)
        self.field = QLineEdit(sentence)
        self.field.setAccessibleName(self.tr("Check"))
        self.field.setPlaceholderText(self.tr("For example: at most 120 words"))
        completer = QCompleter(list(SUGGESTED), self.field)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        # Queued: the text is put into the field after this is told.
        completer.activated.connect(self._select_gap, Qt.ConnectionType.QueuedConnection)
        self.field.setCompleter(completer)
        self.remove = icon_button(icons, "x", self.tr("Remove this check"))
        self.note = help_label()
        self.note.setObjectName("understoodAs")
        self.note.setWordWrap(True)
        line = QHBoxLayout()
        line.addWidget(self.field, 1)
        line.addWidget(self.remove)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(metrics.SPACE_4)
        column.addLayout(line)
        column.addWidget(self.note)
        self.field.textChanged.connect(self._show_understood)
        self.remove.clicked.connect(self.removed)
        self._show_understood()

    @property
    def is_empty(self) -> bool:
        """Whether nothing is typed."""
        return not self.field.text().strip()

    def _show_understood(self) -> None:
        found = self.found = understood(self.field.text())
        is_problem = isinstance(found, NotUnderstood) and not self.is_empty
        if isinstance(found, NotUnderstood):
            words = "" if self.is_empty else problem_words(found)
        else:
            words = self.tr("Understood as: {check}").format(check=sentence_of(found))
        show_tone(self.note, is_problem=is_problem)
        show_words(self.note, words)
        self.field.setAccessibleDescription(words)
        show_invalid(self.field, is_invalid=is_problem)
        self.changed.emit()

    def _select_gap(self) -> None:
        place = self.field.text().find(GAP)
        if place >= 0:
            self.field.setSelection(place, len(GAP))


class ComparisonChecksDialog(QDialog):
    """Edits the checks; `value` has their sentences once it is accepted. Empty rows do not count."""

    def __init__(self, checks: Sequence[str], icons: Icons, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Checks"))
        self._icons = icons
        self._rows: list[CheckRow] = []
        self._inside = QWidget()
        self._column = QVBoxLayout(self._inside)
        self._add = QPushButton(self.tr("Add check"))
        self._note = help_label()
        self._note.setObjectName("checksNote")
        self._note.setWordWrap(True)
        self._buttons = QDialogButtonBox(
            QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel
        )
        self._build()
        for sentence in checks or ("",):
            self._add_row(sentence)
        self._show_state()
        self._rows[0].field.setFocus()

    @property
    def rows(self) -> Sequence[CheckRow]:
        """The rows, from the top."""
        return self._rows

    def value(self) -> tuple[str, ...]:
        """Return the sentences, each once, as they are understood."""
        checks = (row.found for row in self._rows)
        found = [sentence_of(check) for check in checks if not isinstance(check, NotUnderstood)]
        return tuple(dict.fromkeys(found))

    def add_row(self) -> None:
        """Add an empty row, and go there."""
        if len(self._rows) < MOST_CHECKS:
            self._add_row("").field.setFocus()
            self._show_state()

    def _add_row(self, sentence: str) -> CheckRow:
        row = CheckRow(sentence, self._icons, self._inside)
        row.changed.connect(self._show_state)
        row.removed.connect(lambda: self._remove(row))
        self._rows.append(row)
        self._column.insertWidget(self._column.count() - 1, row)
        return row

    def _remove(self, row: CheckRow) -> None:
        place = self._rows.index(row)
        self._rows.remove(row)
        row.hide()
        row.deleteLater()
        if not self._rows:
            self._add_row("")
        self._rows[min(place, len(self._rows) - 1)].field.setFocus()
        self._show_state()

    def _show_state(self) -> None:
        checks = [row.found for row in self._rows if not row.is_empty]
        wrong = sum(isinstance(check, NotUnderstood) for check in checks)
        ok = self._buttons.button(QDialogButtonBox.StandardButton.Ok)
        ok.setEnabled(not wrong)
        self._add.setEnabled(len(self._rows) < MOST_CHECKS)
        names = names_in(check for check in checks if not isinstance(check, NotUnderstood))
        if wrong:
            words = self.tr("Change or remove what is not understood, then press OK.")
        elif EXPECTED_NAME in names:
            words = self.tr(
                "The expected answer has a column of its own under Inputs…: fill it in there."
            )
        else:
            words = ""
        show_words(self._note, words)

    def _build(self) -> None:
        words = help_label(
            self.tr(
                "Say in a sentence what an answer must be. Each answer is checked on this computer"
                " when it is done: green for passed, red for failed."
            )
        )
        words.setWordWrap(True)
        self._column.setContentsMargins(0, 0, metrics.SPACE_8, 0)
        self._column.setSpacing(metrics.SPACE_12)
        self._column.addStretch(1)
        scroll = QScrollArea()
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setWidgetResizable(True)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setWidget(self._inside)
        self._add.setAutoDefault(False)
        self._add.clicked.connect(self.add_row)
        row = QHBoxLayout()
        row.addWidget(self._add)
        row.addStretch(1)
        self._buttons.accepted.connect(self.accept)
        self._buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.setContentsMargins(*(metrics.SPACE_16,) * 4)
        column.addWidget(words)
        column.addWidget(scroll, 1)
        column.addLayout(row)
        column.addWidget(self._note)
        column.addWidget(self._buttons)
        self.resize(*map(metrics.scaled, SIZE))
