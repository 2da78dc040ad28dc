"""The aggregate of posteriors that are asked themselves: of Gaussians it is that of Gaussians."""

from __future__ import annotations

import numpy as np
import pytest
import torch

from explorer.analysis.latent import bent
from explorer.analysis.latent.aggregate import AggregatePosterior
from explorer.analysis.latent.bent import BentPosteriors
from explorer.models.autoencoder import Autoencoder, build
from explorer.models.config import ModelConfig
from explorer.models.encoding import ALL, encode
from tests.fakes import toy_dataset

DATA = toy_dataset(30)
INDEX = np.array([4, 2, 9, 20, 1])


def model_of(preset: str, d: int = 3) -> Autoencoder:
    return build(ModelConfig(preset, hidden=16, latent_dim=d), DATA.preparation, seed=0).eval()


@pytest.mark.parametrize("preset", ["vae", "full-cov-vae"])
def test_densities_of_gaussians(preset: str) -> None:
    model = model_of(preset)
    z = np.random.default_rng(0).standard_normal((7, 3))
    wanted = AggregatePosterior(encode(model, DATA, INDEX, tilts=ALL)).each(z)
    found = BentPosteriors(model, DATA, INDEX)
    np.testing.assert_allclose(found.each(z), wanted, rtol=1e-3, atol=1e-3)
    assert (found.n, found.d) == (5, 3)


@pytest.mark.parametrize("part", [2, 500])
def test_draws_of_a_flow_have_the_density_of_their_own_sample(
    part: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In equal shares, also when the samples come in parts."""
    torch.manual_seed(0)
    model = model_of("flow-vae")
    with torch.no_grad():
        for step in model.posterior.steps:  # type: ignore[union-attr]
            torch.nn.init.normal_(step.outputs.weight, std=0.2)  # type: ignore[union-attr,arg-type]
    slices = [slice(i, min(i + part, 5)) for i in range(0, 5, part)]
    monkeypatch.setattr(bent, "parts_of", lambda *given: slices)
    q = BentPosteriors(model, DATA, INDEX)
    z, log_own, own = q.sample(13, np.random.default_rng(0))
    assert z.shape == (13, 3)
    assert np.bincount(own).tolist() == [3, 3, 3, 2, 2]
    np.testing.assert_allclose(q.each(z)[np.arange(13), own], log_own, atol=1e-3)
    again = q.sample(13, np.random.default_rng(0))[0]
    np.testing.assert_array_equal(z, again)
    assert len(np.unique(z[:, 0])) == 13
