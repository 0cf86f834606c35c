"""What differs from its preset says so in a word."""

from PySide6.QtWidgets import QHBoxLayout, QLabel, QWidget

from novita_desktop.ui.widgets.edited_mark import EditedMark


def test_the_word_comes_beside_the_name_and_goes(qtbot):
    holder = QWidget()
    qtbot.addWidget(holder)
    row = QHBoxLayout(holder)
    row.addWidget(QLabel("Temperature"))
    mark = EditedMark(row)
    mark.show(is_edited=False)
    assert row.count() == 1
    mark.show(is_edited=True)
    label = row.itemAt(1).widget()
    assert (label.text(), label.isHidden()) == ("edited", False)
    mark.show(is_edited=False)
    assert label.isHidden()
