"""Reads and writes comparisons: columns, rounds with their verdicts, and the run of each cell."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Mapping, Sequence
from typing import Final, TypeVar

from novita_desktop.domain.comparisons import (
    Cell,
    Column,
    Comparison,
    Judgement,
    Round,
    Verdict,
    checks_from_saved,
    column_to_saved,
    columns_from_saved,
    values_from_saved,
)
from novita_desktop.domain.errors import DatabaseDamaged
from novita_desktop.domain.json_values import as_list, as_object, as_whole
from novita_desktop.domain.leaderboard import JudgedRound
from novita_desktop.domain.prompt_form import PromptForm, from_saved, to_saved
from novita_desktop.storage.database import Database
from novita_desktop.storage.judged_rounds import judged_rounds
from novita_desktop.storage.stored_text import json_text, storable

T = TypeVar("T")

_ROUND: Final = (
    "SELECT number, variable_values, shown_order, verdict, best_column, judged_at, was_blind, note"
    " FROM comparison_rounds WHERE group_id = ? ORDER BY number"
)

_CHECKED: Final = (
    "SELECT group_id FROM comparisons WHERE form LIKE '%\"checks\"%'"
    " AND (?1 IS NULL OR preset_id = ?1) ORDER BY group_id"
)
"""Those with checks, and some whose form only speaks of them."""


class ComparisonStore:
    """The comparisons of one data file. Every method raises StorageError; each change is whole."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def add(self, comparison: Comparison) -> None:
        """Add a comparison, whose group is recorded, with its rounds and cells."""
        form = comparison.form

        def work(connection: sqlite3.Connection) -> None:
            connection.execute(
                "INSERT INTO comparisons (group_id, form, columns, is_blind, preset_id)"
                " VALUES (?, ?, ?, ?, ?)",
                (
                    comparison.id,
                    _form_text(form, comparison.checks),
                    _columns_text(comparison.columns),
                    comparison.is_blind,
                    form.preset.id if form.preset else None,
                ),
            )
            for each in comparison.rounds:
                _add_round(connection, comparison.id, each)

        await self._database.call(work)

    async def add_round(self, comparison_id: int, added: Round) -> None:
        """Add one more round to a comparison."""
        await self._database.call(lambda connection: _add_round(connection, comparison_id, added))

    async def set_cell(self, comparison_id: int, number: int, key: int, run_id: int) -> None:
        """Note which run stands in a cell; a thumb that the run before had is taken away."""

        def work(connection: sqlite3.Connection) -> None:
            connection.execute(
                "INSERT OR REPLACE INTO comparison_cells"
                " (group_id, round_number, column_key, run_id) VALUES (?, ?, ?, ?)",
                (comparison_id, number, key, run_id),
            )

        await self._database.call(work)

    async def set_thumb(self, comparison_id: int, number: int, key: int, thumb: int) -> None:
        """Give a cell a thumb up (1), down (-1), or none (0)."""

        def work(connection: sqlite3.Connection) -> None:
            connection.execute(
                "UPDATE comparison_cells SET thumb = ?"
                " WHERE group_id = ? AND round_number = ? AND column_key = ?",
                (thumb, comparison_id, number, key),
            )

        await self._database.call(work)

    async def set_columns(self, comparison_id: int, columns: Sequence[Column]) -> None:
        """Change a comparison's columns; cells of those that went stay, and are not shown."""

        def work(connection: sqlite3.Connection) -> None:
            connection.execute(
                "UPDATE comparisons SET columns = ? WHERE group_id = ?",
                (_columns_text(columns), comparison_id),
            )

        await self._database.call(work)

    async def set_checks(self, comparison_id: int, checks: Sequence[str]) -> None:
        """Change the sentences that a comparison's answers are checked by."""

        def work(connection: sqlite3.Connection) -> None:
            found = connection.execute(
                "SELECT form FROM comparisons WHERE group_id = ?", (comparison_id,)
            ).fetchone()
            if found is not None:
                form = from_saved(as_object(json.loads(found[0])))
                connection.execute(
                    "UPDATE comparisons SET form = ? WHERE group_id = ?",
                    (_form_text(form, checks), comparison_id),
                )

        await self._database.call(work)

    async def set_blind(self, comparison_id: int, *, is_blind: bool) -> None:
        """Hide the names of rounds that are not judged yet, or show them."""

        def work(connection: sqlite3.Connection) -> None:
            connection.execute(
                "UPDATE comparisons SET is_blind = ? WHERE group_id = ?", (is_blind, comparison_id)
            )

        await self._database.call(work)

    async def set_order(self, comparison_id: int, number: int, order: Sequence[int]) -> None:
        """Change the order in which a round shows its columns."""

        def work(connection: sqlite3.Connection) -> None:
            connection.execute(
                "UPDATE comparison_rounds SET shown_order = ? WHERE group_id = ? AND number = ?",
                (json_text(list(order)), comparison_id, number),
            )

        await self._database.call(work)

    async def set_values(self, comparison_id: int, number: int, values: Mapping[str, str]) -> None:
        """Change a round's values."""

        def work(connection: sqlite3.Connection) -> None:
            connection.execute(
                "UPDATE comparison_rounds SET variable_values = ?"
                " WHERE group_id = ? AND number = ?",
                (json_text(dict(values)), comparison_id, number),
            )

        await self._database.call(work)

    async def judge(self, comparison_id: int, number: int, judgement: Judgement | None) -> None:
        """Keep a round's verdict, or (None) take it back."""
        given = judgement

        def work(connection: sqlite3.Connection) -> None:
            connection.execute(
                "UPDATE comparison_rounds SET verdict = ?, best_column = ?, judged_at = ?,"
                " was_blind = ? WHERE group_id = ? AND number = ?",
                (
                    given.verdict if given else None,
                    given.best if given else None,
                    given.judged_at if given else None,
                    given.was_blind if given else False,
                    comparison_id,
                    number,
                ),
            )

        await self._database.call(work)

    async def set_note(self, comparison_id: int, number: int, note: str) -> None:
        """Write a person's note on a round; an empty one takes it away."""

        def work(connection: sqlite3.Connection) -> None:
            connection.execute(
                "UPDATE comparison_rounds SET note = ? WHERE group_id = ? AND number = ?",
                (storable(note), comparison_id, number),
            )

        await self._database.call(work)

    async def rename(self, comparison_id: int, title: str) -> None:
        """Give a comparison another title."""

        def work(connection: sqlite3.Connection) -> None:
            connection.execute(
                "UPDATE run_groups SET title = ? WHERE id = ?", (storable(title), comparison_id)
            )

        await self._database.call(work)

    async def get(self, comparison_id: int) -> Comparison | None:
        """Return a comparison with all of its rounds, or None."""
        return await self._read(lambda connection: _get(connection, comparison_id))

    async def of_run(self, run_id: int) -> int | None:
        """Return the id of the comparison that a run was made for, None when for none.

        A run whose place a retry took belongs to it still.
        """

        def work(connection: sqlite3.Connection) -> int | None:
            row = connection.execute(
                "SELECT group_id FROM runs JOIN comparisons USING (group_id) WHERE runs.id = ?",
                (run_id,),
            ).fetchone()
            return None if row is None else int(row[0])

        return await self._read(work)

    async def newest(self, limit: int) -> list[Comparison]:
        """Return up to `limit` comparisons, newest first."""

        def work(connection: sqlite3.Connection) -> list[Comparison]:
            rows = connection.execute(
                "SELECT group_id FROM comparisons ORDER BY group_id DESC LIMIT ?", (limit,)
            ).fetchall()
            found = [_get(connection, row[0]) for row in rows]
            return [comparison for comparison in found if comparison is not None]

        return await self._read(work)

    async def with_checks(self, preset_id: int | None = None) -> list[Comparison]:
        """Return the comparisons that have checks, of one preset or all; none of their binned runs."""

        def work(connection: sqlite3.Connection) -> list[Comparison]:
            rows = connection.execute(_CHECKED, (preset_id,)).fetchall()
            found = [_get(connection, row[0], has_binned=False) for row in rows]
            return [comparison for comparison in found if comparison and comparison.checks]

        return await self._read(work)

    async def judged(self, preset_id: int | None = None) -> list[JudgedRound]:
        """Return every round with a verdict, of one preset's comparisons or of all."""
        return await self._read(lambda connection: judged_rounds(connection, preset_id))

    async def _read(self, work: Callable[[sqlite3.Connection], T]) -> T:
        def checked(connection: sqlite3.Connection) -> T:
            try:
                return work(connection)
            except (TypeError, ValueError) as error:
                message = f"a stored comparison is not whole: {error}"
                raise DatabaseDamaged(message, path=str(self._database.path)) from error

        return await self._database.read(checked)


