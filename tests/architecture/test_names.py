"""Modules are named for what they are, and each has its tests beside it."""

from __future__ import annotations

import ast
import re

from tests.architecture.source import ROOT, Module, modules

# Names that say nothing, and so become the place for everything.
DRAWERS = {"util", "utils", "helper", "helpers", "common", "misc", "manager", "handler", "data"}

# Modules without a test file of their own, and what tests them instead.
TESTED_ELSEWHERE = {
    "__main__.py": "tests/e2e starts the program with it",
    "demo/__main__.py": "tests/e2e starts the demo with it",
    "ui/page_context.py": "a record without behaviour",
}


def behaves(module: Module) -> bool:
    """Return whether there is anything to test: a module may only declare records."""
    functions = (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda)
    return any(isinstance(node, functions) for node in ast.walk(module.tree))


def test_no_module_or_class_is_a_drawer() -> None:
    drawers = [
        str(module.path) for module in modules() if module.path.stem.split("_")[-1] in DRAWERS
    ]
    for module in modules():
        for node in ast.walk(module.tree):
            if isinstance(node, ast.ClassDef):
                words = re.findall(r"[A-Z][a-z0-9]*", node.name)
                if words and words[-1].lower() in DRAWERS:
                    drawers.append(f"{module.place(node)} {node.name}")
    assert drawers == []


def test_each_module_has_its_test_file() -> None:
    missing = []
    for module in modules():
        path = module.path
        if path.name == "__init__.py" or path.parent.name == "migrations":
            continue  # migrations are tested as one chain, in tests/storage/test_schema.py
        if path.as_posix() in TESTED_ELSEWHERE or not behaves(module):
            continue
        test = f"test_{path.stem.lstrip('_')}.py"
        layer = path.parts[0] if len(path.parts) > 1 else ""
        places = {ROOT / "tests" / path.parent / test, ROOT / "tests" / layer / test}
        if not any(place.exists() for place in places):
            missing.append(path.as_posix())
    assert missing == []


def test_exceptions_are_still_needed() -> None:
    paths = {module.path.as_posix() for module in modules()}
    assert set(TESTED_ELSEWHERE) <= paths
