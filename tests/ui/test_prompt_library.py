"""Presets on the Prompt page, from saving one to running it after the next start."""

from dataclasses import replace

import pytest
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QLabel, QLineEdit, QPushButton, QToolButton

from novita_desktop.domain.comparisons import Column, ComparisonPlan
from novita_desktop.domain.presets import NewPreset, Preset
from novita_desktop.domain.prompt_form import PromptForm
from novita_desktop.domain.variable_fields import FieldKind, VariableField
from novita_desktop.ui.dialogs.preset_versions import PresetVersions
from novita_desktop.ui.dialogs.save_preset import SavePreset
from tests.ui.prompt_stage import MODEL, prompt_stage

SEES = "google/gemma-3-12b-it"
GREETING = PromptForm(
    MODEL, message="Greet {{ name }} in {{ tongue }}", values={"tongue": "French"}
)


@pytest.fixture
def stage(qtbot, wait, theme, tmp_path):
    with prompt_stage(qtbot, wait, theme, tmp_path) as stage:
        stage.until(lambda: stage.page.library.panel)
        yield stage


def presets(stage):
    return stage.workspace.presets.current


def add(stage, *new):
    return stage.wait(stage.bridge.call(stage.workspace.presets.add(new)))


def opened(stage, preset):
    stage.until(lambda: stage.context.state.preset(preset.id))
    stage.page.library.panel.opened.emit(preset.id)
    stage.until(lambda: stage.page.title == preset.name)


def dialog(stage):
    stage.until(lambda: stage.page.findChild(SavePreset))
    found = stage.page.findChild(SavePreset)
    stage.until(found.isVisible)
    return found


def test_a_prompt_is_saved_listed_and_run_with_other_values_after_the_next_start(
    qtbot, wait, theme, tmp_path
):
    with prompt_stage(qtbot, wait, theme, tmp_path) as stage:
        stage.write("Greet {{ name }} in {{ tongue }}")
        stage.named(QPushButton, "Save preset").click()
        asked = dialog(stage)
        assert asked.name.text() == "Greet in"
        asked.name.setText("Greeting")
        asked.folder.setCurrentText("Letters")
        asked.accept()
        stage.until(lambda: stage.page.title == "Greeting")
        assert stage.label("pageFact") == "Letters"
        stage.page.form.variables.editors()[0].insertPlainText("Ann")
        stage.page.form.variables.editors()[1].insertPlainText("French")
        stage.page.button.run.click()
        stage.until(lambda: stage.status() == "Done")
        stage.until(lambda: presets(stage)[0].last_values == {"name": "Ann", "tongue": "French"})
    with prompt_stage(qtbot, wait, theme, tmp_path) as stage:
        assert stage.page.title == "Greeting"
        stage.until(lambda: stage.page.library.panel)
        stage.page.library.presets.new()
        stage.until(lambda: stage.page.title == "Prompt")
        stage.page.library.panel.list.opened.emit(presets(stage)[0].id)
        stage.until(lambda: stage.page.title == "Greeting")
        name, tongue = stage.page.form.variables.editors()
        assert (name.value(), tongue.value()) == ("Ann", "French")
        name.set_value("")
        name.insertPlainText("Bob")
        stage.page.button.run.click()
        stage.until(lambda: stage.status() == "Done")
        assert stage.host.chats[-1].json["messages"][0]["content"] == "Greet Bob in French"
        newest = stage.wait(stage.bridge.call(stage.workspace.history.page()))[0]
        assert (newest.preset.name, newest.preset.version) == ("Greeting", 1)
        stage.until(lambda: stage.label("pageFact") == "Letters · used 2 times")


def test_an_edited_preset_says_so_and_is_saved_as_its_next_version(stage):
    (preset,) = add(stage, NewPreset("Greeting", GREETING))
    opened(stage, preset)
    assert stage.button("Revert") is None
    stage.page.form.message.insertPlainText("Please! ")
    stage.until(lambda: stage.button("Revert"))
    assert stage.label("presetState") == "edited"
    assert presets(stage)[0].form == GREETING
    stage.page.save_button.click()
    stage.until(lambda: presets(stage)[0].version == 2)
    stage.until(lambda: stage.button("Revert") is None)
    assert presets(stage)[0].form.message.endswith("Please! ")
    stage.until(lambda: "version 2" in stage.context.toast.text())


def test_saving_what_did_not_change_makes_no_version(stage):
    (preset,) = add(stage, NewPreset("Greeting", GREETING))
    opened(stage, preset)
    stage.page.save_button.click()
    stage.until(lambda: "Nothing has changed" in stage.context.toast.text())
    assert presets(stage)[0].version == 1


def test_revert_brings_the_preset_back_but_not_the_values(stage):
    (preset,) = add(stage, NewPreset("Greeting", GREETING))
    opened(stage, preset)
    stage.page.form.variables.editors()[0].insertPlainText("Ann")
    stage.page.form.message.insertPlainText("Please! ")
    stage.until(lambda: stage.button("Revert"))
    stage.button("Revert").click()
    stage.until(lambda: stage.page.form.message.value() == GREETING.message)
    assert stage.page.form.value().values == {"name": "Ann", "tongue": "French"}
    stage.context.toast._button.click()
    stage.until(lambda: stage.page.form.message.value().endswith("Please! "))