def _form_text(form: PromptForm, checks: Sequence[str]) -> str:
    """Return the column `form`: the form, with the checks beside what it holds."""
    return json_text({**to_saved(form), "checks": list(checks)} if checks else to_saved(form))


def _columns_text(columns: Sequence[Column]) -> str:
    return json_text([column_to_saved(column) for column in columns])


def _add_round(connection: sqlite3.Connection, comparison_id: int, added: Round) -> None:
    connection.execute(
        "INSERT INTO comparison_rounds (group_id, number, variable_values, shown_order)"
        " VALUES (?, ?, ?, ?)",
        (comparison_id, added.number, json_text(dict(added.values)), json_text(list(added.order))),
    )
    connection.executemany(
        "INSERT INTO comparison_cells (group_id, round_number, column_key, run_id)"
        " VALUES (?, ?, ?, ?)",
        [(comparison_id, added.number, key, cell.run_id) for key, cell in added.cells.items()],
    )


def _get(
    connection: sqlite3.Connection, comparison_id: int, *, has_binned: bool = True
) -> Comparison | None:
    row = connection.execute(
        "SELECT title, created_at, form, columns, is_blind FROM comparisons"
        " JOIN run_groups ON run_groups.id = group_id WHERE group_id = ?",
        (comparison_id,),
    ).fetchone()
    if row is None:
        return None
    cells = _cells_of(connection, comparison_id, has_binned=has_binned)
    form = as_object(json.loads(row[2]))
    rounds = connection.execute(_ROUND, (comparison_id,)).fetchall()
    return Comparison(
        id=comparison_id,
        title=row[0],
        created_at=row[1],
        form=from_saved(form),
        columns=columns_from_saved(json.loads(row[3])),
        is_blind=bool(row[4]),
        rounds=tuple(_round_of(each, cells.get(each[0], {})) for each in rounds),
        checks=checks_from_saved(form.get("checks")),
    )


