"""The Prompt page against a real workspace and the demo host."""

import json

import pytest
from PySide6.QtGui import QGuiApplication, QInputMethodEvent
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QPlainTextEdit, QToolButton

from novita_desktop.domain.prompt_form import PromptForm
from novita_desktop.domain.requests import Image
from novita_desktop.domain.runs import RunStatus
from novita_desktop.domain.variable_fields import FieldKind, VariableField
from novita_desktop.ui.dialogs.field_settings import FieldSettings
from novita_desktop.ui.dialogs.model_palette import ModelPalette
from novita_desktop.ui.widgets.value_editors import LineEditor
from tests.ui.prompt_stage import MODEL, prompt_stage

ONE_PIXEL = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
REASONER = "deepseek/deepseek-v3.2"


@pytest.fixture
def stage(qtbot, wait, theme, tmp_path):
    with prompt_stage(qtbot, wait, theme, tmp_path) as stage:
        yield stage


def sent(stage, number=-1):
    return stage.host.chats[number].json


def runs(stage):
    return stage.wait(stage.bridge.call(stage.workspace.history.page()))


def test_a_typed_message_is_run_and_its_answer_shown(stage):
    stage.host.script(["text=The sky is **blue**."])
    stage.run_to_end("Why is the sky blue?")
    assert stage.status() == "Done"
    stage.until(lambda: "The sky is blue." in stage.answer())
    assert sent(stage)["messages"] == [{"role": "user", "content": "Why is the sky blue?"}]
    receipt = stage.label("receipt")
    assert receipt.startswith("In ")
    assert "Cost" in receipt
    assert receipt.endswith("charged")
    assert len(stage.label("responseId")) == 32


def test_the_starter_can_be_run_at_once(stage):
    stage.page.button.run.click()
    stage.until(lambda: stage.status() == "Done")
    assert sent(stage)["messages"][0]["content"] == stage.page.form.message.value()


def test_the_answer_appears_while_the_host_still_writes(stage):
    stage.host.script(["text=Hello wide world and more; gate=half; gate_after=3"])
    stage.run()
    stage.until(lambda: "Hello" in stage.answer())
    assert stage.status() == "Writing"
    assert stage.page.button.is_running
    assert "more" not in stage.answer()
    stage.host.release("half")
    stage.until(lambda: "more" in stage.answer())


def test_stop_keeps_what_arrived_and_says_who_bills(stage):
    stage.host.script(["tokens=400; gate=half; gate_after=40"])
    stage.run()
    stage.until(lambda: "Sample answer" in stage.answer())
    stage.page.stop()
    stage.until(lambda: stage.status() == "Stopped")
    assert "Sample answer" in stage.answer()
    assert "bills what was generated" in stage.label("runNote")
    assert stage.label("receipt").endswith("charged")
    assert stage.host.wait_for_hang_ups(1)
    assert not stage.page.button.is_running


def test_retry_sends_the_same_bytes_as_a_new_run(stage):
    stage.run_to_end("Once")
    stage.write("Something else")
    stage.button("Retry").click()
    stage.until(lambda: len(stage.host.chats) == 2)
    stage.until(lambda: not stage.page.button.is_running)
    assert stage.host.chats[0].body == stage.host.chats[1].body
    newest, oldest = runs(stage)
    assert newest.retry_of == oldest.id


def test_a_cut_answer_is_continued_in_one_text(stage):
    stage.host.script(["text=one two three four five six; truncate=4", "text=teen, the end."])
    stage.run_to_end()
    stage.until(lambda: stage.button("Continue here"))
    first = stage.page.panel.parts.answer.markdown()
    stage.button("Continue here").click()
    stage.until(lambda: len(stage.host.chats) == 2 and not stage.page.button.is_running)
    stage.until(lambda: stage.page.panel.parts.answer.markdown() == first + "teen, the end.")
    assert sent(stage)["messages"][-2] == {"role": "assistant", "content": first}
    assert stage.button("Continue here") is None


def test_a_cut_answer_is_run_again_with_more_tokens(stage):
    stage.host.script(["truncate=5", "plain"])
    stage.write("Hello")
    stage.line("Max tokens").setText("50")
    stage.page.button.run.click()
    stage.until(lambda: stage.button("Raise and rerun"))
    stage.button("Raise and rerun").click()
    stage.until(lambda: len(stage.host.chats) == 2)
    assert [chat.json["max_tokens"] for chat in stage.host.chats] == [50, 100]


def test_an_error_is_a_card_with_the_hosts_words(stage):
    stage.host.script(["error=no-access"])
    stage.run_to_end()
    assert stage.status() == "Failed"
    assert stage.label("errorTitle")
    assert "Nothing was charged" in stage.label("errorAdvice")
    assert "403" in stage.page.findChild(QPlainTextEdit, "errorDetails").toPlainText()
    assert stage.label("receipt") == "not charged"


