"""The part of a form that unfolds."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit

from novita_desktop.ui.icons import Icons
from novita_desktop.ui.widgets.fold import Fold


def test_it_unfolds_and_folds_by_keyboard(qtbot, theme):
    fold = Fold(Icons(theme), "More")
    qtbot.addWidget(fold)
    inside = QLineEdit()
    fold.body_layout.addWidget(inside)
    fold.show()
    assert not inside.isVisible()
    fold.button.setFocus()
    with qtbot.waitSignal(fold.toggled) as told:
        qtbot.keyClick(fold.button, Qt.Key.Key_Space)
    assert told.args == [True]
    assert inside.isVisible()
    assert fold.is_open()
    assert fold.button.isCheckable()  # assistive technology reads "More, pressed"
    fold.set_open(is_open=False)
    assert not inside.isVisible()
