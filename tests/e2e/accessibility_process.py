"""Looks at, and acts on, one program through the accessibility bus; speaks JSON, line by line.

    python3 accessibility_process.py PID

This runs under the system's own Python, which is the one that PyGObject is installed for, and is
the other half of `driver.py`. Each line of standard input is `{"do": NAME, ...arguments}`; the
answer is `{"value": ...}`, or `{"error": KIND, "message": ...}` where KIND is `gone` (the control
went away), `refused` (it cannot do that) or `absent` (no such program on the bus). Controls are
numbers that stand for the objects this process holds.
"""

from __future__ import annotations

import json
import re
import sys
from pathlib import Path

import gi

gi.require_version("Atspi", "2.0")
from gi.repository import Atspi, GLib  # noqa: E402  the version has to be chosen first

ROLE_NAMES = {"button": "push button"}  # renamed in AT-SPI 2.54
ROWS_OF_CONTROLS = {"table", "tree table"}
MOST_CHILDREN = 400
PRESSING = ("Press", "Toggle", "Click", "press", "toggle", "click")
OPENING = ("ShowMenu", "Show Menu", "Press")


class Refused(Exception):
    """The control cannot do what was asked."""


class Accessibility:
    """The tree of one program; its public methods are what `driver.py` can ask for."""

    def __init__(self, pid):
        self._pid = pid
        self._application = None
        self._controls = {0: None}
        self._numbers = {}
        self._heard = []
        self._listeners = []

    # Finding

    def attach(self):
        """Return whether the program is on the bus with a window."""
        pids = process_tree(self._pid)
        desktop = Atspi.get_desktop(0)
        for index in range(desktop.get_child_count()):
            application = desktop.get_child_at_index(index)
            try:
                if application is None or application.get_process_id() not in pids:
                    continue
                if application.get_child_count() > 0:
                    self._application = application
                    self._controls[0] = application
                    return True
            except GLib.Error:
                continue
        return False

    def find(self, within=0, showing=True, **wanted):
        """Return every control that has all that is `wanted`, in reading order of the tree."""
        return [
            self._number(node)
            for node in self._walk(self._controls[within], showing)
            if self._matches(node, showing, wanted)
        ]

    def facts(self, control=0):
        """Return what `read` says of `control` and of all that shows below it."""
        nodes = self._walk(self._controls[control], showing=True)
        return [self.read(self._number(node)) for node in nodes if has(node, "SHOWING")]

    def windows(self):
        """Return the windows and dialogs that show."""
        return [self._number(node) for node in children(self._application) if has(node, "SHOWING")]

    def children(self, control):
        """Return the controls directly inside `control`."""
        return [self._number(node) for node in children(self._controls[control])]

    # Reading

    def read(self, control):
        """Return everything that assistive technology can know about `control`."""
        node = self._controls[control]
        return {
            "role": role(node),
            "name": node.get_name() or "",
            "description": node.get_description() or "",
            "id": object_name(node),
            "labels": labels(node),
            "text": text(node),
            "value": value(node),
            "states": [state.value_nick for state in node.get_state_set().get_states()],
            "actions": actions(node),
            "box": self.box(control),
        }

    def box(self, control):
        """Return where a control is on the screen: left, top, width, height."""
        box = Atspi.Component.get_extents(self._controls[control], Atspi.CoordType.SCREEN)
        return [box.x, box.y, box.width, box.height]

    def listen(self, event):
        """Keep what is told of events of one kind from now on, for `heard`."""
        listener = Atspi.EventListener.new(lambda event: self._heard.append(event.any_data))
        listener.register(event)
        self._listeners.append(listener)

    def heard(self):
        """Return what was told since `listen`: for announcements, the words."""
        context = GLib.MainContext.default()
        while context.pending():
            context.iteration(may_block=False)
        return self._heard

    def table(self, control, first=0, count=None):
        """Return a table's headers, its number of rows, and the cells of some of them."""
        table = self._controls[control].get_table_iface()
        rows, columns = Atspi.Table.get_n_rows(table), Atspi.Table.get_n_columns(table)
        last = rows if count is None else min(rows, first + count)
        return {
            "headers": [Atspi.Table.get_column_description(table, at) for at in range(columns)],
            "row_count": rows,
            "rows": [
                [cell_text(table, row, column) for column in range(columns)]
                for row in range(first, last)
            ],
        }

    def cell(self, control, row, column):
        """Return the cell of a table as a control."""
        table = self._controls[control].get_table_iface()
        cell = Atspi.Table.get_accessible_at(table, row, column)
        if cell is None:
            raise Refused(f"there is no cell in row {row}, column {column}")
        return self._number(cell)

    def dump(self, control=0):
        """Return the tree below `control` as lines that people can read."""
        lines = []
        self._describe(self._controls[control], 0, lines)
        return "\n".join(lines)

    # Acting

    def press(self, control):
        """Do what a click does, without the pointer; return whether the control offers that."""
        return act(self._controls[control], PRESSING)

    def open(self, control):
        """Open the list of a combo box or the menu of a button."""
        return act(self._controls[control], OPENING)

    def focus(self, control):
        """Give the keyboard to `control`."""
        node = self._controls[control]
        return act(node, ("SetFocus", "Set Focus")) or Atspi.Component.grab_focus(node)

    def set_text(self, control, text):
        """Replace what is written in `control`."""
        node = self._controls[control]
        if "EditableText" not in node.get_interfaces():
            raise Refused(f"{role(node)} {node.get_name()!r} cannot be written in")
        Atspi.EditableText.set_text_contents(node.get_editable_text_iface(), text)

    def set_value(self, control, value):
        """Set the number of a spin box, slider or dial."""
        node = self._controls[control]
        if "Value" not in node.get_interfaces():
            raise Refused(f"{role(node)} {node.get_name()!r} has no number")
        Atspi.Value.set_current_value(node.get_value_iface(), value)

    # Within

    def _number(self, node):
        """Return the number that stands for `node`, always the same."""
        number = self._numbers.setdefault(node, len(self._controls))
        self._controls[number] = node
        return number

    @staticmethod
    def _walk(root, showing):
        """Yield `root` and all below it; the cells of tables are left to `table`.

        What does not show, and nothing in it can show then, is left out when `showing`.
        """
        waiting = [root]
        while waiting:
            node = waiting.pop()
            try:
                if showing and node is not root and not has(node, "SHOWING"):
                    continue
                yield node
                if node.get_role_name() not in ROWS_OF_CONTROLS:
                    waiting.extend(reversed(children(node)))
            except GLib.Error:
                continue

    @staticmethod
    def _matches(node, showing, wanted):
        try:
            if showing and not has(node, "SHOWING"):
                return False
            return all(
                any(fits(candidate, pattern) for candidate in FACTS[fact](node))
                for fact, pattern in wanted.items()
            )
        except GLib.Error:
            return False

    def _describe(self, node, depth, lines):
        try:
            hidden = "" if has(node, "SHOWING") else " hidden"
            disabled = "" if has(node, "ENABLED") else " disabled"
            said = text(node)[:60]
            lines.append(
                f"{'  ' * depth}{role(node)} {node.get_name()!r} id={object_name(node)}"
                f" labels={labels(node)}{hidden}{disabled} {said!r}"
            )
            if role(node) not in ROWS_OF_CONTROLS:
                for child in children(node):
                    self._describe(child, depth + 1, lines)
        except GLib.Error as error:
            lines.append(f"{'  ' * depth}({error.message})")