def test_the_input_that_the_host_refused_is_marked_until_it_is_edited(stage):
    stage.host.script(["bad-parameter", "bad-parameter", "plain"])
    stage.write("Hello")
    field = stage.line("Temperature")
    field.setText("1.5")
    stage.page.form.message.setFocus()

    def note():
        return [label.text() for label in field.parent().findChildren(QLabel)]

    stage.page.button.run.click()
    stage.until(lambda: "The host refused Temperature" in note())
    assert field.property("wrong") == "true"
    field.setText("1.2")
    assert "The host refused Temperature" not in note()
    assert field.property("wrong") == "false"
    stage.page.button.run.click()
    stage.until(lambda: "The host refused Temperature" in note())
    stage.page.button.run.click()
    stage.until(lambda: stage.status() == "Done")
    assert "The host refused Temperature" not in note()


def test_run_without_it_leaves_out_what_the_model_refused(stage):
    stage.host.script(["error=no-structured-outputs", "plain"])
    stage.write("As JSON, please", REASONER)
    box = stage.combo("Response format")
    box.setCurrentIndex(box.findText("Any JSON"))
    stage.page.button.run.click()
    stage.until(lambda: stage.button("Run without it"))
    stage.button("Run without it").click()
    stage.until(lambda: len(stage.host.chats) == 2)
    assert "response_format" in sent(stage, 0)
    assert "response_format" not in sent(stage, 1)


def test_pictures_that_a_model_refuses_can_be_left_out_with_one_click(stage):
    picture = Image("image/png", ONE_PIXEL)
    stage.page.show_form(PromptForm(model=MODEL, message="What is it?", images=(picture,)))
    stage.page.button.run.click()
    stage.until(lambda: stage.button("Run without it"))
    stage.button("Run without it").click()
    stage.until(lambda: stage.status() == "Done")
    assert sent(stage)["messages"] == [{"role": "user", "content": "What is it?"}]


def test_a_refused_key_asks_for_another(stage, qtbot):
    stage.host.script(["error=bad-key"])
    stage.run_to_end()
    with qtbot.waitSignal(stage.page.connect_requested) as asked:
        stage.page.panel.parts.error._action.click()
    assert asked.args == [True]


def test_while_it_backs_off_the_next_attempt_can_be_hurried(stage):
    stage.host.script(["error=rate-limited; retry_after=30", "text=At last."])
    stage.run()
    stage.until(lambda: stage.status().startswith("Attempt 2 of 5 in "))
    stage.button("Try now").click()
    stage.until(lambda: stage.status() == "Done")
    stage.until(lambda: "At last." in stage.answer())


def test_waiting_counts_seconds_and_its_clock_stops_at_the_end(stage):
    stage.host.script(["text=Hi; gate=start; gate_after=0"])
    stage.run()
    stage.until(lambda: stage.status() == "Waiting for the first word · 1 s")
    assert stage.page.panel.parts.status._clock.isActive()
    stage.host.release("start")
    stage.until(lambda: stage.status() == "Done")
    assert not stage.page.panel.parts.status._clock.isActive()


def test_reasoning_is_folded_away_above_the_answer(stage):
    stage.host.script(["reasoning_tokens=20; text=Forty-two."])
    stage.run_to_end("Think", REASONER)
    panel = stage.page.panel
    stage.until(lambda: "Forty-two." in stage.answer())
    assert panel.parts.fold.button.text() == "Thought · 20 tokens"
    assert not panel.parts.fold.is_open()
    assert panel.parts.reasoning.markdown() == runs_detail(stage).reasoning


def runs_detail(stage):
    newest = runs(stage)[0]
    return stage.wait(stage.bridge.call(stage.workspace.history.detail(newest.id)))


def test_a_json_answer_is_judged(stage):
    stage.host.script(['text={"city": "Rome"}'])
    stage.write("A city", REASONER)
    box = stage.combo("Response format")
    box.setCurrentIndex(box.findText("A table I describe"))
    stage.line("Field 1: name").setText("town")
    stage.page.button.run.click()
    stage.until(lambda: stage.label("jsonVerdict"))
    assert "'town' is a required property" in stage.label("jsonVerdict")
    schema = sent(stage)["response_format"]["json_schema"]["schema"]
    assert list(schema["properties"]) == ["town"]


def test_variables_grow_fields_and_fill_the_message(stage):
    stage.write("Greet {{ name }} on {{ today }}")
    stage.until(lambda: stage.page.form.variables.names() == ("name", "today"))
    (editor,) = stage.page.form.variables.editors()
    editor.insertPlainText("Ada")
    stage.page.button.run.click()
    stage.until(lambda: stage.status() == "Done")
    content = sent(stage)["messages"][0]["content"]
    assert content.startswith("Greet Ada on 20")


