"""Presets in and out of the window."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QLabel, QPushButton, QWidget

from novita_desktop.demo import DemoThread
from novita_desktop.domain import preset_files
from novita_desktop.domain.presets import NewPreset
from novita_desktop.domain.prompt_form import PromptForm
from novita_desktop.ui.dialogs.export_presets import ExportPresets
from novita_desktop.ui.dialogs.import_presets import ImportPresets
from novita_desktop.ui.main_window import preset_exchanging
from novita_desktop.ui.main_window.preset_exchanging import PresetExchanging, file_name_for
from tests.services.stage import MODEL
from tests.ui.page_stage import Tools, page_stage
from tests.ui.shell_stage import labelled

FORM = PromptForm(MODEL, message="Hi {{ name }}")
GREET = NewPreset("Greet", FORM)


@pytest.fixture
def stage(qtbot, wait, theme, tmp_path):
    with (
        DemoThread(speed=0) as host,
        page_stage(Tools(qtbot, wait, theme, host), tmp_path / "data") as stage,
    ):
        yield stage


@pytest.fixture
def covered(qtbot):
    page = QWidget()
    qtbot.addWidget(page)
    page.resize(1_000, 700)
    page.show()
    return page


@pytest.fixture
def exchanging(stage, covered):
    made = PresetExchanging(stage.context, covered)
    made.added = []
    made.presets_added.connect(lambda: made.added.append(1))
    return made


def written(path: Path, *presets: NewPreset) -> Path:
    path.write_text(preset_files.to_text(presets), encoding="utf-8")
    return path


def sheet(qtbot, covered) -> ImportPresets:
    def is_open() -> bool:
        return any(not each.isHidden() for each in covered.findChildren(ImportPresets))

    qtbot.waitUntil(is_open, timeout=20_000)
    return covered.findChild(ImportPresets)


def names(stage) -> list[str]:
    stage.context.bridge.deliver()
    return [preset.name for preset in stage.context.state.presets]


def press(stage, shown, words) -> None:
    labelled(shown, QPushButton, words).click()
    stage.settle()


def file_dialog(qtbot, covered) -> QFileDialog:
    def open_ones() -> list[QFileDialog]:
        return [each for each in covered.findChildren(QFileDialog) if each.isVisible()]

    qtbot.waitUntil(lambda: bool(open_ones()))
    return open_ones()[0]


def test_a_file_is_shown_and_added_with_undo(stage, exchanging, covered, qtbot, tmp_path):
    exchanging.import_files([written(tmp_path / "a.novita.json", GREET)])
    shown = sheet(qtbot, covered)
    assert names(stage) == []
    press(stage, shown, "Add")
    assert names(stage) == ["Greet"]
    assert exchanging.added == [1]
    assert stage.context.toast.text() == "Added “Greet”"
    labelled(stage.context.toast, QPushButton, "Undo").click()
    stage.settle()
    assert names(stage) == []


def test_files_come_one_after_another_and_refused_ones_are_told_of(
    stage, exchanging, covered, qtbot, tmp_path
):
    wrong = tmp_path / "wrong.json"
    wrong.write_text("{", encoding="utf-8")
    files = [
        written(tmp_path / "a.novita.json", GREET),
        wrong,
        tmp_path / "gone.json",
        written(tmp_path / "b.novita.json", NewPreset("Bye", FORM)),
    ]
    exchanging.import_files(files)
    shown = sheet(qtbot, covered)
    assert any("a.novita.json" in label.text() for label in shown.findChildren(QLabel))
    press(stage, shown, "Cancel")
    shown = sheet(qtbot, covered)
    assert any("b.novita.json" in label.text() for label in shown.findChildren(QLabel))
    assert [(e.code, e.problem) for e in stage.errors] == [
        ("preset_file_refused", "not_json"),
        ("preset_file_refused", "unreadable"),
    ]
    press(stage, shown, "Add")
    assert names(stage) == ["Bye"]


def test_a_flood_of_files_is_cut(stage, exchanging, tmp_path):
    exchanging.import_files([tmp_path / f"{n}.json" for n in range(500)])
    stage.settle()
    assert len(stage.errors) == 20


def test_a_long_reading_is_told_of(stage, exchanging, covered, qtbot, tmp_path, monkeypatch):
    monkeypatch.setattr(preset_exchanging, "PATIENCE_SECONDS", 0.0)
    exchanging.import_files([written(tmp_path / "a.novita.json", GREET)])
    sheet(qtbot, covered)
    assert stage.context.toast.text() == "Reading the presets…"
    stage.settle()


def test_the_library_is_shown_and_nothing_of_it_is_forced(stage, exchanging, covered, qtbot):
    exchanging.show_library()
    shown = sheet(qtbot, covered)
    assert names(stage) == []
    labelled(shown, QPushButton, "Tick all").click()
    press(stage, shown, "Add")
    assert len(names(stage)) >= 20
    assert "presets" in stage.context.toast.text()


def test_files_are_chosen_in_a_dialog(stage, exchanging, covered, qtbot, tmp_path):
    path = written(tmp_path / "a.novita.json", GREET)
    exchanging.choose_files()
    dialog = file_dialog(qtbot, covered)
    dialog.selectedFiles = lambda: [str(path)]
    dialog.done(1)
    press(stage, sheet(qtbot, covered), "Add")
    assert names(stage) == ["Greet"]


def test_a_preset_is_exported_to_a_file(stage, exchanging, covered, qtbot, tmp_path):
    added = stage.call(
        stage.context.workspace.presets.add([GREET, NewPreset("../Other: one", FORM)])
    )
    stage.context.bridge.deliver()
    other = next(preset.id for preset in added if preset.name != "Greet")
    exchanging.export([other])
    assert saved_as(stage, covered, qtbot, tmp_path) == (
        "other-one.novita.json",
        ["../Other: one"],
    )


def test_the_presets_that_stay_ticked_are_exported(stage, exchanging, covered, qtbot, tmp_path):
    new = [GREET, *(NewPreset(name, FORM, folder="Work") for name in ("Sum up", "Translate"))]
    stage.call(stage.context.workspace.presets.add(new))
    stage.context.bridge.deliver()
    exchanging.export()
    shown = covered.findChild(ExportPresets)
    assert shown.isVisible()
    greet = shown.list.findItems("Greet", Qt.MatchFlag.MatchExactly)[0]
    greet.setCheckState(0, Qt.CheckState.Unchecked)
    shown.export_button.click()
    assert shown.isHidden()
    assert saved_as(stage, covered, qtbot, tmp_path) == (
        "presets.novita.json",
        ["Sum up", "Translate"],
    )


def test_another_workspace_closes_the_sheet_of_what_is_exported(stage, exchanging, covered):
    stage.call(stage.context.workspace.presets.add([GREET, NewPreset("Other", FORM)]))
    stage.context.bridge.deliver()
    exchanging.export()
    shown = covered.findChild(ExportPresets)
    assert shown.isVisible()
    exchanging.set_context(stage.context)
    assert shown.isHidden()


def saved_as(stage, covered, qtbot, folder) -> tuple[str, list[str]]:
    """Save where the dialog asks; return the name that it proposed, and what is in the file."""
    path = folder / "out.novita.json"
    dialog = file_dialog(qtbot, covered)
    proposed = Path(dialog.selectedFiles()[0]).name
    dialog.selectedFiles = lambda: [str(path)]
    dialog.done(1)
    stage.settle()
    exported = preset_files.from_text(path.read_text(encoding="utf-8"))
    assert "out.novita.json" in stage.context.toast.text()
    return proposed, [preset.name for preset in exported]


def test_an_export_that_is_given_up_writes_nothing(stage, exchanging, covered, qtbot, tmp_path):
    stage.call(stage.context.workspace.presets.add([GREET]))
    stage.context.bridge.deliver()
    exchanging.export()
    file_dialog(qtbot, covered).done(0)
    stage.settle()
    assert not list(tmp_path.glob("*.json"))


def test_without_presets_there_is_nothing_to_export(stage, exchanging, covered):
    exchanging.export()
    assert "no presets" in stage.context.toast.text()
    stage.settle()
    assert covered.findChildren(QFileDialog) == []


def test_another_workspace_closes_what_was_looked_at(stage, exchanging, covered, qtbot, tmp_path):
    exchanging.import_files([written(tmp_path / "a.novita.json", GREET)])
    shown = sheet(qtbot, covered)
    exchanging.set_context(stage.context)
    assert shown.isHidden()
    stage.settle()


@pytest.mark.parametrize(
    ("name", "file_name"),
    [
        ("Reply to a customer", "reply-to-a-customer"),
        ("../../etc/passwd", "etc-passwd"),
        ("C:\\CON", "c-con"),
        ("…", "preset"),
        ("Grüße 日本", "grüße-日本"),
        ("x" * 200, "x" * 60),
    ],
)
def test_a_files_name_is_never_a_path(name, file_name):
    assert file_name_for(name) == file_name


def test_the_sheets_parts_are_loaded_one_a_turn():
    code = """
import json, sys
from importlib import import_module
from novita_desktop.ui.main_window import MainWindow, preset_exchanging
from novita_desktop.ui.pages.prompt import PromptPage
from novita_desktop.services import preset_exchange
together = []
for name in preset_exchanging.SHEET_PARTS:
    before = set(sys.modules)
    import_module(f"novita_desktop.ui.{name}")
    new = {each for each in set(sys.modules) - before if each.startswith("novita_desktop.ui.")}
    new = {each for each in new if not hasattr(sys.modules[each], "__path__")}
    together += sorted(new)[1:]
print(json.dumps(together))
"""
    ended = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=50
    )
    assert json.loads(ended.stdout) == []
