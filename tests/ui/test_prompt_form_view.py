"""The whole form as one value."""

import asyncio
import base64

import pytest
from PySide6.QtCore import QBuffer, QIODevice, QMimeData, QUrl
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QLabel, QLineEdit, QToolButton

from novita_desktop.domain.catalogue import Model
from novita_desktop.domain.errors import InputError
from novita_desktop.domain.prompt_form import PromptForm
from novita_desktop.domain.requests import Image, RetryPolicy, TimeLimits
from novita_desktop.domain.variable_fields import FieldKind, VariableField
from novita_desktop.ui.icons import Icons
from novita_desktop.ui.input_messages import input_problem
from novita_desktop.ui.widgets.attachments import Attachments
from novita_desktop.ui.widgets.model_button import ModelButton
from novita_desktop.ui.widgets.prompt_form_view import PromptFormView

BLIND_WORDS = "This model does not see images: remove them, or choose another model."
SEES = Model("a/sees", "Sees", input_modalities=frozenset({"text", "image"}))
BLIND = Model("a/blind", "Blind")


def picture():
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image = QImage(3, 3, QImage.Format.Format_RGB32)
    image.fill(0)
    assert image.save(buffer, "PNG")
    return bytes(buffer.data().data())


@pytest.fixture
def view(qtbot, theme):
    icons = Icons(theme)
    view = PromptFormView(icons, ModelButton(theme, icons), input_problem, asyncio.run)
    qtbot.addWidget(view)
    view.resize(500, 700)
    return view


def full_form():
    return PromptForm(
        model="a/sees",
        system="Be brief, {{ name }}",
        message="Hello {{ name }}",
        inputs={"temperature": "0.7", "seed": "1", "stop": "END"},
        values={"name": "Ada"},
        images=(Image("image/png", base64.b64encode(picture()).decode()),),
        retry_policy=RetryPolicy.PATIENT,
        time_limits=TimeLimits(5.0, 60.0, 30.0),
    )


def test_a_form_round_trips_in_silence(view):
    told = []
    view.changed.connect(lambda: told.append(1))
    view.set_model(SEES)
    view.set_value(full_form())
    view.set_variables(["name"])
    assert view.value() == full_form()
    assert told == []


def test_each_edit_is_told_once(view):
    told = []
    view.changed.connect(lambda: told.append(1))
    view.message.insertPlainText("x")
    view.model_button.choose("a/b")
    line = next(w for w in view.findChildren(QLineEdit) if w.accessibleName() == "Top P")
    line.setText("0.5")
    assert told == [1, 1, 1]


def shown_texts(attachments):
    return [label.text() for label in attachments.findChildren(QLabel) if not label.isHidden()]


def test_pictures_are_offered_to_models_that_see(view, tmp_path):
    attachments = view.findChild(Attachments)
    view.set_model(BLIND)
    assert attachments.isHidden()
    view.set_model(SEES)
    assert not attachments.isHidden()
    file = tmp_path / "p.png"
    file.write_bytes(picture())
    dropped = QMimeData()
    dropped.setUrls([QUrl.fromLocalFile(str(file))])
    view.message.insertFromMimeData(dropped)
    assert len(view.value().images) == 1
    view.set_model(BLIND)
    assert not attachments.isHidden()
    assert BLIND_WORDS in shown_texts(attachments)
    view.set_model(SEES)
    assert BLIND_WORDS not in shown_texts(attachments)


def test_a_field_that_is_missing_comes_into_view(view, qtbot):
    view.resize(500, 400)
    names = [f"file{number}" for number in range(20)]
    message = " ".join("{{ " + name + " }}" for name in names)
    fields = dict.fromkeys(names, VariableField(FieldKind.FILE))
    view.set_value(PromptForm(message=message, fields=fields), names)
    view.show()
    editor = view.variables.editors()[18]
    qtbot.waitUntil(lambda: editor.width() > 0)
    assert editor.visibleRegion().isEmpty()
    view.show_problem(InputError("variable:file18", "missing"))
    qtbot.waitUntil(lambda: not editor.visibleRegion().isEmpty())
    shown = [w for w in view.findChildren(QLabel) if "“file18” is empty" in w.text()]
    qtbot.waitUntil(lambda: not shown[0].visibleRegion().isEmpty())


def test_a_model_that_sees_nothing_is_named_at_the_field_for_an_image(view, qtbot):
    words = "This model does not see images: remove them, or choose another model."
    view.set_model(BLIND)
    form = PromptForm(
        message="{{ photo }}",
        values={"photo": Image("image/png", base64.b64encode(picture()).decode()).data_url},
        fields={"photo": VariableField(FieldKind.IMAGE)},
        sources={"photo": "red.png"},
    )
    view.set_value(form, ["photo"])
    assert words in visible_words(view.variables)
    view.set_model(SEES)
    assert words not in visible_words(view.variables)
    view.set_model(BLIND)
    assert words in visible_words(view.variables)
    assert (view.value().values, view.value().sources) == (form.values, form.sources)


def test_words_made_a_field_keep_their_text_as_value(view):
    view.message.set_value("Ada")
    view.message.selectAll()
    view.message.make_field()
    view.set_variables(["ada"])
    assert (view.value().message, view.value().values) == ("{{ ada }}", {"ada": "Ada"})


