"""The program's own source, parsed, for the tests that hold it to its rules."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[2]
PACKAGE = ROOT / "novita_desktop"
RESOURCES = ROOT / "resources"


@dataclass(frozen=True, slots=True)
class Module:
    """One module: its path inside the package, its text and its syntax tree."""

    path: Path
    text: str
    tree: ast.Module

    def calls(self) -> Iterator[ast.Call]:
        """Yield every call in the module."""
        return (node for node in ast.walk(self.tree) if isinstance(node, ast.Call))

    def place(self, node: ast.expr | ast.stmt) -> str:
        """Return where `node` stands, as editors open it."""
        return f"novita_desktop/{self.path}:{node.lineno}"


@cache
def modules(folder: str = "") -> tuple[Module, ...]:
    """Return the modules of the package, or of one folder of it."""
    found = []
    for path in sorted((PACKAGE / folder).rglob("*.py")):
        text = path.read_text(encoding="utf-8")
        found.append(Module(path.relative_to(PACKAGE), text, ast.parse(text, str(path))))
    return tuple(found)


def called(call: ast.Call) -> str:
    """Return the last word of what is called: `setText` for `self.label.setText(...)`."""
    match call.func:
        case ast.Attribute(attr=name) | ast.Name(id=name):
            return name
        case _:
            return ""


def docstrings(tree: ast.AST) -> set[ast.expr]:
    """Return the expressions in `tree` that are docstrings."""
    holders = (ast.Module, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)
    return {
        node.body[0].value
        for node in ast.walk(tree)
        if isinstance(node, holders) and node.body and isinstance(node.body[0], ast.Expr)
    }


def literal_text(node: ast.expr) -> str | None:
    """Return the words written in the source as `node`; None when it is no literal text."""
    match node:
        case ast.Constant(value=str(text)):
            return text
        case ast.JoinedStr(values=parts):
            return "".join(literal_text(part) or "" for part in parts)
        case ast.BinOp(left=left, op=ast.Add(), right=right):
            texts = [literal_text(left), literal_text(right)]
            return "".join(text or "" for text in texts) if any(texts) else None
        case _:
            return None
