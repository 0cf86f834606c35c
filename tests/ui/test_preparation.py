"""What is done ahead is done in small steps, and not again when it is wanted."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QWidget

from novita_desktop.ui.widgets.preparation import POLISHED_AT_ONCE, polished


def test_every_part_gets_its_style_with_pauses(qtbot):
    part = QWidget()
    qtbot.addWidget(part)
    labels = [QLabel("x", part) for _ in range(3 * POLISHED_AT_ONCE)]
    is_polished = Qt.WidgetAttribute.WA_WState_Polished
    assert not any(label.testAttribute(is_polished) for label in labels)
    assert len(list(polished(part))) == 3
    assert all(label.testAttribute(is_polished) for label in labels)
