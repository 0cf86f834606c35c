"""The button that shows the chosen model with its facts and opens the model palette."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import (
    QAbstractButton,
    QHBoxLayout,
    QSizePolicy,
    QStyle,
    QToolButton,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from novita_desktop.domain.catalogue import Model
from novita_desktop.ui import metrics
from novita_desktop.ui.icons import Icons
from novita_desktop.ui.theme import SMALL_SHARE, Theme
from novita_desktop.ui.widgets.chip_painting import ChipPainter
from novita_desktop.ui.widgets.edited_mark import EditedMark
from novita_desktop.ui.widgets.form_labels import (
    problem_label,
    short_help,
    show_words,
    title_label,
)
from novita_desktop.ui.widgets.model_words import Fact, facts_of


class ModelFace(QAbstractButton):
    """A wide button that draws a model: name, id, chips, and arrows that say "choose"."""

    def __init__(self, theme: Theme, icons: Icons, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._icons = icons
        self._chips = ChipPainter(theme)
        self._is_invalid = False
        self._name = self._id = ""
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self._follow_theme)
        self._facts: tuple[Fact, ...] = ()

    def show_model(self, name: str, model_id: str, facts: tuple[Fact, ...]) -> None:
        """Draw these words from now on."""
        self._name, self._id, self._facts = name, model_id, facts
        self.updateGeometry()
        self.update()

    def show_invalid(self, *, is_invalid: bool) -> None:
        """Draw the edge as wrong or not."""
        self._is_invalid = is_invalid
        self.update()

    @override
    def sizeHint(self) -> QSize:
        height = QFontMetrics(self._theme.font(is_bold=True)).height() + self._chips.height()
        return QSize(
            metrics.scaled(220),
            height + metrics.SPACE_4 + 2 * metrics.SPACE_8,
        )

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(metrics.scaled(140), self.sizeHint().height())

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._draw_ground(painter)
        side = metrics.scaled(metrics.ICON)
        inside = self.rect().adjusted(
            metrics.SPACE_12,
            metrics.SPACE_8,
            -metrics.SPACE_12,
            -metrics.SPACE_8,
        )
        arrows = QRect(0, 0, side, side)
        arrows.moveCenter(QPoint(inside.right() - side // 2, inside.center().y()))
        words = inside.adjusted(0, 0, -side - metrics.SPACE_8, 0)
        direction = self.layoutDirection()
        arrows, inside = (QStyle.visualRect(direction, inside, each) for each in (arrows, words))
        self._icons.get("chevrons-up-down", "text_muted").paint(painter, arrows)
        name_font = self._theme.font(is_bold=True)
        line = QFontMetrics(name_font).height()
        name = QFontMetrics(name_font).elidedText(
            self._name, Qt.TextElideMode.ElideRight, inside.width()
        )
        painter.setFont(name_font)
        painter.setPen(self._theme.color("text"))
        painter.drawText(
            QRect(inside.left(), inside.top(), inside.width(), line),
            Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft,
            name,
        )
        self._draw_id(painter, inside, QFontMetrics(name_font).horizontalAdvance(name), line)
        row = QRect(
            inside.left(),
            inside.top() + line + metrics.SPACE_4,
            inside.width(),
            inside.height(),
        )
        self._chips.draw(painter, row, self._facts)
        painter.end()

    def _follow_theme(self) -> None:
        self.updateGeometry()
        self.update()

    def _draw_ground(self, painter: QPainter) -> None:
        ground = "pressed" if self.isDown() else "hover" if self.underMouse() else "surface"
        edge = "accent" if self.hasFocus() else "danger" if self._is_invalid else "control_edge"
        width = 2 if self.hasFocus() or self._is_invalid else 1
        painter.setBrush(self._theme.color(ground))
        painter.setPen(QPen(self._theme.color(edge), width))
        inset = width / 2
        area = QRectF(self.rect()).adjusted(inset, inset, -inset, -inset)
        painter.drawRoundedRect(area, metrics.RADIUS_FIELD, metrics.RADIUS_FIELD)

    def _draw_id(self, painter: QPainter, inside: QRect, name_width: int, line: int) -> None:
        mono = self._theme.font(SMALL_SHARE, is_mono=True)
        left = inside.left() + name_width + metrics.SPACE_8
        room = inside.right() - left
        place = QRect(left, inside.top(), room, line)
        painter.setFont(mono)
        painter.setPen(self._theme.color("text_muted"))
        painter.drawText(
            QStyle.visualRect(self.layoutDirection(), inside, place),
            Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft,
            QFontMetrics(mono).elidedText(self._id, Qt.TextElideMode.ElideMiddle, max(room, 0)),
        )


class ModelButton(QWidget):
    """Holds the chosen model's id; the palette that it asks for is the page's."""

    changed = Signal(str)
    palette_requested = Signal()
    star_toggled = Signal(str)

    def __init__(self, theme: Theme, icons: Icons, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._icons = icons
        self._model_id = ""
        title = self.tr("Model")
        self.face = ModelFace(theme, icons)
        self.face.setAccessibleName(title)
        self.face.setToolTip(self.tr("Choose another model (Ctrl+M)"))
        self.face.clicked.connect(self.palette_requested)
        self._star = QToolButton()
        self._star.setProperty("kind", "quiet")
        self._star.clicked.connect(lambda: self.star_toggled.emit(self._model_id))
        self._problem = problem_label()
        head = QHBoxLayout()
        self._mark = EditedMark(head)
        head.addWidget(title_label(title, self.face))
        head.setSpacing(metrics.SPACE_8)
        head.addWidget(short_help(self.tr("Ctrl+M to choose")), 1)
        row = QHBoxLayout()
        row.setSpacing(4)
        row.addWidget(self.face, 1)
        row.addWidget(self._star)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        layout.addLayout(head)
        layout.addLayout(row)
        layout.addWidget(self._problem)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.show_model(None, is_starred=False)

    def value(self) -> str:
        """Return the model's id."""
        return self._model_id

    def set_value(self, model_id: str) -> None:
        """Show `model_id`; `show_model` adds what the catalogue knows of it."""
        self._model_id = model_id
        self.show_model(None, is_starred=False)

    def choose(self, model_id: str) -> None:
        """Take the person's choice."""
        if model_id != self._model_id:
            self.set_value(model_id)
            self.changed.emit(model_id)

    def show_model(self, model: Model | None, *, is_starred: bool) -> None:
        """Show what the catalogue knows of the chosen model, None when it lacks it."""
        if model is not None:
            facts = facts_of(model)
            if model.is_retired:
                facts = (Fact(self.tr("retired by the host")), *facts)
            self.face.show_model(model.name, model.id, facts)
        elif self._model_id:
            facts = (Fact(self.tr("not in the catalogue · price unknown")),)
            self.face.show_model(self._model_id, "", facts)
        else:
            self.face.show_model(self.tr("Choose a model"), "", ())
        self.face.setAccessibleDescription(self._model_id)
        self._star.setVisible(model is not None)
        words = self.tr("Remove the star") if is_starred else self.tr("Star this model")
        self._star.setAccessibleName(words)
        self._star.setToolTip(words)
        shape, meaning = ("star-filled", "accent") if is_starred else ("star", "text_muted")
        self._icons.show_on(self._star, shape, meaning)

    def mark_changed(self, *, is_changed: bool) -> None:
        """Say beside the label whether the preset has another model."""
        self._mark.show(is_edited=is_changed)

    def show_problem(self, text: str) -> None:
        """Say what is wrong with the choice and go there; an empty text takes it away."""
        show_words(self._problem, text)
        self.face.show_invalid(is_invalid=bool(text))
        if text:
            self.face.setFocus(Qt.FocusReason.OtherFocusReason)
