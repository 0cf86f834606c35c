"""Nothing of an open preset is cut off at any size of text, and five hundred do not hold up."""

from __future__ import annotations

import time
from contextlib import suppress

import pytest

from novita_desktop.demo import DemoThread
from novita_desktop.domain.image_values import EXAMPLE
from novita_desktop.domain.presets import NewPreset, Preset
from novita_desktop.domain.prompt_form import PromptForm
from novita_desktop.domain.variable_fields import FieldKind, VariableField
from novita_desktop.ui.icons import Icons
from novita_desktop.ui.pages.prompt import PromptPage
from novita_desktop.ui.widgets.preset_panel import PresetPanel
from tests.ui.layout_facts import cut_off
from tests.ui.page_stage import KEY, Tools
from tests.ui.window_stage import window_stage

FORM = PromptForm(
    "meta-llama/llama-3.1-8b-instruct",
    "Answer in {{ language }}",
    "Summarise {{ review }} of {{ product_with_a_name_that_is_long }} {{ today }} {{ report }} {{ photo }}",
    values={"review": "Good. " * 40, "report": "Words", "photo": EXAMPLE},
    sources={
        "report": "a report whose name is long.txt",
        "photo": "a photo whose name is long.png",
    },
    fields={
        "language": VariableField(FieldKind.CHOICE, "Language", choices=("English", "German")),
        "product_with_a_name_that_is_long": VariableField(
            FieldKind.LINE, hint="As the customer names it, with its number if there is one"
        ),
        "report": VariableField(FieldKind.FILE, "The report of last year", "As plain text"),
        "photo": VariableField(FieldKind.IMAGE),
    },
)
NAME = "Summarise a review with a name that is far longer than any head of a page has room for"
FRAMES_SECONDS = 0.25
"""Far more than it takes, far less than what grows with the square of their number would."""


@pytest.mark.parametrize("size", [(960, 640), (1440, 900)])
def test_an_open_and_edited_preset_has_the_room_it_needs(qtbot, wait, theme, tmp_path, size):
    with (
        DemoThread(key=KEY, speed=0) as host,
        window_stage(Tools(qtbot, wait, theme, host), tmp_path) as (window, stage),
    ):
        window.resize(*size)
        page = window.findChild(PromptPage)
        qtbot.waitUntil(lambda: page.library.panel is not None)
        new = NewPreset(NAME, FORM, "A folder of a long name", "What it is for. " * 8)
        (preset,) = stage.call(stage.context.workspace.presets.add([new]))
        qtbot.waitUntil(lambda: window.state.preset(preset.id) is not None)
        page.library.open(preset.id)
        qtbot.waitUntil(lambda: page.title == NAME)
        page.form.message.insertPlainText(" edited")
        qtbot.waitUntil(lambda: bool(page.library.presets.changes))
        for percent in (80, 100, 150, 200):
            theme.set_look("dark", percent)
            for is_filling in (False, True):
                page.library.set_filling(is_filling=is_filling)
                with suppress(qtbot.TimeoutError):
                    qtbot.waitUntil(lambda: not cut_off(window), timeout=2_000)
                assert (percent, is_filling, cut_off(window)) == (percent, is_filling, [])


def test_five_hundred_presets_are_shown_and_searched_without_a_wait(qtbot, theme):
    many = [
        Preset(i, f"Preset {i}", PromptForm("a/b", message="word " * 400), f"Folder {i % 20}")
        for i in range(500)
    ]
    panel = PresetPanel(theme, Icons(theme), str)
    qtbot.addWidget(panel)
    panel.resize(224, 700)
    panel.show()
    for work in (
        lambda: panel.set_presets(many),
        lambda: panel.search.setText("preset 49"),
        lambda: panel.search.setText(""),
        panel.grab,
    ):
        started = time.thread_time()
        work()
        assert time.thread_time() - started < FRAMES_SECONDS
    assert panel.rows.rowCount() == 520
