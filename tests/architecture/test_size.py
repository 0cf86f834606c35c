"""Modules and functions stay small enough to be read in one go."""

from __future__ import annotations

import ast

from tests.architecture.source import modules

MOST_MODULE_LINES = 400
MOST_FUNCTION_LINES = 50


def test_modules_are_short() -> None:
    lengths = {str(module.path): len(module.text.splitlines()) for module in modules()}
    assert {path: n for path, n in lengths.items() if n > MOST_MODULE_LINES} == {}


def test_functions_are_short() -> None:
    long = [
        f"{module.place(node)} {node.name}: {(node.end_lineno or 0) - node.lineno + 1} lines"
        for module in modules()
        for node in ast.walk(module.tree)
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and (node.end_lineno or 0) - node.lineno + 1 > MOST_FUNCTION_LINES
    ]
    assert long == []
