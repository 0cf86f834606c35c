"""The Batch page and its parts: a table, where its inputs come from, its rows with their results."""

from novita_desktop.ui.pages.batch.batch_page import BatchPage

__all__ = ["BatchPage"]
