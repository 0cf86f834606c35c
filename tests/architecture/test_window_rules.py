"""What the window's code may not do: block, choose colours, or speak without translation."""

from __future__ import annotations

import ast
import re

import pytest

from tests.architecture.source import called, docstrings, literal_text, modules

WINDOW = (*modules("ui"), *(module for module in modules() if module.path.name == "app.py"))

COLOUR = re.compile(r"#(?:[0-9a-fA-F]{3,4}){1,2}\b|\brgba?\(|\bhsla?\(")

# Calls that put their text in front of a person.
SHOWS_TEXT = {
    *("QAction", "QCheckBox", "QGroupBox", "QLabel", "QPushButton", "QRadioButton"),
    *("addAction", "addItem", "addItems", "addMenu", "addRow", "addTab", "insertItem", "setHtml"),
    *("setAccessibleDescription", "setAccessibleName", "setHeaderLabels", "setMarkdown"),
    *("setHorizontalHeaderLabels", "setInformativeText", "setPlaceholderText", "setPlainText"),
    *("setPrefix", "setSpecialValueText", "setStatusTip", "setSuffix", "setTabText", "setText"),
    *("setTitle", "setToolTip", "setWhatsThis", "setWindowTitle", "showMessage"),
}
TRANSLATES = {"tr", "translate"}
LIQUID = re.compile(r"\{\{.*?\}\}")  # a variable is written the same in every language

SAME_EVERYWHERE = {"sk_…"}  # how a key begins


def untranslated(call: ast.Call) -> list[str]:
    """Return the texts with letters that `call` shows as they stand in the source."""
    if called(call) not in SHOWS_TEXT:
        return []
    shown: list[ast.expr] = []
    for argument in [*call.args, *(keyword.value for keyword in call.keywords)]:
        shown += argument.elts if isinstance(argument, ast.List | ast.Tuple) else [argument]
    texts = [literal_text(each) or "" for each in shown]
    return [
        text
        for text in texts
        if text not in SAME_EVERYWHERE and any(letter.isalpha() for letter in LIQUID.sub("", text))
    ]


@pytest.mark.parametrize(
    ("code", "found"),
    [
        ('label.setText("Run")', ["Run"]),
        ('QLabel(f"{count} runs", self)', [" runs"]),
        ('box.addItems(["Text", "JSON"])', ["Text", "JSON"]),
        ('label.setText("Sum: " + total)', ["Sum: "]),
        ('label.setText(self.tr("Run"))', []),
        ('label.setText("…")', []),
        ('field.setPlaceholderText("{{ name }}")', []),
        ('label.setObjectName("runStatus")', []),
    ],
)
def test_rule_for_texts_sees_what_it_should(code: str, found: list[str]) -> None:
    call = ast.parse(code, mode="eval").body
    assert isinstance(call, ast.Call)
    assert untranslated(call) == found


def test_every_text_is_translated() -> None:
    found = [
        f"{module.place(call)} {text!r}"
        for module in WINDOW
        for call in module.calls()
        for text in untranslated(call)
    ]
    assert found == []


def test_translated_texts_are_whole_literals() -> None:
    """A text put together before it is translated is never found by the translators' tools."""
    found = [
        module.place(call)
        for module in WINDOW
        for call in module.calls()
        if called(call) in TRANSLATES
        for argument in call.args
        if isinstance(argument, ast.JoinedStr | ast.BinOp)
    ]
    assert found == []


def test_nothing_runs_an_event_loop_of_its_own() -> None:
    """`exec` of a dialog and `processEvents` let other code run where nobody expects it."""
    banned = {"exec", "exec_", "processEvents"}
    found = [
        module.place(call)
        for module in WINDOW
        for call in module.calls()
        if isinstance(call.func, ast.Attribute) and called(call) in banned
    ]
    assert found == []


def chooses_colour(node: ast.AST) -> bool:
    """Return whether `node` names a colour, as a text or in Qt's words."""
    match node:
        case ast.Constant(value=str(text)):
            return COLOUR.search(text) is not None
        case ast.Call(func=ast.Name(id="QColor"), args=arguments):
            return any(isinstance(argument, ast.Constant) for argument in arguments)
        case ast.Attribute(value=ast.Attribute(attr="GlobalColor"), attr=name):
            return name != "transparent"
        case _:
            return False


@pytest.mark.parametrize(
    ("code", "found"),
    [
        ('"color: #0B7D57"', True),
        ('"rgba(0, 0, 0, 40)"', True),
        ("QColor(255, 0, 0)", True),
        ("Qt.GlobalColor.red", True),
        ("Qt.GlobalColor.transparent", False),
        ('"issue #12"', False),
        ('theme.color("accent")', False),
    ],
)
def test_rule_for_colours_sees_what_it_should(code: str, *, found: bool) -> None:
    assert any(map(chooses_colour, ast.walk(ast.parse(code)))) == found


def test_colours_come_from_the_theme() -> None:
    found = [
        module.place(node)
        for module in WINDOW
        for node in ast.walk(module.tree)
        if isinstance(node, ast.expr)
        and chooses_colour(node)
        and node not in docstrings(module.tree)
    ]
    assert found == []
