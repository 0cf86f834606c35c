"""The head of the Prompt page says what is open."""

from dataclasses import replace

import pytest
from PySide6.QtCore import QLocale
from PySide6.QtWidgets import QLabel, QPushButton

from novita_desktop.demo import DemoThread
from novita_desktop.ui.pages._page import Page
from novita_desktop.ui.pages.prompt.prompt_head import PromptHead
from tests.ui.page_stage import Tools, page_stage
from tests.ui.preset_samples import samples


@pytest.fixture
def head(qtbot, wait, theme, tmp_path):
    with (
        DemoThread(speed=0) as host,
        page_stage(Tools(qtbot, wait, theme, host), tmp_path) as stage,
    ):
        page = Page(stage.context, "")
        qtbot.addWidget(page)
        page.resize(900, 500)
        page.show()
        head = PromptHead(page)
        head.page, head.until = page, qtbot.waitUntil
        yield head


def buttons(head):
    return {b.text(): b for b in head.page.findChildren(QPushButton) if b.isVisible() and b.text()}


def fact(head):
    return head.page.findChild(QLabel, "pageFact").text()


def test_a_form_of_its_own_has_nothing_to_offer(head):
    head.show_preset("", None, ())
    head.show_view(is_filling=False, has_variables=False)
    assert head.page.title == "Prompt"
    assert buttons(head) == {}


def test_an_open_preset_shows_its_name_folder_and_use(head):
    preset = replace(samples()[0], use_count=41)
    head.show_preset(preset.name, preset, ())
    assert (head.page.title, fact(head)) == ("Summarise", "Support · used 41 times")
    head.until(lambda: set(buttons(head)) == {"Save as new", "Versions"})
    head.show_preset(preset.name, replace(preset, use_count=1, folder=""), ())
    assert fact(head) == "used once"


@pytest.fixture
def american():
    """Lists are joined as in the United States, whatever the machine and earlier tests speak."""
    before = QLocale()
    QLocale.setDefault(QLocale("en_US"))
    yield
    QLocale.setDefault(before)


@pytest.mark.usefixtures("american")
def test_what_was_edited_is_listed_in_words(head):
    head.show_preset("Summarise", samples()[0], ("message", "temperature", "variable:name"))
    chip = head.page.findChild(QLabel, "presetState")
    assert chip.text() == "edited"
    head.until(lambda: chip.isVisible() and "Revert" in buttons(head))
    assert chip.toolTip() == "Edited: Message, Temperature, and name"
    pressed = []
    head.revert_pressed.connect(lambda: pressed.append("revert"))
    head.save_new_pressed.connect(lambda: pressed.append("new"))
    head.versions_pressed.connect(lambda: pressed.append("versions"))
    for words in ("Revert", "Save as new", "Versions"):
        buttons(head)[words].click()
    assert pressed == ["revert", "new", "versions"]
    head.show_preset("", None, ())
    assert buttons(head) == {}
    assert chip.isHidden()


def test_the_view_is_chosen(head):
    head.show_view(is_filling=False, has_variables=True)
    chosen = []
    head.view_chosen.connect(chosen.append)
    head.until(lambda: "Build" in buttons(head))
    assert buttons(head)["Build"].isChecked()
    buttons(head)["Fill in"].click()
    buttons(head)["Build"].click()
    assert chosen == [True, False]
    head.show_view(is_filling=True, has_variables=True)
    assert buttons(head)["Fill in"].isChecked()
