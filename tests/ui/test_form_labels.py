"""The kinds of label and button of a form."""

from PySide6.QtWidgets import QLineEdit

from novita_desktop.ui.widgets import form_labels


def test_a_title_names_its_input(qtbot):
    line = QLineEdit()
    qtbot.addWidget(line)
    label = form_labels.title_label("Seed", line)
    qtbot.addWidget(label)
    assert label.buddy() is line


def test_words_are_shown_only_while_there_are_any(qtbot):
    label = form_labels.problem_label()
    qtbot.addWidget(label)
    assert label.isHidden()
    form_labels.show_words(label, "Wrong")
    assert not label.isHidden()
    form_labels.show_words(label, "")
    assert label.isHidden()


def test_looks_change_with_the_style_sheet(qtbot, theme):
    label = form_labels.help_label("x")
    qtbot.addWidget(label)
    label.ensurePolished()
    before = label.palette().color(label.foregroundRole())
    form_labels.show_tone(label, is_problem=True)
    assert label.palette().color(label.foregroundRole()) != before
    assert label.palette().color(label.foregroundRole()) == theme.color("danger")


def test_a_link_can_have_a_name_of_its_own(qtbot):
    button = form_labels.link_button("Reset", "Reset Seed")
    qtbot.addWidget(button)
    assert (button.text(), button.accessibleName()) == ("Reset", "Reset Seed")


def test_a_chip_can_be_pressed_in(qtbot):
    chip = form_labels.chip_button("Images", "Only models that see")
    qtbot.addWidget(chip)
    chip.click()
    assert chip.isChecked()
    assert chip.toolTip() == "Only models that see"
