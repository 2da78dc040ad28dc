"""explorer.compute.comparing.sample: the errors are those of the rows that are drawn."""

from __future__ import annotations

import numpy as np
import pytest

from explorer.analysis import pca
from explorer.compute.comparing.hovered import MeasureHovered
from explorer.compute.comparing.sample import Compare
from tests.compute.small import DATA, snapshot

LINEAR = pca.fit(DATA, 6)


@pytest.mark.parametrize("sample", [0, 57])
def test_it_is_measured_what_is_drawn(sample: int) -> None:
    seen = Compare(DATA, sample, snapshot(), LINEAR).answer()
    original, row, linear = seen.rows
    assert original is not None and row is not None and linear is not None
    np.testing.assert_array_equal(seen.original, DATA.picture(sample))
    assert seen.mse == pytest.approx(float(np.mean((row - original) ** 2)), rel=1e-5)
    assert seen.pca_mse == pytest.approx(float(np.mean((linear - original) ** 2)), rel=1e-5)
    assert (seen.index, seen.k, seen.own) == (sample, 2, None)
    np.testing.assert_allclose(seen.scores, LINEAR.project(original[None])[0], atol=1e-6)
    back = LINEAR.mean + seen.scores[:2] @ LINEAR.components[:2]  # type: ignore[index]
    np.testing.assert_allclose(linear, back, atol=1e-5)
    assert MeasureHovered(sample, snapshot(), DATA).answer() == pytest.approx(seen.mse)


def test_pca_has_as_many_components_as_the_model_has_dimensions() -> None:
    assert Compare(DATA, 3, snapshot(latent_dim=5), LINEAR).answer().k == 5
    assert Compare(DATA, 3, snapshot(latent_dim=16), LINEAR).answer().k == 6  # as many as there are
    assert Compare(DATA, 3, None, LINEAR).answer().k == 2


def test_what_is_not_there_is_not_compared() -> None:
    seen = Compare(DATA, 3, None, None).answer()
    assert (seen.mse, seen.pca_mse, seen.mean, seen.reconstruction) == (None, None, None, None)
    assert seen.rows[1:] == (None, None) and seen.scores is None
    alone = Compare(DATA, 3, snapshot(), None).answer()
    assert alone.mse is not None and alone.pca_reconstruction is None and alone.mean is not None


def test_a_tilted_posterior_has_its_covariance() -> None:
    assert Compare(DATA, 3, snapshot("vae"), None).answer().cov is None
    cov = Compare(DATA, 3, snapshot("full-cov-vae"), None).answer().cov
    assert cov is not None and cov.shape == (2, 2)
    np.testing.assert_allclose(cov, cov.T, atol=1e-6)
