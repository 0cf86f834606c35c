"""An area that scrolls up and down is as wide as what it holds."""

from PySide6.QtWidgets import QHBoxLayout, QWidget

from novita_desktop.ui.widgets.vertical_scroll_area import VerticalScrollArea


def test_it_is_never_narrower_than_its_content(qtbot):
    place = QWidget()
    qtbot.addWidget(place)
    area = VerticalScrollArea(100)
    content = QWidget()
    area.setWidget(content)
    QHBoxLayout(place).addWidget(area)
    assert area.minimumSizeHint().width() == 100
    place.show()
    wide = QWidget(content)
    wide.setMinimumWidth(500)
    QHBoxLayout(content).addWidget(wide)
    qtbot.waitUntil(lambda: area.viewport().width() >= content.minimumSizeHint().width() > 500)
    assert area.horizontalScrollBar().maximum() == 0