def _cells_of(
    connection: sqlite3.Connection, comparison_id: int, *, has_binned: bool
) -> dict[int, dict[int, Cell]]:
    rows = connection.execute(
        "SELECT round_number, column_key, run_id, thumb, ended_at IS NOT NULL"
        " FROM comparison_cells JOIN runs ON runs.id = run_id"
        " WHERE comparison_cells.group_id = ? AND (? OR deleted_at IS NULL)",
        (comparison_id, has_binned),
    )
    cells: dict[int, dict[int, Cell]] = {}
    for number, key, run_id, thumb, is_over in rows:
        cells.setdefault(number, {})[key] = Cell(run_id, thumb, bool(is_over))
    return cells


def _round_of(row: tuple, cells: Mapping[int, Cell]) -> Round:  # type: ignore[type-arg]  # columns of many types
    number, values, order, verdict, best, judged_at, was_blind, note = row
    judgement = None
    if verdict is not None:
        judgement = Judgement(Verdict(verdict), best, judged_at or 0, bool(was_blind))
    keys = (as_whole(key) for key in as_list(json.loads(order)))
    return Round(
        number=number,
        order=tuple(key for key in keys if key is not None),
        values=values_from_saved(json.loads(values)),
        cells=cells,
        judgement=judgement,
        note=note,
    )
