"""explorer.compute.path.pictures: the pictures along a path, and the files that they leave as."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image

from explorer.analysis.latent.paths import LatentPath
from explorer.compute.decoding.place import DecodePlace
from explorer.compute.path.pictures import CHUNK, DecodePath, PathPictures, kept
from explorer.errors import Cancelled, ExplorerError
from explorer.export.exporting import export
from explorer.models.config import ModelSnapshot
from explorer.task import Task
from tests.compute.small import snapshot

ROUTE = np.array([[0, 0], [3, 4]], np.float32)
PATH = LatentPath(ROUTE)


@pytest.fixture
def model() -> ModelSnapshot:
    return snapshot()


@pytest.fixture
def film(model: ModelSnapshot) -> PathPictures:
    return DecodePath(PATH, model, 7).answer()


def test_the_pictures_are_decoded_at_equal_steps(film: PathPictures, model: ModelSnapshot) -> None:
    assert film.length == pytest.approx(5) and film.images.shape == (7, 8, 8, 1)
    np.testing.assert_allclose(film.z, np.linspace(ROUTE[0], ROUTE[1], 7), atol=1e-5)
    for z, image in zip(film.z, film.images, strict=True):
        there = DecodePlace(model, z).answer()
        assert np.abs(there.astype(int) - image).max() <= 1


def test_a_long_film_is_decoded_in_chunks(model: ModelSnapshot) -> None:
    assert len(DecodePath(PATH, model, 2 * CHUNK + 1).answer().images) == 2 * CHUNK + 1


def test_a_drag_waits_for_a_part_of_the_pictures_only(
    model: ModelSnapshot, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It cancels what runs; they are decoded some dozens at a time, as one by one is slow."""
    looks: list[int] = []
    monkeypatch.setattr(Task, "check", lambda _: looks.append(1))
    DecodePath(PATH, model, 400).answer(Task())
    assert 10 <= len(looks) <= 20


def test_a_way_that_was_found_is_taken(model: ModelSnapshot) -> None:
    way = np.array([[0, 0], [0, 4], [3, 4]], np.float32)
    film = DecodePath(PATH, model, 8, way).answer()
    assert film.length == pytest.approx(7) and film.route is way
    np.testing.assert_allclose(film.z[4], [0, 4], atol=1e-5)


def test_a_film_of_a_cancelled_task_stops(model: ModelSnapshot) -> None:
    task = Task()
    task.cancel()
    with pytest.raises(Cancelled):
        DecodePath(PATH, model, 7).answer(task)


def test_a_strip_holds_the_pictures_side_by_side(
    film: PathPictures, model: Any, tmp_path: Path
) -> None:
    target = export(kept(model, film), tmp_path / "a.png")
    with Image.open(target) as strip:
        factor = strip.height // 8
        assert strip.size == (7 * 8 * factor, 8 * factor)
        small = np.asarray(strip)[::factor, ::factor]
    np.testing.assert_array_equal(small, np.concatenate(list(film.images[..., 0]), axis=1))


def test_the_codes_can_be_read_back(film: PathPictures, model: Any, tmp_path: Path) -> None:
    target = export(kept(model, film), tmp_path / "a.csv")
    with target.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert list(rows[0]) == ["step", "z1", "z2"] and len(rows) == 7
    np.testing.assert_allclose([[float(r["z1"]), float(r["z2"])] for r in rows], film.z, rtol=1e-6)


def test_an_animation_goes_there_and_back(film: PathPictures, model: Any, tmp_path: Path) -> None:
    target = export(kept(model, film), tmp_path / "a.gif")
    with Image.open(target) as gif:
        assert gif.info["loop"] == 0 and gif.size == (256, 256)
        assert 28 <= gif.n_frames <= 54  # equal pictures in a row may be joined


def test_an_animation_is_four_times_as_fine_and_ends_beside_where_it_began(
    film: PathPictures, model: ModelSnapshot
) -> None:
    there = kept(model, film).film
    assert there is not None
    frames = there(Task())
    fine = DecodePath(PATH, model, 28).answer().images  # 4 x 7
    small = frames[:, ::32, ::32]  # drawn 256 px high
    assert frames.shape[:3] == (54, 256, 256)
    np.testing.assert_array_equal(small[:28], fine)
    np.testing.assert_array_equal(small[28:], fine[26:0:-1])
    strip = kept(model, film).picture
    assert strip is not None and strip(Task()).shape[:2] == (128, 7 * 128)


@pytest.mark.parametrize("name", ["a.svg", "no/such/folder/a.png"])
def test_what_cannot_be_written_is_said(
    film: PathPictures, model: Any, tmp_path: Path, name: str
) -> None:
    with pytest.raises(ExplorerError):
        export(kept(model, film), tmp_path / name)
