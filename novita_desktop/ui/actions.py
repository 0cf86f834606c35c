"""Every menu entry and shortcut, declared once.

Menus, tooltips, the command palette and the list of shortcuts all read this table.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable
from enum import StrEnum

from PySide6.QtCore import QCoreApplication, QObject, Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QWidget

from novita_desktop.domain.records import record

_RUN_KEYS = (
    ("Ctrl+Return", "Ctrl+Enter") if sys.platform == "darwin" else ("Ctrl+Enter", "Ctrl+Return")
)
"""Both keys run. The first is shown: what most keyboards call Enter is Return on a Mac."""


class ActionId(StrEnum):
    """What can be done from anywhere in the window."""

    RUN = "run"
    STOP = "stop"
    CHOOSE_MODEL = "choose_model"
    COMPARE_FORM = "compare_form"
    COMMAND_PALETTE = "command_palette"
    PAGE_PROMPT = "page_prompt"
    PAGE_COMPARE = "page_compare"
    PAGE_BATCH = "page_batch"
    PAGE_HISTORY = "page_history"
    PAGE_MODELS = "page_models"
    PAGE_SETTINGS = "page_settings"
    NEW_PROMPT = "new_prompt"
    SAVE_PRESET = "save_preset"
    FIND_PRESET = "find_preset"
    STARTER_PRESETS = "starter_presets"
    IMPORT_PRESETS = "import_presets"
    EXPORT_PRESETS = "export_presets"
    CONNECT = "connect"
    TRY_DEMO = "try_demo"
    LEAVE_DEMO = "leave_demo"
    LARGER_TEXT = "larger_text"
    SMALLER_TEXT = "smaller_text"
    USUAL_TEXT = "usual_text"
    SHORTCUTS = "shortcuts"
    ABOUT = "about"
    OPEN_DATA_FOLDER = "open_data_folder"
    QUIT = "quit"


class ActionGroup(StrEnum):
    """Under which title the list of shortcuts shows an action."""

    RUNNING = "running"
    PRESETS = "presets"
    GOING = "going"
    WINDOW = "window"
    HELP = "help"


@record(frozen=True, slots=True)
class ActionSpec:
    """An action's words and keys; the first of `keys` is the one that is shown.

    Keys are in Qt's portable form: "Ctrl" is the Command key on a Mac.
    """

    id: ActionId
    group: ActionGroup
    text: str
    keys: tuple[str, ...] = ()


def action_specs() -> tuple[ActionSpec, ...]:
    """Return every action, in the order lists show them, in the language in use."""
    return (
        *(*_running_specs(), *_preset_specs()),
        *(*_going_specs(), *_window_specs(), *_help_specs()),
    )


def group_titles() -> dict[ActionGroup, str]:
    """Return the titles of the groups, in order."""
    return {
        ActionGroup.RUNNING: _tr("Running"),
        ActionGroup.PRESETS: _tr("Presets"),
        ActionGroup.GOING: _tr("Going places"),
        ActionGroup.WINDOW: _tr("Window"),
        ActionGroup.HELP: _tr("Help"),
    }


def _running_specs() -> tuple[ActionSpec, ...]:
    group = ActionGroup.RUNNING
    return (
        ActionSpec(ActionId.RUN, group, _tr("Run"), _RUN_KEYS),
        ActionSpec(ActionId.STOP, group, _tr("Stop"), ("Escape",)),
        ActionSpec(ActionId.CHOOSE_MODEL, group, _tr("Choose a model"), ("Ctrl+M",)),
        ActionSpec(ActionId.COMPARE_FORM, group, _tr("Compare models with the prompt's form")),
        ActionSpec(ActionId.CONNECT, group, _tr("Connect to Novita AI")),
        ActionSpec(ActionId.TRY_DEMO, group, _tr("Try the demo")),
        ActionSpec(ActionId.LEAVE_DEMO, group, _tr("Leave the demo")),
    )


def _preset_specs() -> tuple[ActionSpec, ...]:
    group = ActionGroup.PRESETS
    return (
        ActionSpec(ActionId.NEW_PROMPT, group, _tr("New prompt"), ("Ctrl+N",)),
        ActionSpec(ActionId.SAVE_PRESET, group, _tr("Save preset"), ("Ctrl+S",)),
        ActionSpec(ActionId.FIND_PRESET, group, _tr("Find a preset"), ("Ctrl+L",)),
        ActionSpec(ActionId.STARTER_PRESETS, group, _tr("Starter presets…")),
        ActionSpec(ActionId.IMPORT_PRESETS, group, _tr("Import presets…"), ("Ctrl+O",)),
        ActionSpec(ActionId.EXPORT_PRESETS, group, _tr("Export presets…")),
    )


def _going_specs() -> tuple[ActionSpec, ...]:
    group = ActionGroup.GOING
    return (
        ActionSpec(ActionId.COMMAND_PALETTE, group, _tr("Command palette"), ("Ctrl+K",)),
        ActionSpec(ActionId.PAGE_PROMPT, group, _tr("Go to Prompt"), ("Ctrl+1",)),
        ActionSpec(ActionId.PAGE_COMPARE, group, _tr("Go to Compare"), ("Ctrl+2",)),
        ActionSpec(ActionId.PAGE_BATCH, group, _tr("Go to Batch"), ("Ctrl+3",)),
        ActionSpec(ActionId.PAGE_HISTORY, group, _tr("Go to History"), ("Ctrl+4",)),
        ActionSpec(ActionId.PAGE_MODELS, group, _tr("Go to Models"), ("Ctrl+5",)),
        ActionSpec(ActionId.PAGE_SETTINGS, group, _tr("Go to Settings"), ("Ctrl+,",)),
    )


def _window_specs() -> tuple[ActionSpec, ...]:
    group = ActionGroup.WINDOW
    return (
        ActionSpec(ActionId.LARGER_TEXT, group, _tr("Larger text"), ("Ctrl++", "Ctrl+=")),
        ActionSpec(ActionId.SMALLER_TEXT, group, _tr("Smaller text"), ("Ctrl+-",)),
        ActionSpec(ActionId.USUAL_TEXT, group, _tr("Usual text size"), ("Ctrl+0",)),
        ActionSpec(ActionId.QUIT, group, _tr("Quit"), ("Ctrl+Q",)),
    )


def _help_specs() -> tuple[ActionSpec, ...]:
    group = ActionGroup.HELP
    return (
        ActionSpec(ActionId.SHORTCUTS, group, _tr("Keyboard shortcuts"), ("F1",)),
        ActionSpec(ActionId.OPEN_DATA_FOLDER, group, _tr("Open the data folder")),
        ActionSpec(ActionId.ABOUT, group, _tr("About Novita Desktop")),
    )


class Actions(QObject):
    """The actions of one window, each with its shortcut, found by id."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._by_id: dict[ActionId, QAction] = {}
        for spec in action_specs():
            action = QAction(spec.text, window)
            action.setObjectName(spec.id.value)
            action.setShortcuts([QKeySequence(keys) for keys in spec.keys])
            action.setShortcutContext(Qt.ShortcutContext.WindowShortcut)
            action.setMenuRole(_menu_role(spec.id))
            window.addAction(action)
            self._by_id[spec.id] = action

    def __getitem__(self, action_id: ActionId) -> QAction:
        return self._by_id[action_id]

    def connect_all(self, work: dict[ActionId, Callable[[], object]]) -> None:
        """Say what each action does."""
        for action_id, function in work.items():
            self._by_id[action_id].triggered.connect(_without_argument(function))

    def usable(self) -> Iterable[QAction]:
        """Yield the actions that can be done now, in the table's order."""
        return (action for action in self._by_id.values() if action.isEnabled())

    def tip(self, action_id: ActionId, words: str = "") -> str:
        """Return a tooltip: the action's words, or `words`, with its keys."""
        action = self._by_id[action_id]
        return with_keys(words or action.text(), action.shortcut())


def with_keys(words: str, keys: QKeySequence) -> str:
    """Return `words` with the keys in brackets, as the platform writes them."""
    shown = keys.toString(QKeySequence.SequenceFormat.NativeText)
    return _tr("{words} ({keys})").format(words=words, keys=shown) if shown else words


def _without_argument(function: Callable[[], object]) -> Callable[[], None]:
    def call() -> None:
        function()

    return call


def _menu_role(action_id: ActionId) -> QAction.MenuRole:
    """Return where macOS puts the action in its own menu."""
    return {
        ActionId.ABOUT: QAction.MenuRole.AboutRole,
        ActionId.PAGE_SETTINGS: QAction.MenuRole.PreferencesRole,
        ActionId.QUIT: QAction.MenuRole.QuitRole,
    }.get(action_id, QAction.MenuRole.NoRole)


def _tr(text: str) -> str:
    return QCoreApplication.translate("Actions", text)
