"""The shipped catalogue is found in the source tree and in the installed package."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from novita_desktop.domain.errors import StorageError
from novita_desktop.storage import shipped_catalogue as module
from novita_desktop.storage.shipped_catalogue import shipped_catalogue


def test_the_source_tree_has_one_with_models_in_it() -> None:
    models = json.loads(shipped_catalogue())["data"]
    assert len(models) > 50
    assert all(model["id"] for model in models)


def test_the_installed_one_comes_first_and_none_is_reported(tmp_path: Path, monkeypatch) -> None:
    monkeypatch.setattr(module, "_PACKAGE", tmp_path / "novita_desktop")
    with pytest.raises(StorageError):
        shipped_catalogue()
    for place, content in (("resources", b"tree"), ("novita_desktop/_resources", b"installed")):
        (tmp_path / place).mkdir(parents=True)
        (tmp_path / place / "models.json").write_bytes(content)
        assert shipped_catalogue() == content
