"""Folders to save in, and what lies there."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from explorer.app.keeping.folders import free, held_by, meant
from explorer.models import checkpoint
from tests.app.keeping.test_keeper import _snapshot


@pytest.mark.parametrize("held", ["", "model", "things"])
def test_what_a_folder_holds(tmp_path: Path, held: str) -> None:
    folder = tmp_path / "folder"
    if held == "model":
        checkpoint.save(folder, _snapshot("a"))
    elif held == "things":
        folder.mkdir()
        np.save(folder / "a.npy", np.zeros(1))
    assert held_by(folder) == held


def test_a_file_is_in_the_way_and_an_empty_folder_is_not(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    (tmp_path / "empty").mkdir()
    assert held_by(tmp_path / "file") == "things" and held_by(tmp_path / "empty") == ""


def test_a_place_within_a_model_means_the_model(tmp_path: Path) -> None:
    checkpoint.save(tmp_path / "model", _snapshot("a"))
    assert meant(tmp_path / "model" / "codes.npz") == tmp_path / "model"
    assert meant(tmp_path / "other") == tmp_path / "other"


def test_a_second_training_of_a_second_has_a_number(tmp_path: Path) -> None:
    names = []
    for _ in range(3):
        names.append(free(tmp_path / "run"))
        names[-1].mkdir()
    assert [path.name for path in names] == ["run", "run-2", "run-3"]
