"""Bits against closed forms, and where a density is above the ceiling of its levels."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import pytest
import torch

from explorer.analysis.evidence import bits, estimate
from explorer.analysis.evidence.estimate import Evidence
from explorer.data.binarising import binarised
from explorer.data.dataset import Dataset, Preparation
from explorer.models.autoencoder import Autoencoder, build
from explorer.models.config import ModelConfig
from explorer.models.encoding import encode
from explorer.models.likelihoods import LINKS, likelihoods
from explorer.models.likelihoods.gaussian import FixedGaussian
from tests.fakes import LinearModel, toy_dataset

DATA = toy_dataset(40, levels=16)
INDEX = DATA.test_index


def linear(d: int = 2) -> LinearModel:
    model = LinearModel(DATA.preparation, d)
    model.likelihood.levels = 16
    return model.float()


def measured(model: Autoencoder, data: Dataset = DATA) -> Evidence:
    found = estimate.measure(model, data, data.test_index, 200)
    assert found is not None
    return found


def test_the_mass_of_a_wide_density_is_the_density_by_the_step(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Quantisation by h adds h^2 / 12 to the variance: of sigma 1/2 and 1/16 next to nothing."""
    monkeypatch.setattr(bits, "DRAWS", 5000)  # so that their own error is small beside the spread
    model = linear()
    inner = replace(DATA, x=np.clip(DATA.x, 1, 15))  # the open ends have more
    found = measured(model, inner)
    seen = bits.lengths(model, inner, encode(model, inner, inner.test_index), found)
    values = seen.values()
    assert found.log_likelihood is not None and seen.way == bits.MASS
    want = (64 * math.log(16) - found.log_likelihood) / (64 * math.log(2))
    assert values["bits_per_dim"] == pytest.approx(want.mean(), abs=0.003)
    assert values["bits_per_dim_of_density"] == pytest.approx(want.mean(), abs=1e-6)
    assert values["bits_per_dim_bound"] >= values["bits_per_dim"] - 1e-3  # type: ignore[operator]
    error = want.std(ddof=1) / math.sqrt(len(want))
    assert values["bits_per_dim_standard_error"] == pytest.approx(error, rel=0.05)
    assert values["log_likelihood_ceiling"] == pytest.approx(64 * math.log(16))
    assert (values["levels"], values["bits_per_dim_n"]) == (17, len(inner.test_index))
    assert values["share_beyond_ceiling"] == 0.0


def test_bits_of_a_density_are_never_negative() -> None:
    """However narrow it is: here all is black, and the density sits on it."""
    black = Dataset("black", np.zeros((10, 8, 8, 1), np.uint8), DATA.preparation, np.ones(10, bool))
    model = linear()
    for weights in model.decoder.parameters():
        weights.zero_()
    model.likelihood = FixedGaussian(LINKS["identity"], 0.001)
    model.likelihood.levels = 16
    found = measured(model, black)
    values = bits.lengths(model, black, encode(model, black, black.test_index), found).values()
    assert values["bits_per_dim"] == pytest.approx(0.0, abs=0.1)
    density = -0.5 * math.log(2 * math.pi) - math.log(0.001)
    assert values["bits_per_dim_of_density"] == pytest.approx(
        (math.log(16) - density) / math.log(2), abs=0.1
    )
    assert values["share_beyond_ceiling"] == 1.0
    (said,) = bits.warnings_of(values, "")
    assert "100.0% of the features is above the ceiling of any model of 17 levels" in said
    assert "read as bits it would be -4.6" in said


def test_the_share_is_of_features_above_log_levels() -> None:
    model = linear()
    model.likelihood = FixedGaussian(LINKS["identity"], 0.02)
    model.likelihood.levels = 16
    x = torch.from_numpy(DATA.unit(INDEX)).reshape(-1, 1, 8, 8)
    with torch.no_grad():
        mean = model.decode(model.encode(x).mean)
    density = torch.distributions.Normal(mean, 0.02).log_prob(x)
    want = float((density > math.log(16)).double().mean())
    assert 0.0 < want < 1.0
    assert bits.share_beyond(model, DATA, INDEX, encode(model, DATA, INDEX).mean) == pytest.approx(
        want
    )


@pytest.mark.parametrize("name", list(likelihoods))
def test_a_feature_by_itself_is_a_term_of_the_sum(name: str) -> None:
    made = likelihoods[name]().double().eval()
    raw = torch.randn(5, made.outputs * 3, 4, 2, dtype=torch.float64)
    x = torch.randint(0, 2, (5, 3, 4, 2)).double()
    alone = bits.per_feature(made, raw, x)
    assert alone.shape == x.shape
    torch.testing.assert_close(alone.sum((1, 2, 3)), made.log_prob(raw[None], x)[0])
    raw[0, 0, 0, 0] += 1.0
    moved = bits.per_feature(made, raw, x) != alone
    assert moved.sum() == 1 and moved[0, 0, 0, 0]


