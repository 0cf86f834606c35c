"""The models the demo host lists: the catalogue shipped with the program, and the demo's own.

Source of the fields: novita/api.md section 4.1.
"""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Final, cast

import msgspec

from novita_desktop.demo.demo_models import SCENARIO_OF_MODEL, demo_rows

Row = Mapping[str, object]

RETIRED: Final = 4


def models_file() -> Path:
    """Return the shipped catalogue: the installed copy, or the one in the source tree.

    Raises:
        FileNotFoundError: neither is there.
    """
    package = Path(__file__).resolve().parent.parent
    places = (package / "_resources" / "models.json", package.parent / "resources" / "models.json")
    for place in places:
        if place.is_file():
            return place
    raise FileNotFoundError(places[0])


def read_rows(path: Path) -> list[Row]:
    """Return the rows of a catalogue file: a list, or an object whose `data` is one.

    Raises:
        ValueError: the file is not such a catalogue.
    """
    decoded: object = msgspec.json.decode(path.read_bytes())
    rows = decoded.get("data") if isinstance(decoded, dict) else decoded
    if not isinstance(rows, list) or not all(
        isinstance(row, dict) and isinstance(row.get("id"), str) for row in rows
    ):
        raise ValueError(f"{path} is not a catalogue of models")
    return cast("list[Row]", rows)


class ModelList:
    """The rows of the catalogue, with the replies built once."""

    def __init__(self, rows: Sequence[Row], *, with_demo_models: bool = True) -> None:
        shown = [*rows, *(demo_rows() if with_demo_models else [])]
        self._rows: dict[str, Row] = {str(row["id"]): row for row in shown}
        self._page = msgspec.json.encode({"data": shown})
        self._with_demo_models = with_demo_models

    @property
    def page(self) -> bytes:
        """The body of `GET /models`; Novita leaves the `object` field out."""
        return self._page

    @property
    def ids(self) -> list[str]:
        """Every model id, in the order of the list."""
        return list(self._rows)

    def row(self, model_id: str) -> Row | None:
        """Return the row of a model, retired or not; None when there is none."""
        return self._rows.get(model_id)

    def served_row(self, model_id: str) -> Row | None:
        """Return the row of a model that still answers; None for retired and unknown ones."""
        row = self._rows.get(model_id)
        return None if row is None or row.get("status") == RETIRED else row

    def scenario_text(self, model_id: str) -> str | None:
        """Return the scenario that a demo model always plays; None for a real model."""
        return SCENARIO_OF_MODEL.get(model_id) if self._with_demo_models else None


def words(row: Row, name: str) -> tuple[str, ...]:
    """Return the texts of a list field such as `features`; empty when it is missing."""
    listed = row.get(name)
    return tuple(str(entry) for entry in listed) if isinstance(listed, list) else ()


def whole(row: Row, name: str, default: int = 0) -> int:
    """Return a whole number of a row, or `default` when it is missing."""
    number = row.get(name)
    return number if isinstance(number, int) and not isinstance(number, bool) else default


def display_name(row: Row) -> str:
    """Return the name people read, without stray blanks."""
    return str(row.get("display_name") or row.get("id", "")).strip()
