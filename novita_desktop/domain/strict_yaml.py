"""Reads YAML from strangers: no tags, no objects, and no more values than were written.

PyYAML's safe loader parses; the values are made here, from its nodes. An alias that stands for a
list of aliases can stand for billions of values in a line of text, so each value counts every
time it is come across, and a purse of them ends the reading.
"""

from __future__ import annotations

from typing import Final

import yaml

from novita_desktop.domain.json_values import JsonValue
from novita_desktop.domain.preset_file_refusal import PresetFileRefused

MAX_CHARACTERS: Final = 400_000
"""Longer texts take PyYAML more than a second or two."""

MAX_DEPTH: Final = 30
MAX_VALUES: Final = 20_000

_STANDARD: Final = "tag:yaml.org,2002:"
_TEXTS: Final = frozenset({"str", "timestamp", "value", "merge"})
_TYPED: Final = frozenset({"bool", "int", "float", "null"})


class _BoundedLoader(yaml.SafeLoader):  # type: ignore[misc]  # PyYAML has no types
    """Gives up while it reads what is too deep or too much; recursion would end it otherwise."""

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self._depth = 0
        self._count = 0

    def compose_node(self, parent: yaml.Node | None, index: object) -> yaml.Node | None:
        self._depth += 1
        self._count += 1
        if self._depth > MAX_DEPTH:
            raise PresetFileRefused("too_deep", limit=MAX_DEPTH)
        if self._count > MAX_VALUES:
            raise PresetFileRefused("too_many_values", limit=MAX_VALUES)
        node: yaml.Node | None = super().compose_node(parent, index)
        self._depth -= 1
        return node


def parsed(text: str, *, is_typed: bool = False) -> JsonValue:
    """Return what a YAML document holds: texts, lists and objects.

    Unless `is_typed`, every scalar is the text that was written: `0.70`, `yes` and `2024-01-01`
    stay as they are. Raises PresetFileRefused.
    """
    if len(text) > MAX_CHARACTERS:
        raise PresetFileRefused("too_large", limit=MAX_CHARACTERS)
    loader = _BoundedLoader("")
    try:
        loader = _BoundedLoader(text)
        root = loader.get_single_node()
        return _Values(loader, is_typed=is_typed).of(root, 0) if root is not None else None
    except yaml.YAMLError as error:
        raise PresetFileRefused("not_yaml", detail=_words(error)) from None
    except (ValueError, OverflowError) as error:
        raise PresetFileRefused("not_yaml", detail=str(error)[:200]) from None
    finally:
        loader.dispose()


def _words(error: yaml.YAMLError) -> str:
    """Return a parser's complaint with its line, without the drawing of the place."""
    problem = str(getattr(error, "problem", None) or getattr(error, "reason", None) or error)
    mark = getattr(error, "problem_mark", None)
    return f"line {mark.line + 1}: {problem}"[:200] if mark is not None else problem[:200]


class _Values:
    """Makes plain values of nodes, as long as there are not too many of them."""

    def __init__(self, loader: _BoundedLoader, *, is_typed: bool) -> None:
        self._loader = loader
        self._is_typed = is_typed
        self._count = 0

    def of(self, node: yaml.Node, depth: int) -> JsonValue:
        """Return a node's value. Raises PresetFileRefused."""
        self._count += 1
        if self._count > MAX_VALUES:
            raise PresetFileRefused("too_many_values", limit=MAX_VALUES)
        if depth > MAX_DEPTH:
            raise PresetFileRefused("too_deep", limit=MAX_DEPTH)
        name = str(node.tag).removeprefix(_STANDARD)
        match node:
            case yaml.ScalarNode() if name in _TEXTS | _TYPED:
                return self._scalar(node, name)
            case yaml.SequenceNode() if name == "seq":
                return [self.of(item, depth + 1) for item in node.value]
            case yaml.MappingNode() if name == "map":
                return self._mapping(node, depth)
            case _:
                raise PresetFileRefused("not_yaml", detail=f"{node.tag} is not supported")

    def _scalar(self, node: yaml.ScalarNode, name: str) -> JsonValue:
        if self._is_typed and name in _TYPED:
            value: JsonValue = self._loader.construct_object(node)
            return value
        return str(node.value)

    def _mapping(self, node: yaml.MappingNode, depth: int) -> dict[str, JsonValue]:
        found: dict[str, JsonValue] = {}
        for key, value in node.value:
            if not isinstance(key, yaml.ScalarNode):
                raise PresetFileRefused("not_yaml", detail="a name must be a text")
            if key.value in found:
                raise PresetFileRefused("duplicate_key", place=key.value)
            found[key.value] = self.of(value, depth + 1)
        return found