def test_save_as_new_keeps_the_first_one(stage):
    (preset,) = add(stage, NewPreset("Greeting", GREETING, "Letters", "Says hello"))
    opened(stage, preset)
    stage.page.form.message.insertPlainText("Please! ")
    stage.until(lambda: stage.button("Save as new"))
    stage.button("Save as new").click()
    asked = dialog(stage)
    assert asked.words().folder == "Letters"
    asked.accept()
    stage.until(lambda: len(presets(stage)) == 2)
    stage.until(lambda: stage.page.title == "Greeting 2")
    assert presets(stage)[0].form == GREETING
    assert stage.page.form.preset.id != preset.id


def test_opening_another_preset_never_loses_what_was_typed(stage):
    (preset,) = add(stage, NewPreset("Greeting", GREETING))
    stage.write("Words that are kept nowhere")
    opened(stage, preset)
    assert "not saved" in stage.context.toast.text()
    stage.context.toast._button.click()
    stage.until(lambda: stage.page.form.message.value() == "Words that are kept nowhere")
    assert stage.page.title == "Prompt"


def test_a_preset_is_opened_and_run_at_once(stage):
    (preset,) = add(stage, NewPreset("Plain", PromptForm(MODEL, message="Say hello")))
    stage.until(lambda: stage.context.state.preset(preset.id))
    stage.page.library.panel.run_requested.emit(preset.id)
    stage.until(lambda: stage.status() == "Done")
    assert stage.host.chats[-1].json["messages"][0]["content"] == "Say hello"


def test_only_the_fields_are_shown_to_fill_in(stage):
    (preset,) = add(stage, NewPreset("Greeting", GREETING, description="Greets a person"))
    opened(stage, preset)
    stage.until(lambda: stage.button("Fill in"))
    stage.button("Fill in").click()
    assert not stage.page.form.message.isVisible()
    assert stage.page.form.variables.isVisible()
    stage.page.button.run.click()
    field = stage.page.form.variables.editors()[0]
    stage.until(lambda: stage.window.focusWidget() is field)
    assert stage.host.chats == []
    stage.button("Build").click()
    assert stage.page.form.message.isVisible()


def test_a_deleted_preset_comes_back_with_undo(stage):
    (preset,) = add(stage, NewPreset("Greeting", GREETING))
    opened(stage, preset)
    panel = stage.page.library.panel
    panel.delete_requested.emit(preset.id)
    stage.until(lambda: panel.rows.rowCount() == 0)
    stage.until(lambda: stage.page.title == "Prompt")
    assert stage.page.form.message.value() == GREETING.message
    stage.context.toast._button.click()
    stage.until(lambda: panel.rows.rowCount() == 1)
    stage.until(lambda: stage.page.title == "Greeting")


def test_another_workspace_has_its_own_presets(stage):
    (preset,) = add(stage, NewPreset("Greeting", GREETING))
    opened(stage, preset)
    context = stage.context_of(stage.workspace, stage.bridge)
    context.state.presets = (Preset(preset.id, "Another of that number", PromptForm(MODEL)),)
    stage.page.set_context(context)
    stage.until(lambda: stage.page.library.panel.rows.preset_at(0).name.startswith("Another"))
    assert stage.page.title == "Prompt"
    assert stage.page.form.value().preset is None
    assert stage.page.form.message.value() == GREETING.message


def test_the_search_is_reached_also_when_presets_are_folded_away(stage):
    fold = stage.named(QToolButton, "Show presets")
    fold.click()
    assert not stage.page.library.panel.isVisible()
    stage.page.library.search()
    assert stage.named(QLineEdit, "Search presets").isVisible()
    assert stage.window.focusWidget() is stage.page.library.panel.search


def test_an_earlier_version_is_used_again(stage):
    (preset,) = add(stage, NewPreset("Greeting", GREETING))
    changed = replace(GREETING, message="Greet {{ name }} again")
    stage.wait(stage.bridge.call(stage.workspace.presets.save(preset.id, changed)))
    stage.until(lambda: stage.context.state.preset(preset.id).version == 2)
    opened(stage, preset)
    stage.until(lambda: stage.button("Versions"))
    stage.button("Versions").click()
    stage.until(lambda: stage.page.findChild(PresetVersions))
    dialog = stage.page.findChild(PresetVersions)
    dialog.list.setCurrentRow(1)
    dialog.restore.click()
    stage.until(lambda: stage.page.form.message.value() == GREETING.message)
    assert [v.number for v in versions(stage, preset)] == [3, 2, 1]
    stage.until(lambda: "Version 1" in stage.context.toast.text())
    stage.until(lambda: stage.page.form.preset.version == 3)


def versions(stage, preset):
    return stage.wait(stage.bridge.call(stage.workspace.presets.versions(preset.id)))


