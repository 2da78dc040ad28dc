"""explorer.compute.analyses.atlas: which code lies where in the picture."""

from __future__ import annotations

import numpy as np
import pytest

from explorer.compute.analyses.atlas import DrawAtlas
from explorer.compute.analyses.decode import DecodeCodes
from explorer.errors import Cancelled
from explorer.task import NO_TASK, Task
from tests.compute.small import linear_model, snapshot


@pytest.mark.parametrize(
    ("row", "column", "code"),
    [(0, 0, "-2,2"), (0, 2, "2,2"), (1, 1, "0,0"), (2, 0, "-2,-2"), (2, 2, "2,-2"), (1, 2, "2,0")],
)
def test_z1_grows_to_the_right_and_z2_upwards(row: int, column: int, code: str) -> None:
    model, _ = linear_model()
    atlas = DrawAtlas(model, size=3, extent=2.0).answer()
    assert atlas.shape == (24, 24, 1) and atlas.dtype == np.uint8
    tile = atlas[8 * row : 8 * row + 8, 8 * column : 8 * column + 8, 0]
    mean = DecodeCodes(model, z=(code,)).answer().reshape(8, 8).clip(0, 1)
    assert np.abs(tile / 255.0 - mean).max() <= 0.5 / 255 + 1e-6


def test_further_dimensions_are_zero() -> None:
    model, _ = linear_model(3)
    middle = DrawAtlas(model, size=1, extent=5.0).answer()
    mean = DecodeCodes(model, z=("0,0,0",)).answer().reshape(8, 8).clip(0, 1)
    assert np.abs(middle[..., 0] / 255.0 - mean).max() <= 0.5 / 255 + 1e-6


def test_codes_that_are_numbers_are_one_row() -> None:
    assert DrawAtlas(snapshot(latent_dim=1), size=5).answer().shape == (8, 40, 1)


def test_the_report_has_the_picture_and_what_it_is_of() -> None:
    question = DrawAtlas(snapshot(), size=2, extent=1.5)
    atlas = question.answer()
    report = question.report(atlas)
    assert report.values == {"size": 2, "extent": 1.5}
    assert report.thing is not None and report.thing.picture is not None
    assert report.thing.picture(NO_TASK) is atlas and report.thing.name == "atlas"


def test_it_tells_how_far_it_is_and_stops_when_it_is_told_to() -> None:
    told: list[float | None] = []
    DrawAtlas(snapshot(), size=4).answer(Task(lambda share, _: told.append(share), interval=0.0))
    assert told[:4] == [0, 0.25, 0.5, 0.75]
    task = Task()
    task.cancel()
    with pytest.raises(Cancelled):
        DrawAtlas(snapshot()).answer(task)