@pytest.mark.parametrize("field", ["model", "system", "message", "seed", "response_schema"])
def test_a_problem_is_shown_at_its_input(view, field):
    error = InputError(field, "missing")
    view.show_problem(error)
    shown = [w for w in view.findChildren(QLabel) if w.text() == input_problem(error)]
    assert shown
    assert not shown[0].isHidden()


def test_a_narrow_form_puts_fields_below_each_other(view, qtbot):
    view.show()
    view.resize(900, 700)
    wide = view.parameters._columns
    view.resize(320, 700)
    assert (wide, view.parameters._columns) == (2, 1)
    view.close()


def visible_words(view):
    return [label.text() for label in view.findChildren(QLabel) if label.isVisibleTo(view)]


def test_what_differs_from_the_preset_is_marked_at_its_name(view):
    view.set_variables(["name"])
    view.mark_changes(["model", "message", "temperature", "seed", "variable:name"])
    assert visible_words(view).count("edited") == 3
    view.parameters.more.set_open(is_open=True)
    assert visible_words(view).count("edited") == 4
    gear = next(b for b in view.findChildren(QToolButton) if "name" in b.accessibleName())
    assert "Edited" in gear.accessibleDescription()
    view.mark_changes([])
    assert "edited" not in visible_words(view)
    assert gear.accessibleDescription() == ""


def test_the_fields_alone_are_filled_in(view):
    view.set_value(full_form())
    view.set_variables(["name"])
    view.set_filling(is_filling=True, words="Says hello")
    shown = [
        part for part in (view.message, view.system, view.parameters) if part.isVisibleTo(view)
    ]
    assert shown == []
    assert view.variables.isVisibleTo(view)
    assert "Says hello" in visible_words(view)
    gear = next(b for b in view.findChildren(QToolButton) if "name" in b.accessibleName())
    assert not gear.isVisibleTo(view)
    view.set_filling(is_filling=False)
    assert view.message.isVisibleTo(view)
    assert gear.isVisibleTo(view)
    assert "Says hello" not in visible_words(view)


def test_a_fault_elsewhere_asks_for_the_whole_form(view):
    view.set_variables(["name"])
    view.set_filling(is_filling=True)
    view.build_needed.connect(lambda: view.set_filling(is_filling=False))
    view.show_problem(InputError("message", "missing"))
    assert view.message.isVisibleTo(view)
    assert any("Message" in words for words in visible_words(view))


@pytest.mark.parametrize(
    ("form", "error"),
    [
        (
            PromptForm(inputs={"temperature": "{{ warmth }}"}),
            InputError("temperature", "not_a_number", given="warm"),
        ),
        (PromptForm(model="{{ warmth }}"), InputError("model", "missing")),
        (PromptForm(message="{{ warmth }} {{ x }}"), InputError("message", "missing")),
        (PromptForm(), InputError("variable:warmth", "missing")),
    ],
)
def test_a_wrong_value_is_named_at_its_own_field(view, qtbot, form, error):
    view.show()
    view.set_value(form)
    view.set_variables(["warmth", "x"])
    view.show_problem(error)
    field = view.variables.editors()[0]
    assert view.window().focusWidget() is field
    assert input_problem(error) in visible_words(view)
    view.clear_problems()
    assert input_problem(error) not in visible_words(view)


def test_a_broken_text_is_named_at_the_text(view):
    view.set_value(PromptForm(message="{{ name }} {% if %}"))
    view.set_variables(["name"])
    view.show_problem(InputError("message", "bad_template", detail="if"))
    assert view.window().focusWidget() is not view.variables.editors()[0]


def test_typing_goes_on_at_the_first_empty_field(view):
    view.show()
    view.focus_first()
    assert view.window().focusWidget() is view.message
    view.set_variables(["a", "b"])
    view.variables.set_value({"a": "filled"})
    view.set_filling(is_filling=True)
    view.focus_first()
    assert view.window().focusWidget() is view.variables.editors()[1]


@pytest.mark.parametrize("height", range(420, 700, 35))
def test_the_message_shows_its_last_line_with_and_without_the_scroll_bar(qtbot, view, height):
    view.resize(420, height)
    view.set_value(PromptForm(message="words that wrap " * 20 + "\nand an end"))
    view.show()
    editor = view.message
    qtbot.waitUntil(lambda: editor.height() == editor.sizeHint().height())
    cursor = editor.textCursor()
    cursor.movePosition(cursor.MoveOperation.End)
    assert editor.verticalScrollBar().maximum() == 0
    assert editor.cursorRect(cursor).bottom() <= editor.viewport().height()
    for width in (700, 360, 500):  # lines join and break, the form's own scroll bar comes and goes
        view.resize(width, height)
        qtbot.waitUntil(lambda: editor.height() == editor.sizeHint().height())
        assert editor.verticalScrollBar().maximum() == 0
        assert editor.cursorRect(cursor).bottom() <= editor.viewport().height()


def test_a_picture_that_is_being_read_is_not_complete_yet(qtbot, theme, tmp_path):
    waiting, icons = [], Icons(theme)
    view = PromptFormView(icons, ModelButton(theme, icons), input_problem, waiting.append)
    qtbot.addWidget(view)
    file = tmp_path / "p.png"
    file.write_bytes(picture())
    view.findChild(Attachments).add_files([file])
    assert view.is_composing()
    asyncio.run(waiting.pop())
    assert not view.is_composing()
