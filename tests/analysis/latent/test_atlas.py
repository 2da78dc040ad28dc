"""explorer.analysis.latent.atlas: the codes of the grid, row by row from the top."""

from __future__ import annotations

import numpy as np
import pytest

from explorer.analysis.latent import atlas
from explorer.analysis.passes import decoded
from explorer.analysis.sheets import strip
from explorer.errors import Cancelled
from explorer.models.autoencoder import build
from explorer.models.config import ModelConfig
from explorer.task import Task
from tests.fakes import toy_dataset

KEPT = toy_dataset(5).preparation


def test_the_grid_begins_at_the_upper_left() -> None:
    z = atlas.grid(3, 2.0, 4)
    assert z.dtype == np.float32 and z.shape == (9, 4) and not z[:, 2:].any()
    assert z[:, 0].tolist() == [-2, 0, 2] * 3
    assert z[:, 1].tolist() == [2] * 3 + [0] * 3 + [-2] * 3


def test_one_dimension_is_one_row_and_one_picture_is_the_middle() -> None:
    assert atlas.grid(5, 2.0, 1).tolist() == [[-2], [-1], [0], [1], [2]]
    assert atlas.grid(1, 2.0, 3).tolist() == [[0, 0, 0]]
    assert atlas.grid(1, 2.0, 1).tolist() == [[0]]


@pytest.mark.parametrize("d", [1, 2, 3])
def test_each_line_of_the_picture_is_a_line_of_the_grid(d: int) -> None:
    model = build(ModelConfig(latent_dim=d, hidden=16), KEPT, seed=0).eval()
    picture, z = atlas.draw(model, KEPT, 4, 1.5), atlas.grid(4, 1.5, d)
    assert picture.shape == (8 * len(z) // 4, 32, 1)
    for i in range(len(z) // 4):
        line = strip(decoded(model, z[4 * i : 4 * i + 4]), KEPT)
        np.testing.assert_array_equal(picture[8 * i : 8 * i + 8], line)


def test_the_usual_atlas_is_twenty_a_side_over_three_deviations() -> None:
    model = build(ModelConfig(hidden=16), KEPT, seed=0).eval()
    np.testing.assert_array_equal(atlas.draw(model, KEPT), atlas.draw(model, KEPT, 20, 3.0))


def test_it_says_how_far_it_is_line_by_line_and_can_be_stopped() -> None:
    model = build(ModelConfig(hidden=16), KEPT, seed=0).eval()
    told: list[tuple[float | None, str]] = []
    task = Task(lambda share, text: told.append((share, text)), interval=0.0)
    atlas.draw(model, KEPT, 4, 1.0, task)
    lines = [share for share, text in told if text == "drawing the atlas"]
    assert lines == [0.0, 0.25, 0.5, 0.75]
    task.cancel()
    with pytest.raises(Cancelled):
        atlas.draw(model, KEPT, 4, 1.0, task)
