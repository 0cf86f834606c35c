"""What a prompt's variables were filled in with in past runs, to fill them in with it again."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from novita_desktop.domain.records import record


@record(frozen=True, slots=True)
class FilledValues:
    """The values of one run; `created_at` in unix microseconds, UTC."""

    run_id: int
    created_at: int
    values: Mapping[str, str]


def distinct(
    found: Iterable[FilledValues], names: Sequence[str], most: int
) -> tuple[FilledValues, ...]:
    """Return up to `most` of `found`, each with values of `names` alone, no two with the same.

    The first of equal ones stays. What has no value for any of the names is left out.
    """
    kept: dict[tuple[str, ...], FilledValues] = {}
    for each in found:
        texts = tuple(each.values.get(name, "") for name in names)
        if len(kept) < most and any(text.strip() for text in texts):
            values = dict(zip(names, texts, strict=True))
            kept.setdefault(texts, FilledValues(each.run_id, each.created_at, values))
    return tuple(kept.values())
