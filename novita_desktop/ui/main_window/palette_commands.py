"""What the command palette finds: actions, presets to open, run or compare, sets, models to use."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QLocale
from PySide6.QtGui import QKeySequence

from novita_desktop.domain.model_sets import sets_of
from novita_desktop.ui.actions import ActionId, Actions
from novita_desktop.ui.main_window.page_links import PageLinks
from novita_desktop.ui.session_state import SessionState

if TYPE_CHECKING:  # the palette is loaded when it is first wanted
    from novita_desktop.ui.dialogs.command_palette import Command

NATIVE = QKeySequence.SequenceFormat.NativeText


def palette_commands(
    actions: Actions, links: PageLinks, state: SessionState
) -> tuple[Command, ...]:
    """Return every command that can be given now, in the order the palette lists them."""
    return (
        *_actions(actions),
        *_presets(links, state),
        *_sets(links, state),
        *_models(links, state),
    )


def _actions(actions: Actions) -> Iterator[Command]:
    from novita_desktop.ui.dialogs.command_palette import Command  # noqa: PLC0415  # as above

    for action in actions.usable():
        if action is not actions[ActionId.COMMAND_PALETTE]:
            yield Command(action.text(), action.shortcut().toString(NATIVE), action.trigger)


def _presets(links: PageLinks, state: SessionState) -> Iterator[Command]:
    from novita_desktop.ui.dialogs.command_palette import Command  # noqa: PLC0415  # as above

    run, show, compare = _tr("Run {preset}"), _tr("Open {preset}"), _tr("Compare {preset}")
    for preset in state.presets or ():
        words = run.format(preset=preset.name)
        yield Command(words, preset.folder, partial(links.run_preset, preset.id))
        words = show.format(preset=preset.name)
        yield Command(words, preset.folder, partial(links.open_preset, preset.id))
        words = compare.format(preset=preset.name)
        yield Command(words, preset.folder, partial(links.compare_preset, preset.id))


def _sets(links: PageLinks, state: SessionState) -> Iterator[Command]:
    from novita_desktop.ui.dialogs.command_palette import Command  # noqa: PLC0415  # as above

    words = _tr("Compare the models of {set}")
    for each in sets_of(state.settings.model_sets):
        names = [state.model_name(column.model) for column in each.columns]
        hint = QLocale().createSeparatedList(names)
        yield Command(words.format(set=each.name), hint, partial(links.compare_set, each))


def _models(links: PageLinks, state: SessionState) -> Iterator[Command]:
    from novita_desktop.ui.dialogs.command_palette import Command  # noqa: PLC0415  # as above

    use = _tr("Use {model}")
    for model in state.catalogue.chat_models():
        words = use.format(model=model.name)
        yield Command(words, model.id, partial(links.use_model_here, model.id))


def _tr(text: str) -> str:
    return QCoreApplication.translate("PaletteCommands", text)
