"""Each sampler's draws have the moments they should; BIC finds a mixture that is known."""

from __future__ import annotations

import numpy as np
import pytest
import torch

from explorer.analysis.latent import mixtures
from explorer.analysis.latent.samplers import SamplerSource, SampleSettings, samplers
from explorer.analysis.passes import batch_of
from explorer.errors import ModelError
from explorer.models.autoencoder import build
from explorer.models.config import Codes, ModelConfig
from explorer.models.encoding import encode
from tests.fakes import toy_dataset


def source(preset: str = "vae", std: float = 0.1) -> SamplerSource:
    """A fresh model, with codes of three groups."""
    model = build(ModelConfig(preset, hidden=16), toy_dataset(5).preparation, seed=0).eval()
    rng = np.random.default_rng(0)
    centres = np.array([[-3.0, 0.0], [3.0, 0.0], [0.0, 4.0]])
    mean = (np.repeat(centres, 200, 0) + 0.3 * rng.normal(size=(600, 2))).astype(np.float32)
    return SamplerSource(model, Codes("m", mean, np.full_like(mean, std), np.arange(600)))


def test_bic_recovers_a_known_mixture() -> None:
    found = source().mixture
    assert len(found) == 3
    order = np.argsort(found.means[:, 0])
    wanted = [[-3.0, 0.0], [0.0, 4.0], [3.0, 0.0]]
    assert found.means[order] == pytest.approx(np.array(wanted), abs=0.1)
    assert found.weights == pytest.approx(np.full(3, 1 / 3), abs=0.01)
    variances = np.einsum("kii->ki", found.covariances)
    assert variances == pytest.approx(np.full((3, 2), 0.09), rel=0.3)


def test_units_change_the_mixture_with_the_codes() -> None:
    codes = source().codes.mean
    one, other = mixtures.fit(codes), mixtures.fit(codes * np.float32(1e-3))
    assert len(one) == len(other)
    assert other.means * 1e3 == pytest.approx(one.means, rel=1e-3, abs=1e-3)
    shift = 2.0 * np.log(1e3)  # a density in units a thousand times smaller, in two dimensions
    assert other.log_density(codes[:5] * 1e-3) == pytest.approx(
        one.log_density(codes[:5]) + shift, abs=1e-3
    )
    assert other.bic == pytest.approx(one.bic - 2 * 600 * shift, rel=1e-4)


def test_mixture_density_is_sklearns() -> None:
    from sklearn.mixture import GaussianMixture

    codes = source().codes.mean.astype(np.float64)  # in float32 sklearn is right to 1e-6 only
    peer = GaussianMixture(2, random_state=0).fit(codes)
    found = mixtures.FittedMixture(peer.weights_, peer.means_, peer.covariances_, 0.0)
    assert found.log_density(codes[:9]) == pytest.approx(peer.score_samples(codes[:9]), abs=1e-9)


@pytest.mark.parametrize("name", list(samplers))
def test_every_sampler_keeps_its_seed(name: str) -> None:
    of = source()
    one, again = (samplers[name](of, SampleSettings(n=7, seed=3)) for _ in range(2))
    assert one.shape == (7, 2) and one.dtype == np.float32
    assert np.array_equal(one, again)
    assert not np.array_equal(one, samplers[name](of, SampleSettings(n=7, seed=4)))


@pytest.mark.parametrize("name", ["mixture", "around", "truncated"])
def test_plain_autoencoders_are_sampled_too(name: str) -> None:
    z = samplers[name](source("ae", std=0.0), SampleSettings(n=50))
    assert np.isfinite(z).all() and z.std() > 0.0


def test_a_plain_autoencoder_has_no_prior() -> None:
    with pytest.raises(ModelError, match="mixture"):
        samplers["prior"](source("ae", std=0.0), SampleSettings())


def test_around_is_the_posterior() -> None:
    of = source(std=0.5)
    z = samplers["around"](of, SampleSettings(n=20_000, about=7, temperature=2.0))
    assert z.mean(axis=0) == pytest.approx(of.codes.mean[7], abs=0.05)
    assert z.std(axis=0) == pytest.approx(np.ones(2), rel=0.05)
    with pytest.raises(ModelError):
        samplers["around"](of, SampleSettings(about=600))


@pytest.mark.parametrize("d", [2, 5])
@pytest.mark.parametrize("preset", ["vae", "full-cov-vae", "flow-vae"])
def test_around_a_sample_is_its_whole_posterior(preset: str, d: int) -> None:
    """Mean and covariance of the draws are those of the encoder's own, tilted as they are."""
    data = toy_dataset(9)
    model = build(ModelConfig(preset, hidden=16, latent_dim=d), data.preparation, seed=0).eval()
    lean = getattr(model.posterior, "lean", None)
    if lean is not None:
        torch.nn.init.constant_(lean.linear.bias, 1.5)
    of = SamplerSource(model, encode(model, data), dataset=data)
    z = samplers["around"](of, SampleSettings(n=20_000, about=7, temperature=1.0))
    with torch.inference_mode():
        posterior = model.encode(batch_of(model, data, np.array([7])))
        wanted = posterior.sample(torch.Generator().manual_seed(1), 20_000)[:, 0].numpy()
    scale = np.sqrt(np.outer(wanted.var(axis=0), wanted.var(axis=0)))
    assert np.cov(z.T) / scale == pytest.approx(np.cov(wanted.T) / scale, abs=0.05)
    assert z.mean(axis=0) == pytest.approx(wanted.mean(axis=0), abs=0.05 * float(z.std()))


def test_truncated_keeps_to_the_middle() -> None:
    z = samplers["truncated"](source(), SampleSettings(n=5000, cut=0.7))
    assert np.abs(z).max() <= 0.7
    from scipy.stats import truncnorm

    assert z.std() == pytest.approx(truncnorm.std(-0.7, 0.7), rel=0.03)
