"""What a prior is made of: the numbers that its own density has."""

from __future__ import annotations

import numpy as np
import pytest
import torch

from explorer.compute.latent.prior import FindPrior, absence, is_drawn_from, is_standard
from explorer.data.dataset import Preparation
from explorer.models import autoencoder
from explorer.models.config import ModelConfig, ModelSnapshot


def _model(preset: str, d: int = 3) -> ModelSnapshot:
    config = ModelConfig(preset=preset, latent_dim=d, hidden=8)
    module = autoencoder.build(config, Preparation(8, 8), seed=0)
    noise = torch.Generator().manual_seed(1)
    with torch.no_grad():
        for parameter in module.prior.parameters():  # as after a training
            parameter.add_(0.05 * torch.randn(parameter.shape, generator=noise))
    return ModelSnapshot(preset, config, Preparation(8, 8), autoencoder.weights_of(module))


def test_the_standard_normal_is_one_gaussian() -> None:
    found = FindPrior(_model("vae")).answer()
    np.testing.assert_array_equal(found.weight, [1])
    np.testing.assert_array_equal(found.mean, np.zeros((1, 3)))
    np.testing.assert_array_equal(found.std, np.ones((1, 3)))


def test_a_mixture_of_them_has_the_density_of_the_prior() -> None:
    model = _model("gmm-vae")
    found = FindPrior(model).answer()
    z = np.random.default_rng(0).normal(size=(5, 1, 3))
    bells = np.exp(-0.5 * ((z - found.mean) / found.std) ** 2) / found.std / np.sqrt(2 * np.pi)
    own = autoencoder.from_snapshot(model).prior
    expected = own.log_prob(torch.from_numpy(z[:, 0]).float()).exp().detach().numpy()
    np.testing.assert_allclose(bells.prod(-1) @ found.weight, expected, rtol=1e-4)


@pytest.mark.parametrize(
    ("preset", "reason"),
    [("vae", ""), ("gmm-vae", ""), ("ae", "without a prior"), ("vq-vae", "as likely as any")],
)
def test_some_priors_have_no_contours(preset: str, reason: str) -> None:
    said = absence(_model(preset, 2))
    assert reason in said and bool(reason) == bool(said)
    assert is_standard(_model(preset, 2)) == (preset in ("vae", "ae"))
    assert is_drawn_from(_model(preset, 2)) == (preset != "ae")
