"""The Settings page and its sections."""

from novita_desktop.ui.pages.settings.settings_page import SettingsPage

__all__ = ["SettingsPage"]
