"""The Compare page and its parts: one form, columns side by side, verdicts."""

from novita_desktop.ui.pages.compare.compare_page import ComparePage

__all__ = ["ComparePage"]
