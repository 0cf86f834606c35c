"""Steps through the inputs of a comparison, and says how far it is."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from novita_desktop.domain.comparisons import Comparison
from novita_desktop.ui import formatting, metrics
from novita_desktop.ui.icons import Icons
from novita_desktop.ui.widgets.buttons import icon_button, quiet_button
from novita_desktop.ui.widgets.elided_label import ElidedLabel
from novita_desktop.ui.widgets.form_labels import help_label


class InputStepper(QWidget):
    """Hidden for a comparison of one input. `number_chosen` has the round to show."""

    number_chosen = Signal(int)

    def __init__(self, icons: Icons, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._comparison: Comparison | None = None
        self._number = 1
        self._place = help_label()
        self._place.setObjectName("inputPlace")
        self._values = ElidedLabel()
        self._values.setObjectName("inputValues")
        self._values.setProperty("tone", "muted")
        self._progress = help_label()
        self._progress.setObjectName("inputProgress")
        self._before = icon_button(icons, "chevron-left", self.tr("Input before (P)"))
        self._before.clicked.connect(lambda: self.step(-1))
        self._after = icon_button(icons, "chevron-right", self.tr("Next input (N)"))
        self._after.clicked.connect(lambda: self.step(1))
        self._undecided = quiet_button(self.tr("Next undecided"))
        self._undecided.setToolTip(self.tr("Go to the next input without a verdict (U)"))
        self._undecided.clicked.connect(self.go_to_undecided)
        row = QHBoxLayout(self)
        row.setContentsMargins(metrics.PAGE_MARGIN, 0, metrics.PAGE_MARGIN, 0)
        row.setSpacing(metrics.SPACE_8)
        for widget in (self._before, self._place, self._after):
            row.addWidget(widget)
        row.addWidget(self._values, 1)
        row.addWidget(self._progress)
        row.addWidget(self._undecided)
        self.hide()

    def show_round(self, comparison: Comparison | None, number: int) -> None:
        """Say which input is in view, and how many are answered and judged."""
        self._comparison, self._number = comparison, number
        self.setVisible(comparison is not None and len(comparison.rounds) > 1)
        found = comparison.round(number) if comparison is not None else None
        if comparison is None or found is None:
            return
        count = len(comparison.rounds)
        place = self.tr("Input {n} of {all}")
        self._place.setText(place.format(n=formatting.whole(number), all=formatting.whole(count)))
        self._values.setText(" · ".join(f"{name}: {text}" for name, text in found.values.items()))
        over = sum(cell.is_over for each in comparison.rounds for cell in each.cells.values())
        judged = sum(each.judgement is not None for each in comparison.rounds)
        words = self.tr("{over} of {answers} answers · {judged} of {all} judged")
        self._progress.setText(
            words.format(
                over=formatting.whole(over),
                answers=formatting.whole(count * len(comparison.columns)),
                judged=formatting.whole(judged),
                all=formatting.whole(count),
            )
        )
        self._before.setEnabled(number > 1)
        self._after.setEnabled(number < count)
        self._undecided.setEnabled(comparison.undecided(number) not in {None, number})

    def step(self, step: int) -> None:
        """Go to the input before (-1) or after (1)."""
        if self._comparison and self._comparison.round(self._number + step) is not None:
            self.number_chosen.emit(self._number + step)

    def go_to_undecided(self) -> None:
        """Go to the next input without a verdict."""
        number = self._comparison.undecided(self._number) if self._comparison else None
        if number is not None and number != self._number:
            self.number_chosen.emit(number)
