"""The window: the rail of pages, the page that is shown, and the status bar."""

from novita_desktop.ui.main_window.window import MainWindow, WindowParts

__all__ = ["MainWindow", "WindowParts"]
