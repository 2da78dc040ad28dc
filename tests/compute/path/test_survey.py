"""explorer.compute.path.survey: against a linear model, whose pictures and lengths are known."""

from __future__ import annotations

import numpy as np
import pytest

from explorer.analysis.latent.paths import LatentPath
from explorer.compute.path.pictures import DecodePath, PathPictures
from explorer.compute.path.survey import FINE, MeasurePath
from explorer.models.config import Codes, ModelSnapshot
from tests.compute.small import linear_model


def drawn(model: ModelSnapshot, *points: tuple[float, float]) -> PathPictures:
    return DecodePath(LatentPath(np.array(points, np.float32)), model, 9).answer()


def test_a_linear_decoder_stretches_lengths_by_its_scale() -> None:
    model, module = linear_model()
    film = drawn(model, (0, 0), (3, 4))
    survey = MeasurePath(model, film).answer()
    assert film.length == pytest.approx(5)
    assert survey.image_length == pytest.approx(5 * module.scale, rel=1e-4)
    assert survey.ground is None and survey.path_pictures is film
    assert survey.z.shape == (FINE + 1, 2)


def test_a_curved_way_is_measured_to_a_part_in_100_000_and_half_the_pictures_would_not_do() -> None:
    """A half circle of n chords is too short by (pi / 2n)^2 / 6 of its length."""
    off = (np.pi / 2 / FINE) ** 2 / 6
    assert off < 1e-5 < 4 * off


def test_it_looks_at_the_codes() -> None:
    model, _ = linear_model()
    mean = np.stack([np.arange(5) / 2, np.zeros(5)], 1).astype(np.float32)
    codes = Codes("m", mean, np.ones_like(mean), np.arange(5))
    survey = MeasurePath(model, drawn(model, (0, 0), (4, 0)), codes).answer()
    assert survey.ground is not None
    off = survey.ground.off  # beyond 2, where the codes end, and half a step more
    np.testing.assert_array_equal(off, survey.z[:, 0] > 2.5)
