"""Probabilities of levels: never above 1, together 1, drawn as often, with a scale that is held."""

from __future__ import annotations

import math

import pytest
import torch
from torch import Tensor

from explorer.data.dataset import Preparation
from explorer.errors import ModelError
from explorer.models.allowed import allowed
from explorer.models.autoencoder import build
from explorer.models.config import ModelConfig
from explorer.models.likelihoods import LINKS, Likelihood, likelihoods
from explorer.models.likelihoods.discretised import (
    Discretised,
    DiscretisedGaussian,
    DiscretisedLogistic,
)
from explorer.models.likelihoods.gaussian import FixedGaussian, Gaussian, LearnedGaussian

NAMES = ("discretised-logistic", "discretised-gaussian")


def of(name: str, levels: int) -> Discretised:
    made = likelihoods[name](LINKS["sigmoid"]).double()
    assert isinstance(made, Discretised)
    made.levels = levels
    return made


def outputs(made: Likelihood, *shape: int, seed: int = 0) -> Tensor:
    *most, channels, height, width = shape
    whole = (*most, made.outputs * channels, height, width)
    generator = torch.Generator().manual_seed(seed)
    return 2 * torch.randn(whole, generator=generator, dtype=torch.float64)


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("levels", [1, 16])
def test_a_probability_of_every_picture_there_can_be(name: str, levels: int) -> None:
    made = of(name, levels)
    raw = outputs(made, 3, 1, 1, 1, 2)
    grid = torch.arange(levels + 1).double() / levels
    pictures = torch.cartesian_prod(grid, grid).reshape(-1, 1, 1, 2)
    found = made.log_prob(raw.expand(-1, len(pictures), -1, -1, -1), pictures)
    assert found.max() <= 0.0
    torch.testing.assert_close(found.exp().sum(1), torch.ones(3).double(), atol=1e-6, rtol=0)


@pytest.mark.parametrize("name", NAMES)
def test_what_is_shown_is_the_mean_of_what_is_drawn(name: str) -> None:
    made = of(name, 16)
    raw = outputs(made, 1, 2, 3, 3)
    drawn = made.sample(raw.expand(5000, *raw.shape[1:]), torch.Generator().manual_seed(0))
    assert drawn.shape == (5000, 2, 3, 3)
    torch.testing.assert_close((16 * drawn).round() / 16, drawn)
    away = (drawn.mean(0) - made.mean(raw)[0]).abs()
    assert (away < 5 * drawn.std(0) / 5000**0.5 + 1e-4).all()


def test_the_logistic_tells_a_scale_of_each_feature() -> None:
    made = of("discretised-logistic", 16)
    raw = torch.tensor([[0.3, -0.4], [-50.0, 50.0]]).double().reshape(2, 1, 2)
    location, scale = made.parts(raw)
    torch.testing.assert_close(location, 0.5 + raw[:1])  # beyond [0, 1], too
    ends = (math.exp(-3.0) / 16, 1.0)  # a twentieth of a step, and all of the range
    assert scale.flatten().tolist() == pytest.approx(ends, rel=0.01)
    usual = made.parts(torch.zeros(2, 1, 1).double())[1]
    assert float(usual) == pytest.approx(math.exp(-1.5), rel=0.25)


@torch.no_grad()
def test_the_gaussian_learns_one_sigma() -> None:
    made = of("discretised-gaussian", 16)
    assert isinstance(made, DiscretisedGaussian)
    location, sigma = made.parts(torch.zeros(1, 1, 1).double())
    assert float(location) == 0.5 and sigma.shape == ()
    assert float(sigma) == pytest.approx(float(LearnedGaussian().log_sigma().exp()), rel=0.02)
    before = float(sigma)
    made.free += 0.1
    after = float(made.parts(torch.zeros(1, 1, 1).double())[1])
    assert math.log(after / before) == pytest.approx(1.0, rel=0.05)  # ten times as fast
    made.free -= 1e6
    assert float(made.parts(torch.zeros(1, 1, 1).double())[1]) == pytest.approx(math.exp(-3) / 16)


