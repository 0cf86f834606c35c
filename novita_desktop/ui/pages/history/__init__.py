"""The History page and its parts: what is listed, what is run again, what is kept and exported."""

from novita_desktop.ui.pages.history.history_page import HistoryPage

__all__ = ["HistoryPage"]
