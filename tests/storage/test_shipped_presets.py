"""The starter presets are found in the source tree."""

from novita_desktop.storage.shipped_presets import shipped_presets


def test_there_are_files_with_presets_in_them() -> None:
    files = shipped_presets()
    assert files
    assert all(name.endswith(".novita.json") and data for name, data in files)
