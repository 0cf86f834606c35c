"""What stands in the form at the very first start, so that Run works at once."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QCoreApplication

from novita_desktop.domain.catalogue import Catalogue, SortKey, ordered
from novita_desktop.domain.prompt_form import PromptForm
from novita_desktop.domain.settings import Settings

USUAL_MODELS: Final = ("deepseek/deepseek-v3.2", "meta-llama/llama-3.3-70b-instruct")
"""Capable and cheap models for the first message, as far as the catalogue has them."""


def starter_form(catalogue: Catalogue, settings: Settings) -> PromptForm:
    """Return a form with a message that any model can answer."""
    words = QCoreApplication.translate(
        "Starter",
        "Write a friendly reply of two or three sentences to this message from a customer:\n\n"
        "“My parcel came two days late and one of the cups was broken. What now?”",
    )
    return PromptForm(model=first_model(catalogue, settings), message=words)


def first_model(catalogue: Catalogue, settings: Settings) -> str:
    """Return the id of the model to start with, empty without a catalogue."""
    models = catalogue.chat_models()
    known = {model.id for model in models}
    wanted = (*settings.recent_models, *settings.favourite_models, *USUAL_MODELS)
    by_price = ordered(models, SortKey.OUTPUT_PRICE)
    return next((i for i in wanted if i in known), by_price[0].id if by_price else "")
