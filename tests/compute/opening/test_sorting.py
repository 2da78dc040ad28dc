"""explorer.compute.opening.sorting: pictures are looked at, the rest is opened in order."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from explorer.compute.keeping.save import Save
from explorer.compute.opening.sorting import Sort
from explorer.errors import Cancelled
from explorer.task import Task
from tests.compute.small import snapshot


@pytest.fixture
def came(tmp_path: Path) -> dict[str, str]:
    """A folder, a file of data, a model and a picture, by their names."""
    (tmp_path / "folder").mkdir()
    np.save(tmp_path / "data.npy", np.zeros((5, 8, 8), np.uint8))
    Image.fromarray(np.zeros((8, 8), np.uint8)).save(tmp_path / "one.png")
    Save(tmp_path / "model", snapshot()).answer()
    return {name: str(tmp_path / name) for name in ("folder", "data.npy", "one.png", "model")}


def test_models_come_before_data_before_folders(came: dict[str, str]) -> None:
    found = Sort(tuple(came.values())).answer()
    assert found.pictures == (came["one.png"],)
    assert found.sources == (came["model"], came["data.npy"], came["folder"])


def test_what_is_not_there_is_left_to_whoever_opens_it(tmp_path: Path) -> None:
    missing = str(tmp_path / "gone.png")
    assert Sort((missing,)).answer().sources == (missing,)


def test_it_stops_when_it_is_told_to(came: dict[str, str]) -> None:
    task = Task()
    task.cancel()
    with pytest.raises(Cancelled):
        Sort(tuple(came.values())).answer(task)
