"""A button in a page's head gives way to its icon where room is short."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QWidget

from novita_desktop.ui.icons import Icons
from novita_desktop.ui.widgets.head_button import head_button


def test_the_word_stays_for_assistive_technology(qtbot, theme):
    row = QWidget()
    qtbot.addWidget(row)
    layout = QHBoxLayout(row)
    button = head_button(Icons(theme), "Export results", "download")
    layout.addWidget(button)
    row.resize(row.sizeHint())
    row.show()
    assert button.text().endswith("Export results")
    row.resize(layout.minimumSize())
    assert button.text() == ""
    assert button.accessibleName() == button.toolTip() == "Export results"
    assert head_button(Icons(theme), "Start", "play", is_primary=True).property("kind") == "primary"
