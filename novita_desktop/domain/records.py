"""Frozen, slotted dataclasses that are made in a fifth of the time.

The program has close to two hundred records, and needs half of them before it can paint. For each,
`dataclasses` writes and compiles six methods of its own, which was an eighth of the start (decision
18). Here only `__init__` is compiled; the other methods are the same functions for all records.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import MISSING, Field, FrozenInstanceError, fields
from dataclasses import dataclass as standard_dataclass
from operator import attrgetter
from typing import TYPE_CHECKING, Any, NoReturn, TypeVar

if TYPE_CHECKING:
    # Type checkers know dataclasses, and need know nothing of this.
    from dataclasses import dataclass as record
else:

    def record(*, frozen: bool, slots: bool) -> Callable[[type[T]], type[T]]:
        """Make a class a dataclass; both arguments have to be True, and are for the reader.

        `fields`, `replace`, `match` and the default values of `dataclasses` work as ever. Not
        there: inheritance, `InitVar`, keyword-only fields, ordering, and pickling.
        """
        if not (frozen and slots):
            raise TypeError("a record is frozen and slotted")
        return _record


__all__ = ["record"]

T = TypeVar("T")


def _record(plain: type[T]) -> type[T]:
    made = standard_dataclass(init=False, repr=False, eq=False, slots=True)(plain)
    specs = fields(made)  # type: ignore[arg-type]  # the line above makes it one
    compared = [spec.name for spec in specs if spec.compare]
    methods: dict[str, object] = {
        "__init__": _initializer(made, specs),
        "_compared": staticmethod(attrgetter(*compared) if compared else _nothing),
        "__eq__": _is_equal,
        "__hash__": _hash,
        "__setattr__": _refuse_to_set,
        "__delattr__": _refuse_to_delete,
        "__repr__": vars(plain).get("__repr__", _representation),
    }
    for name, method in methods.items():
        setattr(made, name, method)
    return made


def _initializer(made: type, specs: tuple[Field[Any], ...]) -> Callable[..., None]:
    """Return the `__init__` that keeps its arguments in the slots of `made`."""
    known: dict[str, object] = {"missing": MISSING}
    taken, lines = [], []
    for spec in specs:
        name, value = spec.name, spec.name
        # A slot's own setter goes past `__setattr__`, which refuses.
        known[f"set_{name}"] = getattr(made, name).__set__
        if spec.default_factory is not MISSING:
            known[f"make_{name}"] = spec.default_factory
            value = f"make_{name}() if {name} is missing else {name}"
            taken.append(f"{name}=missing")
        elif spec.default is not MISSING:
            known[f"usual_{name}"] = spec.default
            taken.append(f"{name}=usual_{name}")
        else:
            taken.append(name)
        lines.append(f"  set_{name}(self, {value})")
    if hasattr(made, "__post_init__"):
        lines.append("  self.__post_init__()")
    head = f"def made({', '.join(known)}):\n def __init__({', '.join(('self', *taken))}):\n"
    source = head + "\n".join(lines or ["  pass"]) + "\n return __init__"
    namespace: dict[str, Any] = {}
    # Names of fields are all that the text is made of.
    exec(source, vars(sys.modules[made.__module__]), namespace)  # noqa: S102
    function: Callable[..., None] = namespace["made"](**known)
    function.__qualname__ = f"{made.__qualname__}.__init__"
    function.__annotations__ = {spec.name: spec.type for spec in specs} | {"return": None}
    return function


def _nothing(_record: object) -> tuple[()]:
    return ()


def _representation(self: Any) -> str:  # noqa: ANN401  # any record
    values = ((spec.name, getattr(self, spec.name)) for spec in fields(self) if spec.repr)
    return f"{type(self).__qualname__}({', '.join(f'{name}={value!r}' for name, value in values)})"


def _is_equal(self: Any, other: Any) -> Any:  # noqa: ANN401  # any records
    if other.__class__ is not self.__class__:
        return NotImplemented
    return self._compared(self) == self._compared(other)


def _hash(self: Any) -> int:  # noqa: ANN401  # any record
    return hash(self._compared(self))


def _refuse_to_set(_self: object, name: str, _value: object) -> NoReturn:
    raise FrozenInstanceError(f"cannot assign to field {name!r}")


def _refuse_to_delete(_self: object, name: str) -> NoReturn:
    raise FrozenInstanceError(f"cannot delete field {name!r}")
