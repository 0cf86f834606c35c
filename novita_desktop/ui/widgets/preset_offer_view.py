"""What one preset would add: what it is for, its model and price, its fields, what it sends."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from itertools import islice

from PySide6.QtCore import Qt
from PySide6.QtGui import QFontDatabase
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from novita_desktop.domain.preset_files import exported
from novita_desktop.domain.request_body import request_of
from novita_desktop.domain.variable_fields import PLAIN_FIELD
from novita_desktop.domain.visible_text import visible_text
from novita_desktop.domain.word_differences import Piece, word_differences
from novita_desktop.services.preset_exchange import PresetOffer
from novita_desktop.ui import formatting, metrics
from novita_desktop.ui.icons import Icons
from novita_desktop.ui.input_messages import input_problem
from novita_desktop.ui.tasks import Tasks
from novita_desktop.ui.theme import Theme
from novita_desktop.ui.widgets.differences_view import DifferencesView
from novita_desktop.ui.widgets.fact_rows import Fact, FactRows
from novita_desktop.ui.widgets.fold import Fold
from novita_desktop.ui.widgets.form_labels import help_label, problem_label, show_words, title_label
from novita_desktop.ui.widgets.json_text_view import readable_json
from novita_desktop.ui.widgets.preset_as_text import field_words, preset_as_text
from novita_desktop.ui.widgets.read_only_text import SHOWN_CHARACTERS, ReadOnlyText
from novita_desktop.ui.widgets.wrapping_label import WrappingLabel

MOST_LINES = 18
DIFFERENCES_HEIGHT = 200
MOST_FIELDS = 40
"""Of more fields than anybody reads, the first are described."""

MOST_FIELD_CHARACTERS = 300
MOST_DESCRIPTION_CHARACTERS = 1_500
MOST_EXACT_CHARACTERS = 100_000
"""A longer request is shown as it is: making it readable takes time."""


class PresetOfferView(QScrollArea):
    """Shows one offer whole. `model_name` gives a model's name, `is_known` whether it is listed."""

    def __init__(
        self,
        theme: Theme,
        icons: Icons,
        tasks: Tasks,
        model_name: Callable[[str], str],
        is_known: Callable[[str], bool],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._tasks = tasks
        self._model_name = model_name
        self._is_known = is_known
        self._shown: PresetOffer | None = None
        self._name = WrappingLabel()
        self._name.setProperty("type", "title")
        self._description = WrappingLabel()
        self._facts = FactRows(icons)
        self._problem = problem_label()
        self._twin_title = title_label("")
        self._differences = DifferencesView(theme, self.tr("Differences to yours"))
        self._fields_title = title_label(self.tr("Its fields"))
        self._fields = WrappingLabel()
        self._sent_title = title_label(self.tr("What it sends"))
        self._sent_help = help_label(self.tr("With its sample values; nothing is sent now."))
        self._sent_help.setWordWrap(True)
        # Named otherwise than the form's own inputs, which lie below.
        self._system_title = help_label(self.tr("System prompt"))
        self._system = ReadOnlyText(self.tr("The system prompt that it sends"), MOST_LINES)
        self._message_title = help_label(self.tr("Message"))
        self._message = ReadOnlyText(self.tr("The message that it sends"), MOST_LINES)
        self._exact = ReadOnlyText(self.tr("The exact request"), MOST_LINES)
        self._exact.setFont(QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont))
        self._exact_fold = Fold(icons, self.tr("The exact request"))
        self._exact_fold.body_layout.addWidget(self._exact)
        self._build()

    def show_offer(self, offer: PresetOffer) -> None:
        """Show another offer."""
        self._shown = offer
        new = offer.new
        self._name.setText(visible_text(new.name))
        description = _shortened(new.description, MOST_DESCRIPTION_CHARACTERS)
        show_words(self._description, visible_text(description))
        self._facts.set_facts(tuple(self._facts_of(offer)))
        show_words(self._problem, visible_text(self._problem_words(offer)))
        fields = visible_text(_fields_words(offer))
        self._fields_title.setVisible(bool(fields))
        show_words(self._fields, fields)
        for widget in (self._sent_title, self._sent_help, self._exact_fold):
            widget.setVisible(offer.preview is not None and bool(offer.preview.body_json))
        self._show_sent("", "", "")
        is_compared = offer.twin is not None
        self._twin_title.setVisible(is_compared)
        self._differences.setVisible(is_compared and not offer.is_same)
        self._twin_title.setText(
            self.tr("You have this very preset already")
            if offer.is_same
            else self.tr("Yours of that name is different")
        )
        self._differences.show_pieces(())
        self.verticalScrollBar().setValue(0)
        self._tasks.start(self._show_long_texts(offer))

    async def _show_long_texts(self, offer: PresetOffer) -> None:
        """Prepare in a thread what would hold up the window."""
        twin = None if offer.twin is None or offer.is_same else exported(offer.twin)
        # Here, not in the thread: their words come from Qt, which two threads must not ask at once.
        texts = () if twin is None else (preset_as_text(twin), preset_as_text(offer.new))

        def work() -> tuple[tuple[str, str, str], tuple[Piece, ...]]:
            sent = _sent_texts(offer.preview.body_json if offer.preview else "")
            return sent, word_differences(*texts) if texts else ()

        sent, pieces = await asyncio.to_thread(work)
        if self._shown is not offer:
            return
        self._show_sent(*sent)
        self._differences.show_pieces(pieces)

    def _show_sent(self, system: str, message: str, exact: str) -> None:
        texts = (
            (self._system_title, self._system, system),
            (self._message_title, self._message, message),
        )
        for title, view, text in texts:
            title.setVisible(bool(text))
            view.setVisible(bool(text))
            view.show_text(text)
        self._exact.show_text(exact)

    def _build(self) -> None:
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setAccessibleName(self.tr("About this preset"))  # the keyboard scrolls it
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._differences.setFixedHeight(metrics.scaled(DIFFERENCES_HEIGHT))
        body = QWidget()
        column = QVBoxLayout(body)
        column.setContentsMargins(metrics.SPACE_4, 0, metrics.SPACE_12, 0)
        column.setSpacing(metrics.SPACE_8)
        for widget in (
            *(self._name, self._description, self._facts, self._problem),
            *(self._twin_title, self._differences),
            *(self._fields_title, self._fields),
            *(self._sent_title, self._sent_help),
            *(self._system_title, self._system, self._message_title, self._message),
            self._exact_fold,
        ):
            column.addWidget(widget)
        column.addStretch(1)
        self.setWidget(body)

    def _facts_of(self, offer: PresetOffer) -> Iterator[Fact]:
        new, estimate = offer.new, offer.preview.estimate if offer.preview else None
        yield Fact(self.tr("Model"), self._model_words(offer))
        if estimate is not None and estimate.likely_units is not None:
            cost = self.tr("about {likely} a run, at most {most}")
            likely = formatting.money(estimate.likely_units)
            most = formatting.money(estimate.at_most_units)
            yield Fact(self.tr("Cost"), cost.format(likely=likely, most=most))
        elif estimate is not None:
            yield Fact(self.tr("Cost"), self.tr("price unknown"))
        shape = {
            "json_schema": self.tr("JSON of a fixed shape"),
            "json_object": self.tr("any JSON"),
        }.get(new.form.inputs.get("response_format", ""))
        if shape:
            yield Fact(self.tr("Answer"), shape)
        if new.form.images:
            yield Fact(self.tr("Pictures"), formatting.whole(len(new.form.images)))

    def _problem_words(self, offer: PresetOffer) -> str:
        if offer.preview is None:
            return self.tr("There was no time to look into this preset: its texts are too busy.")
        problem = offer.preview.problem
        return _shortened(input_problem(problem), MOST_FIELD_CHARACTERS) if problem else ""

    def _model_words(self, offer: PresetOffer) -> str:
        model = offer.new.form.model
        if not model.strip():
            return self.tr("none yet: choose one before you run it")
        name = visible_text(self._model_name(model))
        if offer.made_for:
            words = self.tr("{model}, in place of {other}, which is not in the list of models")
            return words.format(model=name, other=visible_text(offer.made_for))
        if "{{" in model or self._is_known(model):
            return name
        return self.tr("{model}, which is not in the list of models").format(model=name)


def _sent_texts(body_json: str) -> tuple[str, str, str]:
    """Return system prompt, message and the exact JSON of a request, fit to be shown."""
    if not body_json:
        return "", "", ""
    request = request_of(body_json)
    exact = readable_json(body_json) if len(body_json) < MOST_EXACT_CHARACTERS else body_json
    most = SHOWN_CHARACTERS + 1
    shown = (_shortened(text, most) for text in (request.system_text, request.message_text, exact))
    system, message, exact = map(visible_text, shown)
    return system, message, exact


def _shortened(text: str, most: int) -> str:
    return text if len(text) <= most else f"{text[: most - 1]}…"


def _fields_words(offer: PresetOffer) -> str:
    fields = ((n, offer.new.form.fields.get(n, PLAIN_FIELD)) for n in offer.variables)
    described = (
        _shortened(f"• {field.label or name}: {field_words(field)}", MOST_FIELD_CHARACTERS)
        for name, field in fields
    )
    lines = list(islice(described, MOST_FIELDS))
    left = len(offer.variables) - len(lines)
    return "\n".join([*lines, f"… + {formatting.whole(left)}"] if left else lines)
