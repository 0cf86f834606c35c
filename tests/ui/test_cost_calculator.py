"""The use that prices are compared by: three numbers, told once they stand still."""

import pytest
from PySide6.QtWidgets import QLabel, QSpinBox

from novita_desktop.ui.widgets.cost_calculator import CostCalculator


@pytest.fixture
def calculator(qtbot):
    calculator = CostCalculator(1_000, 800, 300)
    qtbot.addWidget(calculator)
    return calculator


def test_each_number_has_a_name_and_a_label(calculator):
    named = {field.accessibleName(): field.value() for field in calculator.findChildren(QSpinBox)}
    assert named == {"Runs": 1_000, "Tokens in": 800, "Tokens out": 300}
    buddies = {label.text(): label.buddy() for label in calculator.findChildren(QLabel)}
    assert [words for words, field in buddies.items() if field is not None] == [
        "Cost of",
        "runs of",
        "in +",
    ]


def test_quick_changes_are_told_once(calculator, qtbot):
    told = []
    calculator.changed.connect(lambda *use: told.append(use))
    runs = calculator.findChildren(QSpinBox)[0]
    for number in (1, 12, 120):
        runs.setValue(number)
    qtbot.waitUntil(lambda: len(told) > 0)
    assert told == [(120, 800, 300)]


def test_the_fields_wrap_where_room_is_short(calculator):
    fields = calculator.findChildren(QSpinBox)
    calculator.resize(1_000, 100)
    calculator.show()
    calculator.grab()
    tops = {field.mapTo(calculator, field.rect().topLeft()).y() for field in fields}
    assert len(tops) == 1
    calculator.resize(fields[0].width() + 120, 200)
    calculator.grab()
    tops = {field.mapTo(calculator, field.rect().topLeft()).y() for field in fields}
    assert len(tops) == 3


def test_all_of_it_is_on_one_line_in_the_room_that_it_asks_for(calculator):
    calculator.resize(calculator.sizeHint())
    calculator.show()
    calculator.grab()
    labels = [each for each in calculator.findChildren(QLabel) if each.isVisible()]
    assert labels[-1].text() == "out tokens"
    places = [each.mapTo(calculator, each.rect().bottomRight()) for each in labels]
    assert all(calculator.rect().contains(place) for place in places)
    assert labels[0].mapTo(calculator, labels[0].rect().topLeft()).x() == 0
