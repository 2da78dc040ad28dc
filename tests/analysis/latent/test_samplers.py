"""Each sampler's draws have the moments they should; BIC finds a mixture that is known."""

from __future__ import annotations

from dataclasses import replace

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
        samplers["prior"](source("ae", std=0.0), SampleSettings(1))


def test_around_is_the_posterior() -> None:
    of = source(std=0.5)
    z = samplers["around"](of, SampleSettings(n=20_000, about=7, temperature=2.0))
    assert z.mean(axis=0) == pytest.approx(of.codes.mean[7], abs=0.05)
    assert z.std(axis=0) == pytest.approx(np.ones(2), rel=0.05)
    for about in (600, -1):
        with pytest.raises(ModelError, match=f"no sample {about}") as caught:
            samplers["around"](of, SampleSettings(1, about=about))
        assert caught.value.remedy == "choose 0 to 599"


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


@pytest.mark.parametrize("known", ["widths", "covariances", "the posterior"])
def test_the_temperature_says_how_far_from_the_mean_the_same_draws_lie(known: str) -> None:
    data = toy_dataset(9)
    model = build(ModelConfig("full-cov-vae", hidden=16), data.preparation, seed=0).eval()
    torch.nn.init.constant_(model.posterior.lean.linear.bias, 1.5)  # type: ignore[union-attr]
    codes = encode(model, data)
    of = SamplerSource(
        model,
        replace(codes, cov=None) if known == "widths" else codes,
        dataset=data if known == "the posterior" else None,
    )
    middle = codes.mean[4]
    near, far = (
        samplers["around"](of, SampleSettings(n=20_000, about=4, temperature=t)) for t in (1, 3)
    )
    np.testing.assert_allclose(far - middle, 3 * (near - middle), rtol=1e-3, atol=1e-4)
    assert codes.cov is not None
    wanted = np.diag(codes.std[4] ** 2) if known == "widths" else codes.cov[4]
    assert np.cov(near.T) == pytest.approx(wanted, abs=0.05 * float(wanted.max()))


@pytest.mark.parametrize("n", [1, 2, 5, 30])
def test_a_code_that_is_a_point_is_as_wide_as_its_ten_nearest_are_away(n: int) -> None:
    mean = np.random.default_rng(n).normal(size=(n, 2)).astype(np.float32)
    codes = Codes("m", mean, np.zeros_like(mean), np.arange(n))
    of = SamplerSource(source("ae").model, codes)
    z = samplers["around"](of, SampleSettings(n=20_000, about=0))
    away = mean - mean[0]
    nearest = sorted(away[1:].tolist(), key=lambda a: a[0] ** 2 + a[1] ** 2)[:10]
    wanted = np.sqrt(np.mean(np.square(nearest), axis=0)) if nearest else np.zeros(2)
    np.testing.assert_allclose(z.std(axis=0), wanted, rtol=0.03, atol=1e-3)
    np.testing.assert_allclose(z.mean(axis=0), mean[0], atol=0.05)


def test_a_mixture_that_was_fitted_before_is_not_fitted_again() -> None:
    far = mixtures.FittedMixture(np.ones(1), np.array([[50.0, 0.0]]), np.eye(2)[None], 0.0)
    of = replace(source(), fitted=far)
    assert of.used is None
    assert samplers["mixture"](of, SampleSettings(n=99)).mean(axis=0) == pytest.approx(
        [50, 0], abs=0.5
    )
    assert of.used is far


def test_where_no_standard_prior_is_the_cut_is_of_each_components_own_noise() -> None:
    """At no distance at all every sample is the middle of a component."""
    two = mixtures.FittedMixture(
        np.array([0.5, 0.5]), np.array([[9.0, 1.0], [-9.0, 2.0]]), np.stack([np.eye(2)] * 2), 0.0
    )
    z = samplers["truncated"](replace(source("ae"), fitted=two), SampleSettings(n=50, cut=0.0))
    assert {tuple(row) for row in z.tolist()} == {(9.0, 1.0), (-9.0, 2.0)}
    standard = samplers["truncated"](replace(source(), fitted=two), SampleSettings(n=50, cut=0.0))
    assert not standard.any()
