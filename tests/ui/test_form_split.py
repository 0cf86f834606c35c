"""The form is folded away and comes back as wide as it was."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QLabel, QScrollArea, QVBoxLayout, QWidget

from novita_desktop.ui.icons import Icons
from novita_desktop.ui.pages.compare.form_split import FormSplit


@pytest.fixture
def split(qtbot, theme):
    made = FormSplit(Icons(theme), QScrollArea(), QWidget())
    made.resize(1200, 400)
    qtbot.addWidget(made)
    made.show()
    return made


def test_it_folds_and_unfolds(split):
    form = split.widget(0)
    split.fold.click()
    assert form.isHidden()
    split.show_form()
    assert not form.isHidden()


def test_its_width_is_kept_and_damage_changes_nothing(split, qtbot, theme):
    split.setSizes([500, 700])
    kept = split.state()
    split.setSizes([300, 900])
    split.restore("damaged")
    split.restore("{}")
    assert split.sizes()[0] < 400
    split.restore(kept)
    assert split.sizes()[0] == pytest.approx(500, abs=8)


def test_the_form_has_the_room_that_its_texts_need(qtbot, theme):
    form, inside = QScrollArea(), QWidget()
    form.setWidgetResizable(True)
    words = QLabel("short", inside)
    QVBoxLayout(inside).addWidget(words)
    form.setWidget(inside)
    made = FormSplit(Icons(theme), form, QWidget())
    made.resize(1200, 400)
    qtbot.addWidget(made)
    made.show()
    made.setSizes([320, 880])
    words.setText("longer than that " * 5)
    qtbot.waitUntil(lambda: made.sizes()[0] > words.sizeHint().width())
    assert form.horizontalScrollBar().maximum() == 0
