"""What stands on the Compare page at its first visit, and which model is added next."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from novita_desktop.domain.catalogue import Catalogue, SortKey, ordered
from novita_desktop.domain.comparisons import LEAST_COLUMNS, Column
from novita_desktop.domain.settings import Settings

USUAL_MODELS: Final = ("deepseek/deepseek-v3.2", "meta-llama/llama-3.3-70b-instruct")
"""Capable and cheap models of two makers, as far as the catalogue has them."""


def first_columns(
    catalogue: Catalogue, settings: Settings, wanted: Iterable[str] = ()
) -> tuple[Column, ...]:
    """Return two columns to begin with: `wanted`, then recent, starred and usual models."""
    known = {model.id for model in catalogue.chat_models()}
    by_price = [model.id for model in ordered(catalogue.chat_models(), SortKey.OUTPUT_PRICE)]
    usual = (*settings.recent_models, *settings.favourite_models, *USUAL_MODELS, *by_price)
    wanted_ids = [model_id for model_id in wanted if model_id]
    ids = dict.fromkeys((*wanted_ids, *(model_id for model_id in usual if model_id in known)))
    return tuple(Column(key, model_id) for key, model_id in enumerate(ids, start=1))[
        : max(LEAST_COLUMNS, len(wanted_ids))
    ]
