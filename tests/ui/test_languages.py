"""The languages that there are."""

import pytest
from PySide6.QtCore import QCoreApplication

from novita_desktop.ui import languages
from novita_desktop.ui.languages import PREFIX, Languages, available_languages


def test_english_is_always_there():
    assert (
        available_languages()["en"] == "American English"
        or "English" in available_languages()["en"]
    )


def test_a_translation_that_is_there_can_be_chosen(tmp_path, monkeypatch):
    (tmp_path / f"{PREFIX}de.qm").write_bytes(b"")
    monkeypatch.setattr(languages, "translations_folder", lambda: tmp_path)
    assert available_languages()["de"] == "Deutsch"


def test_a_program_without_translations_speaks_english(monkeypatch):
    monkeypatch.setattr(languages, "translations_folder", lambda: None)
    assert list(available_languages()) == ["en"]


@pytest.mark.parametrize("language", ["system", "en"])
def test_speaking_leaves_no_translator_behind(qapp, language):
    speaker = Languages(qapp)
    speaker.speak("de")
    speaker.speak(language)
    assert QCoreApplication.translate("Actions", "Run") == "Run"
    speaker.speak("en")
