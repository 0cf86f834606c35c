"""The line under an input."""

from PySide6.QtWidgets import QLineEdit

from novita_desktop.ui.widgets.field_frame import FieldFrame


def test_a_problem_takes_the_place_of_the_state_and_gives_it_back(qtbot):
    frame = FieldFrame("Seed", "for repeating")
    qtbot.addWidget(frame)
    frame.set_state("Set", can_reset=True)
    frame.set_problem("Must be a whole number.")
    assert frame._note.text() == "Must be a whole number."
    assert frame._note.property("tone") == "danger"
    frame.set_problem("")
    assert (frame._note.text(), frame._note.property("tone")) == ("Set", "muted")


def test_the_label_names_its_input(qtbot):
    frame = FieldFrame("Seed")
    qtbot.addWidget(frame)
    line = QLineEdit()
    frame.content.addWidget(line)
    frame.set_buddy(line)
    assert frame._label.buddy() is line