def test_a_probability_has_its_bits_from_log_p() -> None:
    model = build(
        ModelConfig("vae", likelihood="discretised-logistic", hidden=8), DATA.preparation, seed=0
    ).eval()
    found = measured(model)
    seen = bits.lengths(model, DATA, encode(model, DATA, INDEX), found)
    values = seen.values()
    assert found.log_likelihood is not None
    assert values["bits_per_dim"] == pytest.approx(
        -found.log_likelihood.mean() / (64 * math.log(2))
    )
    assert values["bits_per_dim_bound"] == pytest.approx(-found.elbo.mean() / (64 * math.log(2)))
    assert values["bits_per_dim_way"] == "probability" and values["log_likelihood_ceiling"] == 0.0
    (said,) = bits.warnings_of(values, "")
    assert said.startswith("bits_per_dim_of_density is null")


def test_a_model_of_masses_has_the_same_weights() -> None:
    model = linear()
    made = bits.of_masses(model)
    assert made.decoder is model.decoder and not made.training
    assert made.likelihood.discrete and not made.likelihood.tabled
    z = torch.randn(3, 2)
    assert torch.equal(made.decode(z), model.decode(z))
    x = torch.rand(3, 1, 8, 8)
    raw = model.raw(z)[None]
    assert torch.equal(made.likelihood.log_prob(raw, x), model.likelihood.log_mass(raw, x))
    drawn = made.likelihood.sample(raw, torch.Generator().manual_seed(0))
    assert torch.equal(drawn, model.likelihood.sample(raw, torch.Generator().manual_seed(0)))


def test_why_there_are_none() -> None:
    table = Dataset(
        "table", np.zeros((4, 1, 9, 1), np.float32), Preparation(1, 9, levels=1, kind="table"),
        np.ones(4, bool),
    )  # fmt: skip
    assert bits.why_none(ModelConfig("vae"), table) == bits.NO_LEVELS
    assert bits.why_none(ModelConfig("vae"), DATA) == ""
    cross_entropy = ModelConfig("vae", likelihood="bernoulli")
    assert bits.why_none(cross_entropy, DATA) == bits.NO_LIKELIHOOD
    assert bits.why_none(cross_entropy, binarised(DATA, "fixed")) == ""
    nothing: dict[str, object] = dict.fromkeys(bits.KEYS)
    (said,) = bits.warnings_of(nothing, bits.NO_LEVELS)
    assert said.startswith("bits_per_dim, ") and said.endswith("no length in bits")
    (said,) = bits.warnings_of(nothing, "")
    assert said == f"{', '.join(bits.KEYS[:-1])} and {bits.KEYS[-1]} are null: {bits.POINT}"


def test_an_unknown_log_p_leaves_its_bound() -> None:
    seen = bits.Lengths(None, np.array([-10.0, -20.0]), bits.PROBABILITY, 1, 5)
    values = seen.values()
    assert seen.bits is None and replace(seen, log_p=seen.elbo).bits is not None
    twice = replace(seen, log_p=2 * seen.elbo)
    np.testing.assert_allclose(twice.bits, [20 / (5 * math.log(2)), 40 / (5 * math.log(2))])
    assert values["bits_per_dim"] is None and values["bits_per_dim_standard_error"] is None
    assert values["bits_per_dim_bound"] == pytest.approx(15 / (5 * math.log(2)))
    said = bits.warnings_of(values, "", "too many codes")
    assert said[0] == "bits_per_dim and bits_per_dim_standard_error are null: too many codes"


@pytest.mark.parametrize(
    ("share", "read", "heard"),
    [
        (0.00099, 0.0, None),
        (0.00101, 0.0, "the density of 0.1% of the features is above"),
        (0.25, 1.5, "the density of 25.0% of the features is above"),
        (0.0, -0.004, "of 17 levels; read as bits it would be -0.00 per dimension: values sit"),
    ],
)
def test_a_density_above_the_ceiling_is_said_as_soon_as_its_share_reads_more_than_none(
    share: float, read: float, heard: str | None
) -> None:
    """A share below 0.1 % would read 0.0 %; a negative length is said, however few features."""
    values = {"bits_per_dim_of_density": read, "share_beyond_ceiling": share, "levels": 17}
    said = bits.of_ceiling(values)
    assert len(said) == (heard is not None)
    if heard is not None:
        assert heard in said[0] and ("read as bits" in said[0]) == (read < 0.0)
    assert bits.of_ceiling({**values, "bits_per_dim_of_density": None}) == []


def test_of_many_samples_a_hundred_have_their_masses_measured() -> None:
    """Whose error is still that over samples: draws add little to it."""
    many, model = toy_dataset(600, levels=16), linear()
    model.likelihood = FixedGaussian(LINKS["identity"], 0.5)
    model.likelihood.levels = 16
    codes = encode(model, many, many.test_index)
    assert len(codes.index) == 120
    found = estimate.measure(model, many, codes.index, 20)
    assert found is not None
    one, other = (bits.lengths(model, many, codes, found, seed=seed).values() for seed in (0, 1))
    assert one["bits_per_dim_n"] == bits.MOST
    apart = abs(one["bits_per_dim_bound"] - other["bits_per_dim_bound"])  # type: ignore[operator]
    assert apart < 0.3 * one["bits_per_dim_bound_standard_error"]  # type: ignore[operator]
    assert one["bits_per_dim_of_density"] == pytest.approx(
        (64 * math.log(16) - found.log_likelihood.mean()) / (64 * math.log(2))
    )  # type: ignore[union-attr]
