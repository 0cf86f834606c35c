"""The keys that judge a round and step through the inputs."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent

from novita_desktop.domain.comparisons import Verdict
from novita_desktop.ui.pages.compare.input_stepper import InputStepper
from novita_desktop.ui.pages.compare.round_view import RoundView

VERDICTS = {Qt.Key.Key_T: Verdict.TIE, Qt.Key.Key_B: Verdict.ALL_BAD}


def done_by_key(event: QKeyEvent, view: RoundView, stepper: InputStepper) -> bool:
    """Do what a key means on the page; return whether it means anything.

    1 to 8 choose the best answer, T is a tie, B is all bad; N, P and U go to the next input, the
    one before, and the next undecided.
    """
    if event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
        return False
    key = Qt.Key(event.key())
    match key:
        case Qt.Key.Key_N:
            stepper.step(1)
        case Qt.Key.Key_P:
            stepper.step(-1)
        case Qt.Key.Key_U:
            stepper.go_to_undecided()
        case Qt.Key.Key_T | Qt.Key.Key_B:
            view.choose(VERDICTS[key])
        case _ if Qt.Key.Key_1 <= key <= Qt.Key.Key_8:
            view.choose_place(key - Qt.Key.Key_0)
        case _:
            return False
    return True
