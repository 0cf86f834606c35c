"""Sheets and dialogs that more than one page or the window itself shows."""
