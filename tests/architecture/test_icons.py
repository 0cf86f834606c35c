"""Every icon that is asked for exists, every file is asked for, and colours are the theme's."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

from tests.architecture.source import RESOURCES, Module, called, modules

ICONS = RESOURCES / "icons"
APPLICATION_ICON = "novita-desktop"
NAME_AT = {"get": 0, "show_on": 1}  # which argument of the methods of Icons is the icon's name
WINDOW = (*modules("ui"), *(module for module in modules() if module.path.name == "app.py"))


def names_in(node: ast.expr) -> Iterator[str]:
    """Yield the icon names written as `node`, also where it chooses between two."""
    match node:
        case ast.Constant(value=str(name)):
            yield name
        case ast.IfExp(body=one, orelse=other):
            yield from names_in(one)
            yield from names_in(other)


def asked_for(module: Module) -> Iterator[tuple[str, str]]:
    """Yield the name of each icon that `module` gets from `icons`, and where it does."""
    for call in module.calls():
        at = NAME_AT.get(called(call))
        if at is None or len(call.args) <= at or not isinstance(call.func, ast.Attribute):
            continue
        if ast.unparse(call.func.value).lower().endswith("icons"):
            yield from ((name, module.place(call)) for name in names_in(call.args[at]))


def words_in(module: Module) -> set[str]:
    """Return every text that stands in `module`: names may be kept in tables."""
    return {
        node.value
        for node in ast.walk(module.tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }


def test_every_icon_that_is_asked_for_exists() -> None:
    missing = [
        f"{place} {name}"
        for module in WINDOW
        for name, place in asked_for(module)
        if not (ICONS / f"{name}.svg").exists()
    ]
    assert missing == []


def test_every_icon_file_is_asked_for() -> None:
    words = set().union(*(words_in(module) for module in WINDOW))
    style = (RESOURCES / "style.qss.template").read_text(encoding="utf-8")
    words |= set(re.findall(r"@icon\(([a-z0-9-]+)", style))
    files = {path.stem for path in ICONS.glob("*.svg")}
    assert sorted(files - words - {APPLICATION_ICON}) == []


def test_icons_have_no_colours_of_their_own() -> None:
    coloured = [
        path.name
        for path in ICONS.glob("*.svg")
        if path.stem != APPLICATION_ICON
        and set(re.findall(r'(?:fill|stroke|color)="([^"]*)"', path.read_text(encoding="utf-8")))
        - {"none", "currentColor"}
    ]
    assert coloured == []
