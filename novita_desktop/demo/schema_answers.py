"""Makes a value that fits a JSON schema, from the prompt's words.

It serves the part of JSON Schema that Novita documents (novita/api.md section 3: string, number,
integer, boolean, array, object, enum, anyOf), and `$ref`, `const`, `allOf`, bounds and formats.
"""

import math
import random
import re
from collections.abc import Mapping
from typing import Final

from novita_desktop.demo.prompt_words import key_words, subject_of

DEEPEST: Final = 6
"""Below this depth only what a schema requires is made, so that recursive schemas end."""

HOPELESS: Final = 32
"""Below this depth a schema that needs itself is given up."""

SMALLEST_STEP: Final = 1e-9

LARGEST: Final = 5_000
"""No list or text is made longer than this, whatever the schema says."""

MOST_VALUES: Final = 20_000
"""Lists of lists multiply; no answer has more values than this."""

FARTHEST: Final = 10**15
"""Bounds farther from zero than this are as good as none."""

_FORMATS: Final = {
    "date": "2026-05-17",
    "time": "09:30:00Z",
    "date-time": "2026-05-17T09:30:00Z",
    "email": "sample@example.com",
    "uri": "https://example.com/sample",
    "url": "https://example.com/sample",
    "uuid": "123e4567-e89b-42d3-a456-426614174000",
    "hostname": "example.com",
    "ipv4": "192.0.2.1",
    "ipv6": "2001:db8::1",
}
_PATTERN_SAMPLES: Final = (
    *_FORMATS.values(), "sample", "Sample", "A1", "a", "1", "12", "123", "1234", "12345",
    "ABC-123", "AB", "ABC", "#a1b2c3", "+1 202 555 0100", "12:30", "1.2.3", "DE", "en", "en-GB", "",
)  # fmt: skip

Schema = Mapping[str, object]


def answer_for_schema(schema: object, prompt: str, chance: random.Random) -> object:
    """Return a value that fits `schema`: the same for the same prompt and chance."""
    words = key_words(subject_of(prompt), 12) or ["sample"]
    return _SchemaWriter(schema, words, chance).value(schema, "", 0)


class _SchemaWriter:
    def __init__(self, root: object, words: list[str], chance: random.Random) -> None:
        self._root = root
        self._words = words
        self._chance = chance
        self._made = 0

    def value(self, schema: object, name: str, depth: int) -> object:
        """Return a value for `schema`, which stands under the property `name`."""
        self._made += 1
        if depth > HOPELESS or self._made > MOST_VALUES:
            return None
        if not isinstance(schema, Mapping):
            return self._text({}, name)
        schema = self._resolved(schema, depth)
        if "const" in schema:
            return schema["const"]
        listed = schema.get("enum")
        if isinstance(listed, list) and listed:
            return self._chance.choice(listed)
        return self._of_kind(_kind(schema, depth), schema, name, depth)

    def _of_kind(self, kind: str, schema: Schema, name: str, depth: int) -> object:
        made: object
        match kind:
            case "object":
                made = self._object(schema, depth)
            case "array":
                made = self._array(schema, name, depth)
            case "integer":
                made = self._integer(schema)
            case "number":
                made = self._number(schema)
            case "boolean":
                made = self._chance.random() < 0.5
            case "null":
                made = None
            case _:
                made = self._text(schema, name)
        return made

    def _resolved(self, schema: Schema, depth: int) -> Schema:
        """Return `schema` with its `$ref`, `allOf` and one choice of its `anyOf` merged in."""
        for _ in range(HOPELESS):
            if depth > HOPELESS:
                return {}
            if "$ref" in schema:
                rest = {key: value for key, value in schema.items() if key != "$ref"}
                schema = _merged(self._referred(str(schema["$ref"])), rest)
            elif isinstance(parts := schema.get("allOf"), list):
                rest = {key: value for key, value in schema.items() if key != "allOf"}
                for part in (part for part in parts if isinstance(part, Mapping)):
                    rest = _merged(rest, self._resolved(part, depth + 1))
                schema = rest
            elif choices := schema.get("anyOf") or schema.get("oneOf"):
                rest = {
                    key: value for key, value in schema.items() if key not in {"anyOf", "oneOf"}
                }
                schema = _merged(rest, self._chosen(choices, depth))
            else:
                break
        return schema

    def _chosen(self, choices: object, depth: int) -> Schema:
        """Return one of the choices; deep down the simplest one, so that recursion ends."""
        usable = (
            [choice for choice in choices if isinstance(choice, Mapping)]
            if isinstance(choices, list)
            else []
        )
        if not usable:
            return {}
        if depth >= DEEPEST:
            return min(usable, key=_weight)
        return self._chance.choice([choice for choice in usable if _weight(choice)] or usable)

    def _referred(self, reference: str) -> Schema:
        """Return the schema at a local reference such as `#/$defs/Person`; empty if none."""
        found = self._root
        for step in reference.removeprefix("#").split("/")[1:]:
            key = step.replace("~1", "/").replace("~0", "~")
            found = found.get(key) if isinstance(found, Mapping) else None
        return found if isinstance(found, Mapping) else {}

    def _object(self, schema: Schema, depth: int) -> dict[str, object]:
        declared = schema.get("properties")
        properties = declared if isinstance(declared, Mapping) else {}
        listed = schema.get("required")
        required = [str(name) for name in listed] if isinstance(listed, list) else []
        names = required if depth >= DEEPEST else [*properties, *required]
        made = {
            name: self.value(properties.get(name), name, depth + 1) for name in dict.fromkeys(names)
        }
        more = schema.get("additionalProperties")
        missing = max(_count(schema, "minProperties", 0) - len(made), 0)
        if isinstance(more, Mapping) and not properties and depth < DEEPEST:
            missing = max(missing, 2)
        for index in range(missing):
            name = f"{self._word(index)}_{index + 1}"
            made[name] = self.value(more, name, depth + 1)
        return made

    def _array(self, schema: Schema, name: str, depth: int) -> list[object]:
        first = schema.get("prefixItems")
        made = (
            [self.value(item, name, depth + 1) for item in first] if isinstance(first, list) else []
        )
        least = _count(schema, "minItems", 0)
        most = _count(schema, "maxItems", max(least, 3))
        wanted = least if depth >= DEEPEST else max(least, min(most, 3))
        items = schema.get("items")
        if items is False:
            return made[:most]
        tries = 0
        while len(made) < wanted and tries < wanted * 20:
            tries += 1
            value = self.value(items, f"{name} {len(made) + 1}", depth + 1)
            if not schema.get("uniqueItems") or value not in made:
                made.append(value)
        return made

    def _integer(self, schema: Schema) -> int:
        low, high = _bounds(schema, step=1)
        multiple = _limit(schema, "multipleOf")
        step = 1 if multiple is None else max(int(multiple), 1)
        first, last = math.ceil(low / step), math.floor(high / step)
        return self._chance.randint(first, max(first, last)) * step

    def _number(self, schema: Schema) -> float:
        multiple = _limit(schema, "multipleOf")
        if multiple is not None and multiple > SMALLEST_STEP:
            low, high = _bounds(schema, step=multiple)
            first, last = math.ceil(low / multiple), math.floor(high / multiple)
            return self._chance.randint(first, max(first, last)) * multiple
        low, high = _bounds(schema, step=0)
        value = round(self._chance.uniform(low, high), 2)
        is_inside = _lowest(schema) < value < _highest(schema)
        return value if is_inside else (low + high) / 2

    def _text(self, schema: Schema, name: str) -> str:
        known = _FORMATS.get(str(schema.get("format")))
        if known is not None:
            return known
        pattern = schema.get("pattern")
        if isinstance(pattern, str):
            return _sample_for(pattern)
        text = f"Sample {name.replace('_', ' ').strip() or 'text'}: {self._word(0)} {self._word(1)}"
        least = _count(schema, "minLength", 0)
        most = _count(schema, "maxLength", max(least, 10_000))
        while len(text) < least:
            text += f" {self._word(len(text))}"
        return text[:most]

    def _word(self, index: int) -> str:
        start = self._chance.randrange(len(self._words))
        return self._words[(start + index) % len(self._words)]


