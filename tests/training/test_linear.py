"""The linear presets as they come, against PCA and probabilistic PCA (theory, section 9)."""

from __future__ import annotations

import numpy as np
import pytest
import torch
from sklearn.datasets import load_digits
from torch import Tensor
from torch.distributions import MultivariateNormal

from explorer.data.dataset import Dataset, Preparation
from explorer.models.autoencoder import Autoencoder, from_snapshot
from explorer.models.batches import to_tensor
from explorer.models.config import ModelConfig
from explorer.models.likelihoods.gaussian import Gaussian
from explorer.models.presets import presets
from explorer.training.config import TrainingConfig, config_for_preset
from explorer.training.loop import train

PCA_MSE, EVIDENCE, VARIANCE = 0.05243, 0.005707, 0.054117


@pytest.fixture(scope="module")
def digits() -> Dataset:
    """All 1797 of them, none held out: the oracle's figures are of all."""
    x = load_digits().images.astype(np.uint8)[..., None]
    return Dataset("digits", x, Preparation(8, 8, high=16, levels=16), np.zeros(len(x), bool))


def fitted(name: str, digits: Dataset) -> Autoencoder:
    """Two latent dimensions, the preset's own settings and fresh weights: nothing of the answer."""
    config = config_for_preset(TrainingConfig(device="cpu"), presets[name])
    return from_snapshot(train(ModelConfig(name), config, digits, publish=False).snapshot)


def test_linear_autoencoder_reaches_the_error_and_the_subspace_of_pca(digits: Dataset) -> None:
    model, x = fitted("linear-ae", digits), to_tensor(digits.x, 16)
    error = float((model.decode(model.encode(x).mean) - x).square().mean())
    assert error == pytest.approx(PCA_MSE, rel=0.005)
    rows = x.flatten(1)
    components = torch.linalg.svd(rows - rows.mean(0), full_matrices=False).Vh[:2]
    cosines = torch.linalg.svdvals(components @ torch.linalg.qr(weights(model)).Q)
    assert cosines.min() > 0.995  # of the principal angles


def test_linear_vae_reaches_probabilistic_pca(digits: Dataset) -> None:
    model, x = fitted("linear-vae", digits), to_tensor(digits.x, 16).double().flatten(1)
    assert isinstance(model.likelihood, Gaussian)
    variance = float((2 * model.likelihood.log_sigma()).exp())
    offset, w = model.decode(torch.zeros(1, 2)).double().flatten(), weights(model).double()
    covariance = w @ w.T + variance * torch.eye(64)
    evidence = float(MultivariateNormal(offset, covariance).log_prob(x).mean())
    assert evidence == pytest.approx(EVIDENCE, abs=0.02)
    assert variance == pytest.approx(VARIANCE, rel=0.01)


def weights(model: Autoencoder) -> Tensor:
    """W of decode(z) = W z + b: (D, d)."""
    offset = model.decode(torch.zeros(1, 2))
    return (model.decode(torch.eye(2)) - offset).flatten(1).T
