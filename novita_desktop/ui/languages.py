"""The languages the window speaks: those whose translation is there, and the system's choice."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QCoreApplication, QLibraryInfo, QLocale, QTranslator

from novita_desktop.ui.resources import resource_path

SYSTEM, ENGLISH = "system", "en"
PREFIX = "novita-desktop_"


def translations_folder() -> Path | None:
    """Return where translations are, None where the program has none."""
    try:
        return resource_path("translations")
    except FileNotFoundError:
        return None


def available_languages() -> dict[str, str]:
    """Return the languages that can be chosen, each code with its own name for itself.

    English needs no file: the source is written in it.
    """
    folder = translations_folder()
    codes = {ENGLISH}
    if folder is not None:
        codes |= {path.stem.removeprefix(PREFIX) for path in folder.glob(f"{PREFIX}*.qm")}
    return {code: _own_name(code) for code in sorted(codes)}


def _own_name(code: str) -> str:
    name = QLocale(code).nativeLanguageName()
    return name[:1].upper() + name[1:] if name else code


class Languages:
    """Has the application speak one language; texts made from then on are in it."""

    def __init__(self, app: QCoreApplication) -> None:
        self._app = app
        if QLocale.system().language() == QLocale.Language.C:
            # A computer without a language: numbers and money are written as in English.
            QLocale.setDefault(QLocale(QLocale.Language.English, QLocale.Country.UnitedStates))
        self._installed: list[QTranslator] = []

    def speak(self, language: str) -> None:
        """Use `language`, `system` for the first of the system's languages that is there."""
        for translator in self._installed:
            self._app.removeTranslator(translator)
        self._installed.clear()
        folder = translations_folder()
        locale = QLocale.system() if language == SYSTEM else QLocale(language)
        qt_folder = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
        self._install(locale, "qtbase_", qt_folder)
        if folder is not None:
            self._install(locale, PREFIX, str(folder))

    def _install(self, locale: QLocale, prefix: str, folder: str) -> None:
        translator = QTranslator(self._app)
        if translator.load(locale, prefix, "", folder):
            self._app.installTranslator(translator)
            self._installed.append(translator)
