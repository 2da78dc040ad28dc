"""explorer.compute.decoding.placing: from z to a place in a plane of pictures, and back."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from explorer.analysis.passes import BATCH
from explorer.compute.decoding.placing import EncodeRows, Project
from explorer.compute.live import decode_rows, encode_rows
from explorer.data.dataset import Floats
from explorer.data.opening import open_dataset
from explorer.data.pictures.drawing import LARGE, drawn, picture_shape
from explorer.errors import Cancelled
from explorer.models.autoencoder import build, weights_of
from explorer.models.config import ModelConfig, ModelSnapshot
from explorer.task import Task
from tests.compute.small import DATA, linear_model, snapshot


def first_two(rows: Floats) -> Floats:
    return rows[:, :2]


@pytest.mark.parametrize("m", [1, 2, BATCH, BATCH + 1])
def test_every_z_lies_where_its_picture_does_in_its_order(m: int) -> None:
    model, module = linear_model()
    z = np.random.default_rng(0).normal(size=(m, 2)).astype(np.float32)
    there = Project(model, z, first_two).answer()
    wanted = 0.5 + z @ module.basis[:2].numpy().T
    assert there.shape == (m, 2)
    np.testing.assert_allclose(there, wanted, atol=1e-5)


def test_all_pictures_are_laid_at_once() -> None:
    laid: list[int] = []

    def lay(rows: Floats) -> Floats:
        laid.append(len(rows))
        return rows[:, :2]

    Project(snapshot(), np.zeros((BATCH + 5, 2), np.float32), lay).answer()
    assert laid == [BATCH + 5]


def test_what_has_no_place_is_nothing() -> None:
    for z, lay in ((np.zeros((0, 2)), first_two), (np.zeros((3, 2)), lambda _: None)):
        there = Project(snapshot(), z.astype(np.float32), lay).answer()
        assert there.shape == (0, 2) and there.dtype == np.float32


def test_it_stops_between_two_parts() -> None:
    task = Task()
    task.cancel()
    with pytest.raises(Cancelled):
        Project(snapshot(), np.zeros((2, 2), np.float32), first_two).answer(task)


def test_rows_are_encoded_as_the_pictures_that_they_are_shown_as() -> None:
    model, module = linear_model()
    rows = np.random.default_rng(0).uniform(-0.5, 1.5, (5, 64)).astype(np.float32)
    seen = np.round(rows.clip(0, 1) * 255) / 255
    total = module.scale**2 + module.sigma**2
    z = (seen - 0.5) @ module.basis.double().numpy() / total
    found = EncodeRows(model, rows).answer()
    np.testing.assert_allclose(found, z, atol=2e-3)


def test_a_row_of_a_picture_of_the_data_has_its_code() -> None:
    model = snapshot()
    found = EncodeRows(model, DATA.unit(slice(5))).answer()
    np.testing.assert_allclose(found, encode_rows(model, DATA.x[:5], 255)[0], atol=1e-5)


def test_numbers_are_encoded_as_they_are() -> None:
    wine = open_dataset("wine")
    config = ModelConfig(hidden=16, likelihood="gaussian")
    weights = weights_of(build(config, wine.preparation))
    model = ModelSnapshot("of numbers", config, wine.preparation, weights)
    rows = wine.unit(slice(4))
    found = EncodeRows(model, rows).answer()
    x = rows.reshape(-1, *wine.preparation.shape)
    np.testing.assert_array_equal(found, encode_rows(model, x, wine.preparation.levels)[0])
    assert drawn(rows[0], wine.preparation, LARGE).shape == picture_shape(wine.preparation, LARGE)


def test_there_and_back_is_where_it_was() -> None:
    model, module = linear_model()
    weak = replace(model, id="weak")
    z = np.array([[0.05, -0.1]], np.float32)
    share = module.scale**2 / (module.scale**2 + module.sigma**2)
    back = EncodeRows(weak, decode_rows(weak, z)).answer()
    np.testing.assert_allclose(back, share * z, atol=5e-3)
