"""The whole form as one value."""

import asyncio
import base64

import pytest
from PySide6.QtCore import QBuffer, QIODevice, QMimeData, QUrl
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QLabel, QLineEdit

from novita_desktop.domain.catalogue import Model
from novita_desktop.domain.errors import InputError
from novita_desktop.domain.prompt_form import PromptForm
from novita_desktop.domain.requests import Image, RetryPolicy, TimeLimits
from novita_desktop.ui.icons import Icons
from novita_desktop.ui.input_messages import input_problem
from novita_desktop.ui.widgets.attachments import Attachments
from novita_desktop.ui.widgets.model_button import ModelButton
from novita_desktop.ui.widgets.prompt_form_view import PromptFormView

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
    texts = [label.text() for label in attachments.findChildren(QLabel)]
    assert "This model does not see images. Remove them to run." in texts


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
