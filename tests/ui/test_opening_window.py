"""The window while data is opened."""

from PySide6.QtWidgets import QLabel

from novita_desktop.ui.opening_window import OpeningWindow


def test_it_says_what_happens_and_tells_of_its_end(qtbot):
    window = OpeningWindow()
    qtbot.addWidget(window)
    window.show()
    assert window.findChildren(QLabel)[0].text() == "Opening your data…"
    with qtbot.waitSignal(window.closed):
        window.close()
