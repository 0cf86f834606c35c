"""Resources are found in an installed program and in the source tree."""

import pytest

from novita_desktop.ui.resources import PLACES, resource_path


@pytest.fixture
def places(tmp_path):
    """The two places of a made-up installation, empty."""
    installed, source = tmp_path / "package" / "_resources", tmp_path / "resources"
    for place in (installed, source):
        place.mkdir(parents=True)
    return installed, source


def test_the_installed_place_comes_first(places):
    for place in places:
        (place / "file.txt").write_text(place.name)
    assert resource_path("file.txt", places) == places[0] / "file.txt"


def test_the_source_tree_is_the_second_place(places):
    (places[1] / "file.txt").write_text("")
    assert resource_path("file.txt", places) == places[1] / "file.txt"


def test_a_missing_resource_is_named(places):
    with pytest.raises(FileNotFoundError, match=r"no-such\.file"):
        resource_path("no-such.file", places)


def test_the_package_is_built_with_the_resources_where_they_are_looked_for():
    installed, source = PLACES
    assert installed.parts[-2:] == ("novita_desktop", "_resources")
    assert source.is_dir()
    build = (source.parent / "pyproject.toml").read_text(encoding="utf-8")
    assert '"resources" = "novita_desktop/_resources"' in build
