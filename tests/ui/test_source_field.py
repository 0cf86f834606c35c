"""Where an input of a batch comes from is chosen in a list."""

from __future__ import annotations

import pytest

from novita_desktop.domain.batches import Source, SourceKind
from novita_desktop.ui.pages.batch.source_field import SourceField


@pytest.fixture
def field(qtbot):
    made = SourceField("review", ("text", "id"))
    qtbot.addWidget(made)
    made.show()
    return made


def test_an_input_stays_as_the_prompt_has_it(field):
    assert field.value() is None
    field.set_value(Source(SourceKind.COLUMN, "gone"))
    assert field.value() is None


@pytest.mark.parametrize(
    "source", [Source(SourceKind.COLUMN, "id"), Source(SourceKind.FIXED, "Be brief")]
)
def test_what_is_shown_is_what_was_set(field, qtbot, source):
    with qtbot.assertNotEmitted(field.changed):
        field.set_value(source)
    assert field.value() == source
    assert field.text.isVisible() is (source.kind is SourceKind.FIXED)
    field.set_value(None)
    assert field.value() is None


def test_a_choice_is_told(field, qtbot):
    with qtbot.waitSignal(field.changed):
        field.combo.setCurrentIndex(1)
    assert field.value() == Source(SourceKind.COLUMN, "text")
    field.combo.setCurrentIndex(field.combo.count() - 1)
    with qtbot.waitSignal(field.changed):
        field.text.setText("English")
    assert field.value() == Source(SourceKind.FIXED, "English")
