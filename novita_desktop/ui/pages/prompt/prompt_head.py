"""The head of the Prompt page: what is open, whether it was edited, and what can be done with it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QLocale, QObject, Signal
from PySide6.QtWidgets import QAbstractButton, QButtonGroup, QHBoxLayout, QWidget

from novita_desktop.domain.presets import Preset
from novita_desktop.ui import formatting
from novita_desktop.ui.icons import Icons
from novita_desktop.ui.input_messages import input_name
from novita_desktop.ui.pages._page import Page
from novita_desktop.ui.widgets.chip import Chip
from novita_desktop.ui.widgets.form_labels import chip_button
from novita_desktop.ui.widgets.run_button import FittingButton


class PromptHead(QObject):
    """Fills the head of `page`. Its controls are built when there is something to do with them."""

    revert_pressed = Signal()
    save_new_pressed = Signal()
    versions_pressed = Signal()
    view_chosen = Signal(bool)

    def __init__(self, page: Page) -> None:
        super().__init__(page)
        self._page = page
        self._controls: _Controls | None = None

    def show_preset(self, title: str, preset: Preset | None, changes: Sequence[str]) -> None:
        """Show the name of what is open, and in how many inputs it was changed."""
        self._page.set_title(title or self.tr("Prompt"))
        self._page.set_fact("" if preset is None else self._fact(preset))
        if preset is not None or self._controls is not None:
            self._built().show_preset(preset, changes)

    def show_view(self, *, is_filling: bool, has_variables: bool) -> None:
        """Show which view of the form is chosen; without variables there is only one."""
        if has_variables or self._controls is not None:
            self._built().show_view(is_filling=is_filling, has_variables=has_variables)

    def _fact(self, preset: Preset) -> str:
        count = preset.use_count
        if count == 1:
            used = self.tr("used once")
        else:
            used = self.tr("used {n} times").format(n=formatting.whole(count)) if count else ""
        return " · ".join(filter(None, (preset.folder, used)))

    def _built(self) -> _Controls:
        if self._controls is None:
            controls = _Controls(self._page.context.icons)
            self._page.add_title_mark(controls.edited)
            self._page.add_head_action(controls)
            controls.revert.clicked.connect(self.revert_pressed)
            controls.save_new.clicked.connect(self.save_new_pressed)
            controls.versions.clicked.connect(self.versions_pressed)
            controls.views.buttonClicked.connect(self._choose)
            self._controls = controls
        return self._controls

    def _choose(self, button: QAbstractButton) -> None:
        if self._controls is not None:
            self.view_chosen.emit(button is self._controls.fill_in)


class _Controls(QWidget):
    """The buttons at the right of the head, and the mark beside the title."""

    def __init__(self, icons: Icons, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.edited = Chip(self.tr("edited"), "warn")
        self.edited.setObjectName("presetState")
        self.build = chip_button(self.tr("Build"), self.tr("Show the whole form"))
        self.fill_in = chip_button(
            self.tr("Fill in"), self.tr("Show only the fields that are filled in for each run")
        )
        self.views = QButtonGroup(self)
        self.views.addButton(self.build)
        self.views.addButton(self.fill_in)
        self.revert = _quiet_button(
            self.tr("Revert"), self.tr("Put the form back to what was saved")
        )
        self.save_new = _quiet_button(
            self.tr("Save as new"), self.tr("Keep the form as another preset")
        )
        self.versions = _quiet_button(
            self.tr("Versions"), self.tr("See what was saved before, and go back to it")
        )
        icons.show_on(self.revert, "rotate-ccw", "text_muted")
        icons.show_on(self.save_new, "copy-plus", "text_muted")
        icons.show_on(self.versions, "git-compare", "text_muted")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(4)
        buttons = (self.revert, self.save_new, self.versions, self.build, self.fill_in)
        for button in buttons:
            row.addWidget(button)
            button.hide()
        self.edited.hide()

    def show_preset(self, preset: Preset | None, changes: Sequence[str]) -> None:
        """Offer what can be done with `preset`."""
        is_edited = preset is not None and bool(changes)
        self.edited.setVisible(is_edited)
        names = QLocale().createSeparatedList([input_name(change) for change in changes])
        self.edited.setToolTip(self.tr("Edited: {names}").format(names=names))
        self.edited.setAccessibleDescription(self.edited.toolTip())
        self.revert.setVisible(is_edited)
        self.save_new.setVisible(preset is not None)
        self.versions.setVisible(preset is not None)

    def show_view(self, *, is_filling: bool, has_variables: bool) -> None:
        """Press in the view that is shown."""
        self.build.setVisible(has_variables)
        self.fill_in.setVisible(has_variables)
        (self.fill_in if is_filling else self.build).setChecked(True)


def _quiet_button(words: str, tip: str) -> FittingButton:
    """Return a button without an edge; where room is short its icon alone is shown."""
    button = FittingButton()
    button.setProperty("kind", "quiet")
    button.setAccessibleName(words)
    button.setToolTip(tip)
    button.set_words((words, ""))
    return button
