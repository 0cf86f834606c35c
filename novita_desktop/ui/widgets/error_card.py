"""What went wrong with a run: what it means, the one thing to do, Retry, and the host's words."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QLabel, QPushButton, QVBoxLayout, QWidget

from novita_desktop.ui import metrics
from novita_desktop.ui.error_messages import ErrorText
from novita_desktop.ui.error_words import ErrorAction
from novita_desktop.ui.icons import Icons
from novita_desktop.ui.widgets.flow_layout import FlowLayout
from novita_desktop.ui.widgets.fold import Fold
from novita_desktop.ui.widgets.read_only_text import ReadOnlyText


class ErrorCard(QFrame):
    """Shows an error's words; `action_pressed` has the action to carry out.

    Without `has_retry`, Retry is offered elsewhere.
    """

    action_pressed = Signal(str)
    retry_pressed = Signal()

    def __init__(
        self, icons: Icons, parent: QWidget | None = None, *, has_retry: bool = True
    ) -> None:
        super().__init__(parent)
        self.setProperty("notice", "danger")
        self._action_id = ""
        self._title = QLabel()
        self._title.setObjectName("errorTitle")
        self._title.setProperty("tone", "danger")
        self._title.setProperty("weight", "bold")
        self._title.setWordWrap(True)
        self._advice = QLabel()
        self._advice.setObjectName("errorAdvice")
        self._advice.setWordWrap(True)
        self._action = QPushButton()
        self._action.setProperty("kind", "primary")
        self._action.clicked.connect(lambda: self.action_pressed.emit(self._action_id))
        self._retry = QPushButton(self.tr("Retry"))
        self._retry.setToolTip(self.tr("Send the same request again as a new run"))
        self._retry.clicked.connect(self.retry_pressed)
        self._has_retry = has_retry
        self._details = Fold(icons, self.tr("Details"))
        # Words of a host can be long; this wraps them anywhere.
        self._words = ReadOnlyText(self.tr("The host's own words"))
        self._words.setObjectName("errorDetails")
        self._words.setFont(metrics.mono_font())
        self._details.body_layout.addWidget(self._words)
        buttons = FlowLayout()
        buttons.setSpacing(8)
        buttons.addWidget(self._action)
        buttons.addWidget(self._retry)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(12, 12, 12, 12)
        layout.setSpacing(8)
        for widget in (self._title, self._advice):
            layout.addWidget(widget)
        layout.addLayout(buttons)
        layout.addWidget(self._details)
        self.hide()

    def show_error(self, text: ErrorText, *, is_of_run: bool = True) -> None:
        """Show these words; what never became a run has no Retry."""
        self._retry.setVisible(self._has_retry and is_of_run)
        self._action_id = text.action
        self._title.setText(text.title)
        self._advice.setText(text.advice)
        self._advice.setVisible(bool(text.advice))
        is_retry = text.action == ErrorAction.RETRY
        self._action.setText(text.action_words)
        self._action.setVisible(bool(text.action) and not is_retry)
        self._words.show_text(text.details)
        self._details.setVisible(bool(text.details))
        self._details.set_open(is_open=False)
        self.show()