def test_an_empty_field_is_named_and_nothing_is_sent(stage):
    stage.write("Greet {{ name }}")
    stage.until(lambda: stage.page.form.variables.names() == ("name",))
    stage.page.button.run.click()
    (editor,) = stage.page.form.variables.editors()
    stage.until(lambda: stage.window.focusWidget() is editor)
    texts = [label.text() for label in stage.page.form.findChildren(QLabel)]
    assert "The field “name” is empty. Fill it in, then run." in texts
    assert stage.host.chats == []
    assert not stage.page.button.is_running


def test_a_number_out_of_range_is_refused_at_its_field(stage):
    stage.write("Hello")
    stage.line("Temperature").setText("3")
    stage.page.button.run.click()
    stage.until(stage.line("Temperature").hasFocus)
    texts = [label.text() for label in stage.page.form.findChildren(QLabel)]
    assert "Temperature must be a number from 0 to 2." in texts
    assert stage.host.chats == []


def test_an_empty_message_cannot_run(stage):
    stage.write("")
    stage.page.button.run.click()
    stage.until(stage.page.form.message.hasFocus)
    assert stage.host.chats == []


def test_the_price_is_on_the_button_and_follows_the_form(stage):
    button = stage.page.button.run
    stage.until(lambda: button.accessibleDescription().startswith("About "))
    before = button.accessibleDescription()
    stage.line("Max tokens").setText("10")
    stage.until(lambda: button.accessibleDescription() not in {before, ""})
    stage.page.use_model("maker/unknown")
    stage.until(lambda: button.accessibleDescription() == "The price of this model is unknown.")


def test_over_the_daily_limit_it_asks_once_more(stage):
    stage.run_to_end()
    work = stage.workspace.settings.change(daily_limit_units=1)
    stage.wait(stage.bridge.call(work))
    stage.page.button.run.click()
    stage.until(lambda: stage.page.button.run.text() == "Run over the daily limit")
    assert len(stage.host.chats) == 1
    stage.page.button.run.click()
    stage.until(lambda: len(stage.host.chats) == 2)


def test_nothing_runs_while_an_input_method_composes(stage):
    stage.write("Hello")
    QApplication.sendEvent(stage.page.form.message, QInputMethodEvent("にほ", []))
    stage.page.run()
    assert not stage.page.button.is_running
    QApplication.sendEvent(stage.page.form.message, QInputMethodEvent("", []))
    stage.page.run()
    stage.until(lambda: stage.status() == "Done")


def test_what_will_be_sent_and_what_was_sent_are_shown(stage):
    request = stage.page.panel.parts.request
    stage.write("Look at me")
    stage.page.panel.findChild(type(request)).show()
    stage.until(lambda: "Look at me" in request._next.body_json)
    body = json.loads(request._next.body_json)
    stage.page.button.run.click()
    stage.until(lambda: stage.status() == "Done")
    assert json.loads(request._sent) == body == sent(stage)


def test_the_answer_can_be_copied_and_saved(stage, tmp_path):
    stage.host.script(["text=The sky is **blue**."])
    stage.run_to_end()
    export = stage.page._export
    export.copy("markdown")
    stage.until(lambda: QGuiApplication.clipboard().text() == "The sky is **blue**.")
    export.copy("plain")
    stage.until(lambda: QGuiApplication.clipboard().text() == "The sky is blue.")
    export.copy("curl")
    stage.until(lambda: "curl" in QGuiApplication.clipboard().text())
    assert stage.key not in QGuiApplication.clipboard().text()
    detail = stage.page.panel.detail()
    for suffix, start in ((".md", "The sky is **"), (".txt", "The sky is blue"), (".json", "{")):
        path = tmp_path / f"answer{suffix}"
        stage.wait(export.save_to(path, detail))
        assert path.read_text().startswith(start)


def test_a_run_from_history_is_shown_and_its_form_opened(stage):
    stage.host.script(["text=First answer."])
    stage.run_to_end("First")
    stage.run_to_end("Second")
    first = runs(stage)[-1]
    stage.page.show_run(first.id)
    stage.until(lambda: stage.answer().strip() == "First answer.")
    form = stage.wait(stage.bridge.call(stage.workspace.history.form_of(first.id)))
    stage.page.show_form(form)
    assert stage.page.form.message.value() == "First"


def test_a_live_run_is_joined_without_gap_or_overlap(stage):
    stage.host.script(["text=alpha beta gamma delta; gate=half; gate_after=2"])
    stage.run()
    stage.until(lambda: "alpha" in stage.answer())
    run_id = runs(stage)[0].id
    stage.page.show_run(run_id)
    stage.host.release("half")
    stage.until(lambda: stage.status() == "Done")
    stage.until(lambda: stage.answer().strip() == "alpha beta gamma delta")