def children(node):
    """Return the first controls inside `node`, without those that just went away."""
    count = min(node.get_child_count(), MOST_CHILDREN)
    return [
        child for child in (node.get_child_at_index(at) for at in range(count)) if child is not None
    ]


def role(node):
    """Return the role's name, the same for every version of AT-SPI."""
    name = node.get_role_name()
    return ROLE_NAMES.get(name, name)


def object_name(node):
    """Return the last part of the accessible id, which is Qt's object name."""
    return (node.get_accessible_id() or "").rsplit(".", 1)[-1]


def labels(node):
    """Return the texts of the labels that stand for `node`."""
    return [
        relation.get_target(at).get_name()
        for relation in node.get_relation_set()
        if relation.get_relation_type() == Atspi.RelationType.LABELLED_BY
        for at in range(relation.get_n_targets())
    ]


def text(node):
    """Return what is written in `node`: its text, or its name where it has no text."""
    if "Text" in node.get_interfaces():
        return Atspi.Text.get_text(node.get_text_iface(), 0, -1)
    return node.get_name() or ""


def value(node):
    """Return the number that `node` shows, or None."""
    if "Value" not in node.get_interfaces():
        return None
    return Atspi.Value.get_current_value(node.get_value_iface())


def cell_text(table, row, column):
    """Return what a table's cell shows."""
    cell = Atspi.Table.get_accessible_at(table, row, column)
    return (cell.get_name() or "") if cell else ""


def actions(node):
    """Return the names of what can be done with `node`."""
    return [
        Atspi.Action.get_action_name(node, at) for at in range(Atspi.Action.get_n_actions(node))
    ]


def act(node, names):
    """Do the first of the named actions that `node` offers; return whether there was one."""
    offered = actions(node)
    chosen = next((name for name in names if name in offered), None)
    if chosen is None:
        return False
    return Atspi.Action.do_action(node, offered.index(chosen))


def has(node, state):
    """Return whether `node` is in the state with this name."""
    return node.get_state_set().contains(getattr(Atspi.StateType, state))


def called(node):
    """Return what people call a control: its own name, or the label beside it.

    A label itself is called nothing, unless it can take the keyboard: a read-only text does.
    """
    if role(node) == "label" and not has(node, "FOCUSABLE"):
        return []
    return [node.get_name() or "", *labels(node)]


FACTS = {
    "role": lambda node: [role(node)],
    "name": lambda node: [node.get_name() or ""],
    "description": lambda node: [node.get_description() or ""],
    "id": lambda node: [object_name(node)],
    "label": called,
    "text": lambda node: [text(node)],
    "state": lambda node: [state.value_nick for state in node.get_state_set().get_states()],
}


def fits(found, wanted):
    """Return whether `found` is the wanted text, or contains the wanted pattern."""
    if isinstance(wanted, dict):
        return re.search(wanted["pattern"], found) is not None
    return found == wanted


def process_tree(pid):
    """Return the ids of the process and all it started: a launcher may start the program."""
    found, waiting = set(), [pid]
    while waiting:
        process = waiting.pop()
        found.add(process)
        try:
            for task in Path(f"/proc/{process}/task").iterdir():
                waiting += [int(each) for each in (task / "children").read_text().split()]
        except OSError:
            continue
    return found


def answer(accessibility, request):
    """Return the answer to one request."""
    try:
        return {"value": getattr(accessibility, request.pop("do"))(**request)}
    except Refused as error:
        return {"error": "refused", "message": str(error)}
    except GLib.Error as error:
        return {"error": "gone", "message": error.message}


def main():
    """Answer requests until standard input ends."""
    Atspi.set_timeout(3000, 15000)
    accessibility = Accessibility(int(sys.argv[1]))
    for line in sys.stdin:
        sys.stdout.write(json.dumps(answer(accessibility, json.loads(line))) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