def test_it_is_no_gaussian_density() -> None:
    """Whose evidence in closed form would be another number."""
    assert not issubclass(DiscretisedGaussian, Gaussian)
    assert DiscretisedLogistic.discrete and not FixedGaussian.discrete


@pytest.mark.parametrize("name", NAMES)
def test_a_model_knows_the_levels_of_its_data(name: str) -> None:
    config = ModelConfig("vae", likelihood=name, hidden=8)
    for preparation, levels in (
        (Preparation(8, 8, levels=16), 16),
        (Preparation(8, 8), 255),
        (Preparation(8, 8, levels=1, binarisation="fixed"), 1),
        (Preparation(8, 8, binarisation="dynamic"), 1),
    ):
        assert build(config, preparation, seed=0).likelihood.levels == levels


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("kind", ["signals", "table"])
def test_data_without_levels_is_refused(name: str, kind: str) -> None:
    preparation = Preparation(1, 9, levels=1, kind=kind)
    with pytest.raises(ModelError, match=f"vae has no likelihood '{name}' for {kind}") as caught:
        allowed(ModelConfig("vae", likelihood=name), preparation)
    assert "choose one of gaussian-learned" in str(caught.value.remedy)
    assert build(ModelConfig("vae", hidden=8), preparation, seed=0).likelihood.levels == 0


def test_of_two_levels_all_mass_is_on_both_sides_of_the_middle() -> None:
    made = of("discretised-logistic", 1)
    raw = outputs(made, 4, 1, 1, 1)
    location, scale = made.parts(raw)
    dark = made.log_prob(raw[None], torch.zeros(4, 1, 1, 1).double())[0]
    torch.testing.assert_close(dark, torch.log(torch.sigmoid((0.5 - location) / scale)).flatten())


@pytest.mark.parametrize("name", [n for n in likelihoods if n != "bernoulli"])
@pytest.mark.parametrize("levels", [1, 16, 255])
def test_masses_of_levels_add_up_to_one_or_less(name: str, levels: int) -> None:
    made = likelihoods[name](LINKS["sigmoid"]).double().eval()
    made.levels = levels
    raw = outputs(made, 2, 1, 1, 1, 1)
    x = (torch.arange(levels + 1).double() / levels).reshape(-1, 1, 1, 1)
    found = made.log_mass(raw.expand(-1, levels + 1, -1, -1, -1), x)
    assert found.shape == (2, levels + 1) and found.max() <= 0.0
    torch.testing.assert_close(found.exp().sum(1), torch.ones(2).double(), atol=1e-6, rtol=0)
    bound = Likelihood.log_mass(made, raw.expand(-1, levels + 1, -1, -1, -1), x)
    if not made.discrete:
        assert made.mass_is_exact and (bound <= found + 1e-7).all()


def test_a_density_by_itself_has_a_bound_of_its_masses() -> None:
    """The mean of log p over a bin, and its width: exact where the density is even."""

    class Laplace(Likelihood):
        def log_prob(self, raw: Tensor, x: Tensor) -> Tensor:
            return (-(raw - x).abs() / 0.5 - math.log(2 * 0.5)).sum((-3, -2, -1))

        def mean(self, raw: Tensor) -> Tensor:
            return raw

        def sample(self, raw: Tensor, generator: torch.Generator | None = None) -> Tensor:
            return raw

    made = Laplace().double()
    made.levels = 10
    assert not made.mass_is_exact and not made.discrete
    raw = torch.full((1, 3, 1, 1, 1), 2.0).double()
    x = torch.tensor([0.0, 0.5, 1.0]).double().reshape(3, 1, 1, 1)
    middles, widths = torch.tensor([0.025, 0.5, 0.975]), torch.tensor([0.05, 0.1, 0.05])
    want = -(2.0 - middles) / 0.5 + widths.log()
    torch.testing.assert_close(made.log_mass(raw, x)[0], want.double(), atol=1e-6, rtol=0)