def test_a_files_text_is_asked_for_sent_and_there_again_the_next_time(qtbot, wait, theme, tmp_path):
    report = tmp_path / "report.txt"
    report.write_text("Sales rose by 3 %.", encoding="utf-8")
    form = PromptForm(
        MODEL,
        message="Sum up: {{ report }}",
        fields={"report": VariableField(FieldKind.FILE, "The report")},
    )
    with prompt_stage(qtbot, wait, theme, tmp_path / "data") as stage:
        stage.until(lambda: stage.page.library.panel)
        (preset,) = add(stage, NewPreset("Summary", form))
        opened(stage, preset)
        stage.page.library.set_filling(is_filling=True)
        stage.page.button.run.click()
        stage.until(lambda: any("report" in words for words in problems(stage)))
        (editor,) = stage.page.form.variables.editors()
        assert stage.window.focusWidget().accessibleName() == "Choose a text file for report"
        assert stage.host.chats == []
        editor.take_file(report)
        stage.until(editor.value)
        assert problems(stage) == []
        stage.page.button.run.click()
        stage.until(lambda: stage.status() == "Done")
        assert stage.host.chats[-1].json["messages"][0]["content"] == "Sum up: Sales rose by 3 %."
        stage.until(lambda: presets(stage)[0].last_sources == {"report": "report.txt"})
        assert stage.page.library.presets.changes == ()
    with prompt_stage(qtbot, wait, theme, tmp_path / "data") as stage:
        stage.until(stage.page.form.variables.editors)  # of the draft, which has it too
        (editor,) = stage.page.form.variables.editors()
        assert (editor.value(), editor.source()) == ("Sales rose by 3 %.", "report.txt")
        stage.until(lambda: stage.page.library.panel)
        stage.page.library.presets.new()
        stage.until(lambda: stage.page.title == "Prompt")
        opened(stage, presets(stage)[0])
        (editor,) = stage.page.form.variables.editors()
        assert (editor.value(), editor.source()) == ("Sales rose by 3 %.", "report.txt")


def test_an_image_goes_with_the_message_and_in_a_comparison_with_every_column(
    stage, tmp_path, qapp
):
    photo = tmp_path / "photo.png"
    assert QImage(4, 4, QImage.Format.Format_RGB32).save(str(photo))
    form = PromptForm(
        SEES,
        message="What is {{ photo }}?",
        fields={"photo": VariableField(FieldKind.IMAGE, "The photo")},
    )
    (preset,) = add(stage, NewPreset("Look", form))
    opened(stage, preset)
    stage.page.library.set_filling(is_filling=True)
    (editor,) = stage.page.form.variables.editors()
    editor.take_file(photo)
    stage.until(editor.value)
    stage.page.button.run.click()
    stage.until(lambda: stage.status() == "Done")
    text, image = stage.host.chats[-1].json["messages"][0]["content"]
    assert text == {"type": "text", "text": "What is [image 1]?"}
    assert image["image_url"]["url"] == editor.value()
    newest = stage.wait(stage.bridge.call(stage.workspace.history.page()))[0]
    detail = stage.wait(stage.bridge.call(stage.workspace.history.detail(newest.id)))
    assert detail.variables == {"photo": "[image 1]"}
    stage.until(lambda: presets(stage)[0].last_sources == {"photo": "photo.png"})
    assert presets(stage)[0].last_values == {"photo": editor.value()}
    plan = ComparisonPlan(stage.page.form.value(), (Column(1, SEES), Column(2, SEES, "Be brief")))
    stage.wait(stage.bridge.call(stage.workspace.comparisons.start(plan)))
    stage.until(lambda: len(stage.host.chats) == 3)
    for chat in stage.host.chats[1:]:
        assert chat.json["messages"][-1]["content"][1] == image


def test_what_will_be_sent_is_read_while_the_fields_are_filled_in(stage):
    (preset,) = add(stage, NewPreset("Greeting", GREETING))
    opened(stage, preset)
    stage.page.library.set_filling(is_filling=True)
    stage.until(lambda: stage.button("Preview what will be sent"))
    stage.button("Preview what will be sent").click()
    request = stage.page.panel.parts.request
    text = request.text.text
    stage.until(lambda: text.toPlainText() == "Message\nGreet [name] in French")
    assert text.isVisible()
    assert "“name” is empty" in request.text._title.text()
    stage.page.form.variables.editors()[0].insertPlainText("Ann")
    stage.until(lambda: text.toPlainText().startswith("Message\nGreet Ann in French\n\nModel"))
    assert request.text._title.text() == "Pressing Run sends this."
    assert stage.host.chats == []
    stage.page.button.run.click()
    stage.until(lambda: stage.status() == "Done")
    stage.until(stage.page.panel.parts.answer.isVisible)
    stage.button("Preview what will be sent").click()
    stage.until(text.isVisible)
    stage.page.form.message.insertPlainText("{% if %} ")
    stage.until(lambda: "Message has a mistake in {% if %}" in request.text._title.text())
    stage.until(lambda: "{% if %}" in text.toPlainText())


def problems(stage):
    labels = stage.page.form.variables.findChildren(QLabel)
    return [
        label.text() for label in labels if label.property("tone") == "danger" and label.isVisible()
    ]