def _kind(schema: Schema, depth: int) -> str:
    kind = schema.get("type")
    if isinstance(kind, list) and kind:
        if depth >= DEEPEST and "null" in kind:
            return "null"
        return str(next((one for one in kind if one != "null"), "null"))
    if isinstance(kind, str):
        return kind
    for key, implied in (("properties", "object"), ("required", "object"), ("items", "array")):
        if key in schema:
            return implied
    return "string"


def _weight(schema: Schema) -> int:
    """Return how much a choice can nest: 0 for null, more for lists and objects."""
    kind = schema.get("type")
    if kind == "null":
        return 0
    return 2 if kind in ("object", "array") or "$ref" in schema or "properties" in schema else 1


def _merged(one: Schema, other: Schema) -> dict[str, object]:
    """Return both schemas as one: properties and required names are joined."""
    merged = {**one, **other}
    mine, theirs = one.get("properties"), other.get("properties")
    if isinstance(mine, Mapping) and isinstance(theirs, Mapping):
        merged["properties"] = {**mine, **theirs}
    needed, also = one.get("required"), other.get("required")
    if isinstance(needed, list) and isinstance(also, list):
        merged["required"] = [*needed, *also]
    return merged


def _count(schema: Schema, name: str, default: int) -> int:
    """Return a size that the schema names, within what the host is willing to make."""
    number = _limit(schema, name)
    return default if number is None else min(max(int(number), 0), LARGEST)


def _limit(schema: Schema, name: str) -> float | None:
    number = schema.get(name)
    if isinstance(number, bool) or not isinstance(number, int | float):
        return None
    return number if abs(number) <= FARTHEST else None


def _lowest(schema: Schema) -> float:
    """Return what a value must be above; for an inclusive bound, just below it."""
    exclusive, inclusive = _limit(schema, "exclusiveMinimum"), _limit(schema, "minimum")
    below = -math.inf if inclusive is None else math.nextafter(inclusive, -math.inf)
    return max(-math.inf if exclusive is None else exclusive, below)


def _highest(schema: Schema) -> float:
    exclusive, inclusive = _limit(schema, "exclusiveMaximum"), _limit(schema, "maximum")
    above = math.inf if inclusive is None else math.nextafter(inclusive, math.inf)
    return min(math.inf if exclusive is None else exclusive, above)


def _bounds(schema: Schema, step: float) -> tuple[float, float]:
    """Return the range to choose from; `step` is how far an exclusive bound is moved inwards."""
    low, high = _limit(schema, "minimum"), _limit(schema, "maximum")
    above, under = _limit(schema, "exclusiveMinimum"), _limit(schema, "exclusiveMaximum")
    lows = [low] if low is not None else []
    highs = [high] if high is not None else []
    lows += [above + step] if above is not None else []
    highs += [under - step] if under is not None else []
    lowest = max(lows) if lows else (min(highs) - 100 if highs else 1)
    highest = min(highs) if highs else lowest + 100
    return lowest, max(lowest, highest)


def _sample_for(pattern: str) -> str:
    """Return a text that the pattern accepts, among common ones; the last guess otherwise."""
    try:
        accepts = re.compile(pattern)
    except re.error:
        return "sample"
    return next((text for text in _PATTERN_SAMPLES if accepts.search(text)), "sample")