def test_choosing_a_model_remembers_it_as_recent(stage):
    stage.run_to_end()
    stage.until(lambda: stage.workspace.settings.current.recent_models == (MODEL,))
    stage.page.choose_model()
    palette = stage.page.findChild(ModelPalette)
    line = next(w for w in palette.findChildren(QLineEdit))
    line.setText("deepseek-v3.2")
    stage.qtbot.keyClick(line, "\r")
    assert stage.page.form.model_button.face.accessibleDescription().startswith("deepseek/")


def test_the_draft_survives_a_killed_program(qtbot, wait, theme, tmp_path):
    with prompt_stage(qtbot, wait, theme, tmp_path) as stage:
        stage.write("Half a thought about {{ topic }}")
        stage.line("Temperature").setText("0.3")
        stage.until(lambda: stage.page._drafts.is_saved)
        draft = stage.wait(stage.bridge.call(stage.workspace.drafts.load("prompt")))
        assert draft.message == "Half a thought about {{ topic }}"
    with prompt_stage(qtbot, wait, theme, tmp_path) as stage:
        form = stage.page.form.value()
        assert form.message == "Half a thought about {{ topic }}"
        assert form.inputs == {"temperature": "0.3"}
        assert form.model == MODEL


def test_without_a_key_the_button_connects_first(qtbot, wait, theme, tmp_path):
    with prompt_stage(qtbot, wait, theme, tmp_path, key=None) as stage:
        assert stage.page.button.run.text() == "Connect and run"
        with qtbot.waitSignal(stage.page.connect_requested) as asked:
            stage.page.button.run.click()
        assert asked.args == [True]
        work = stage.workspace.account.connect("sk_demo", session_only=True)
        stage.wait(stage.bridge.call(work))
        stage.until(lambda: stage.page.button.run.text() != "Connect and run")
        stage.page.run()
        stage.until(lambda: stage.status() == "Done")
        assert runs(stage)[0].status is RunStatus.SUCCEEDED


def test_another_workspace_keeps_the_text(stage):
    stage.write("Keep me")
    stage.page.set_context(stage.context_of(stage.workspace, stage.bridge))
    assert stage.page.form.message.value() == "Keep me"
    stage.page.run()
    stage.until(lambda: stage.status() == "Done")


def test_sizes_and_the_view_are_kept(stage):
    split = stage.page.split
    split.setSizes([200, 500, 400])
    kept, sizes = stage.page.view_state(), split.sizes()
    split.setSizes([300, 400, 400])
    stage.page.restore_view_state(kept)
    assert split.sizes() == sizes
    stage.page.restore_view_state("")
    assert split.sizes() == sizes
    stage.page.library.set_filling(is_filling=True)
    kept = stage.page.view_state()
    stage.page.library.set_filling(is_filling=False)
    stage.page.restore_view_state(kept)
    assert stage.page.library.is_filling


def test_a_form_that_was_typed_before_the_draft_came_stays(stage):
    stage.page.show_form(PromptForm(model=MODEL, message="Typed"))
    stage.wait(stage.page._restore())
    assert stage.page.form.message.value() == "Typed"


def test_a_field_that_is_set_up_is_checked_before_a_run_and_kept(stage):
    stage.write("Write {{ count }} words in a {{ tone }} tone")
    stage.until(lambda: stage.page.form.variables.names() == ("count", "tone"))
    button = stage.named(QToolButton, "Settings of count")
    button.click()
    dialog = stage.page.findChild(FieldSettings)
    stage.until(dialog.isVisible)
    dialog.kind.setCurrentIndex(dialog.kind.findData(FieldKind.NUMBER))
    dialog.check_and_accept()
    stage.until(lambda: isinstance(stage.page.form.variables.editors()[0], LineEditor))
    stage.page.form.variables.set_field("tone", VariableField(default="calm"))
    stage.page.form.variables.editors()[0].insert("many")
    stage.page.button.run.click()
    stage.until(lambda: "“count” must be a number; it has “many”." in shown_words(stage))
    assert stage.host.chats == []
    stage.page.form.variables.set_value({"count": "20"})
    stage.page.button.run.click()
    stage.until(lambda: stage.status() == "Done")
    assert sent(stage)["messages"][0]["content"] == "Write 20 words in a calm tone"
    stage.wait(stage.page.leave())
    kept = stage.wait(stage.bridge.call(stage.workspace.drafts.load("prompt")))
    assert kept.fields == {
        "count": VariableField(FieldKind.NUMBER),
        "tone": VariableField(default="calm"),
    }


def shown_words(stage):
    return [label.text() for label in stage.page.findChildren(QLabel) if label.isVisible()]
