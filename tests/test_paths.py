"""explorer.paths: the bundled folders, and the user's own."""

from __future__ import annotations

import pytest

from explorer import paths


def test_the_bundled_folders_are_there():
    assert (paths.resources() / "datasets" / "fashion.npz").is_file()
    assert (paths.resources() / "licences").is_dir()
    assert paths.checkpoints().is_dir()
    assert paths.theory().is_file()


def test_an_installed_copy_comes_before_the_source_tree(tmp_path, monkeypatch):
    (tmp_path / "_bundled" / "resources").mkdir(parents=True)
    monkeypatch.setattr(paths, "_PACKAGE", tmp_path)
    assert paths.resources() == tmp_path / "_bundled" / "resources"
    assert paths.checkpoints() == tmp_path.parent / "checkpoints"


@pytest.mark.parametrize("door", [paths.settings, paths.cache, paths.runs])
def test_the_users_folders_are_made_when_asked_for(door):
    folder = door()
    assert folder.is_dir()
    assert door() == folder
    assert "latent-space-explorer" in str(folder)


def test_runs_lie_in_a_folder_of_their_own():
    assert paths.runs().name == "runs"
    assert paths.runs() != paths.settings()


@pytest.mark.parametrize("door", [paths.settings, paths.cache, paths.runs])
def test_a_home_that_takes_nothing_is_no_fault_of_who_only_looks(door, tmp_path, monkeypatch):
    (tmp_path / "file").touch()
    for kind in ("CONFIG", "DATA", "CACHE"):
        monkeypatch.setenv(f"XDG_{kind}_HOME", str(tmp_path / "file" / "home"))
    assert not door().exists()
