"""A label that asks for one line and can do with less width."""

from novita_desktop.ui.widgets.wrapping_label import WrappingLabel

TEXT = "A sentence that stands on one line where there is room for it"


def test_it_asks_for_one_line(qtbot):
    label = WrappingLabel(TEXT)
    qtbot.addWidget(label)
    assert label.sizeHint().height() == label.fontMetrics().height()
    assert label.sizeHint().width() >= label.fontMetrics().horizontalAdvance(TEXT)


def test_it_wraps_where_there_is_less(qtbot):
    label = WrappingLabel(TEXT)
    qtbot.addWidget(label)
    assert label.heightForWidth(label.sizeHint().width() // 3) > 2 * label.fontMetrics().height()
