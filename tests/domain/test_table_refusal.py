"""A refusal says for the log what was wrong, and keeps the facts apart for a person's words."""

from __future__ import annotations

from novita_desktop.domain.errors import StorageError
from novita_desktop.domain.table_refusal import TableRefused


def test_a_refusal_has_its_facts_and_says_them_all() -> None:
    error = TableRefused("no_such_sheet", path="a.xlsx", limit=5, given="July", detail="gone")
    assert isinstance(error, StorageError)
    assert str(error) == "no_such_sheet July gone"
    assert (error.problem, error.path, error.limit, error.given, error.detail) == (
        "no_such_sheet", "a.xlsx", 5, "July", "gone",
    )  # fmt: skip
