"""What a preset is called when nobody said so; the rest is in `test_prompt_library`."""

import pytest

from novita_desktop.domain.prompt_form import PromptForm
from novita_desktop.ui.pages.prompt.prompt_presets import suggested_name


@pytest.mark.parametrize(
    ("message", "name"),
    [
        ("Summarise this review of {{ product }}.", "Summarise this review of"),
        ("\n\n  Write a poem!  \nmore", "Write a poem"),
        ("{% if a %}{{ b }}{% endif %}", ""),
        ("", ""),
        (
            "one two three four five six seven eight nine ten",
            "one two three four five six seven eight",
        ),
    ],
)
def test_a_name_is_suggested_from_the_first_words(message, name):
    assert suggested_name(PromptForm(message=message)) == name
