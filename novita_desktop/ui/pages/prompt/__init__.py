"""The Prompt page and its parts: what is previewed, what is kept, what is run."""

from novita_desktop.ui.pages.prompt.prompt_page import PromptPage

__all__ = ["PromptPage"]
