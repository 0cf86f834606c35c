"""Checks of every kind, for tests of what reads, keeps and computes them."""

from __future__ import annotations

from hypothesis import strategies as st

from novita_desktop.domain.checks import (
    HasText,
    InLanguage,
    JsonField,
    Length,
    MatchesPattern,
    Place,
    SimilarTo,
    Unit,
    ValidJson,
)
from novita_desktop.domain.text_languages import LANGUAGES

TEXTS = st.text(min_size=1, max_size=40).filter(lambda text: text.strip() and text != "…")
COUNTS = st.integers(0, 10_000)
LENGTHS = st.one_of(
    st.builds(Length, st.sampled_from(Unit), COUNTS, st.none()),
    st.builds(Length, st.sampled_from(Unit), st.none(), COUNTS),
    st.builds(
        lambda unit, pair: Length(unit, min(pair), max(pair)),
        st.sampled_from(Unit),
        st.tuples(COUNTS, COUNTS),
    ),
)
PATHS = st.text(alphabet="ab.0[]_- ", min_size=1, max_size=12).filter(
    lambda path: path.strip() == path and path
)
CHECKS = st.one_of(
    LENGTHS,
    st.builds(HasText, TEXTS, st.sampled_from(Place), st.booleans(), st.booleans()),
    st.just(ValidJson()),
    st.builds(JsonField, PATHS, TEXTS | st.none(), st.booleans()),
    st.builds(MatchesPattern, st.sampled_from([r"^a\b", '"x"', "(?i)é|[^\n]", " "]), st.booleans()),
    st.builds(InLanguage, st.sampled_from(sorted(LANGUAGES)), st.booleans()),
    st.builds(SimilarTo, TEXTS, st.integers(1, 100)),
)
