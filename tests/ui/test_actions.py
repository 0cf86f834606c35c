"""The table of actions."""

from collections import Counter

from PySide6.QtWidgets import QWidget

from novita_desktop.ui.actions import ActionId, Actions, action_specs, group_titles


def test_every_action_stands_once_in_the_table():
    assert Counter(spec.id for spec in action_specs()) == Counter(ActionId)
    assert {spec.group for spec in action_specs()} == set(group_titles())


def test_no_keys_do_two_things():
    keys = Counter(key for spec in action_specs() for key in spec.keys)
    assert [key for key, uses in keys.items() if uses > 1] == []


def test_actions_do_what_they_are_told(qtbot):
    window = QWidget()
    qtbot.addWidget(window)
    actions = Actions(window)
    done = []
    actions.connect_all({ActionId.RUN: lambda: done.append("run")})
    actions[ActionId.RUN].trigger()
    assert done == ["run"]


def test_tips_show_the_keys(qtbot):
    window = QWidget()
    qtbot.addWidget(window)
    actions = Actions(window)
    assert actions.tip(ActionId.PAGE_PROMPT, "Prompt") == "Prompt (Ctrl+1)"
    assert actions.tip(ActionId.CONNECT) == "Connect to Novita AI"


def test_only_what_can_be_done_is_offered(qtbot):
    window = QWidget()
    qtbot.addWidget(window)
    actions = Actions(window)
    actions[ActionId.STOP].setEnabled(False)
    assert actions[ActionId.STOP] not in list(actions.usable())
    assert actions[ActionId.RUN] in list(actions.usable())
