"""What the codes of the training part tell together: which codes, which posteriors, which words."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
import torch

import explorer.analysis.evidence.together as module
from explorer.analysis.evidence import estimate
from explorer.analysis.evidence.together import ALL_KEYS, limit_of, prior_of, said_of, together
from explorer.models import autoencoder
from explorer.models.autoencoder import Autoencoder, build
from explorer.models.config import Codes, ModelConfig
from explorer.models.encoding import encode
from tests.fakes import toy_dataset

DATA = toy_dataset(60)


def model_of(preset: str, d: int = 2) -> Autoencoder:
    config = ModelConfig(preset, hidden=16, latent_dim=d)
    return build(config, DATA.preparation, seed=0).eval()


def test_they_are_of_the_training_part_whatever_is_evaluated() -> None:
    model = model_of("vae")
    found, other = (together(model, DATA, i) for i in (DATA.test_index, DATA.train_index))
    assert found == other
    assert (found["aggregate_n"], found["aggregate_part"]) == (48, "train")
    all_test = replace(DATA, test=np.ones(60, bool))
    found = together(model, all_test, all_test.test_index)
    assert (found["aggregate_n"], found["aggregate_part"]) == (60, "test")


def test_there_are_so_many_at_most(monkeypatch: pytest.MonkeyPatch) -> None:
    """By the seed; fewer where a covariance takes room."""
    monkeypatch.setattr(module, "MOST", 30)
    found = together(model_of("vae"), DATA, DATA.test_index)
    assert found["aggregate_n"] == 30
    assert found != together(model_of("vae"), DATA, DATA.test_index, seed=1)
    monkeypatch.setattr(module, "MOST_VALUES", 20 * 16)
    assert together(model_of("full-cov-vae", 4), DATA, DATA.test_index)["aggregate_n"] == 20
    assert together(model_of("vae", 4), DATA, DATA.test_index)["aggregate_n"] == 30


def test_the_last_of_the_curve_are_the_numbers() -> None:
    found = together(model_of("vae"), DATA, DATA.test_index)
    curve = found["aggregate_curve"]
    assert isinstance(curve, list) and [at["n"] for at in curve] == [12, 24, 48]
    for key in ("mutual_information", "kl_to_prior", "holes", "holes_error", "kl_to_prior_least"):
        assert curve[-1][key] == found[key]
    assert curve[-1]["kl"] == found["aggregate_kl"]
    assert set(found) == set(ALL_KEYS)


@pytest.mark.parametrize("d", [2, 5])
def test_a_flow_is_taken_as_it_is(d: int) -> None:
    """Its mean KL is that of its own draws, which a Gaussian of its moments would not have."""
    model = model_of("flow-vae", d)
    with torch.no_grad():
        for step in model.posterior.steps:  # type: ignore[union-attr]
            torch.nn.init.normal_(step.outputs.weight, std=0.2)  # type: ignore[union-attr,arg-type]
    found = together(model, DATA, DATA.test_index)
    measured = estimate.measure(model, DATA, DATA.train_index, 50)
    assert measured is not None
    wide = 4.0 * float(found["aggregate_kl_error"]) + 4.0 * measured.kl.std() / 48**0.5  # type: ignore[arg-type]
    assert found["aggregate_kl"] == pytest.approx(measured.kl.mean(), abs=wide)
    assert found["mutual_information"] <= np.log(48) + 1e-3  # type: ignore[operator]


@pytest.mark.parametrize("preset", ["ae", "vq-vae"])
def test_points_have_no_aggregate(preset: str) -> None:
    assert together(model_of(preset), DATA, DATA.test_index) == dict.fromkeys(ALL_KEYS)


def test_one_point_is_enough_to_have_none(monkeypatch: pytest.MonkeyPatch) -> None:
    def pointed(*given: object, **more: object) -> Codes:
        codes = encode(*given, **more)  # type: ignore[arg-type]
        std = codes.std.copy()
        std[3, 0] = 0.0
        return replace(codes, std=std)

    model = autoencoder.build(ModelConfig("vae", hidden=16), DATA.preparation, seed=0).eval()
    assert together(model, DATA, DATA.test_index)["holes"] is not None
    monkeypatch.setattr(module, "encode", pointed)
    assert together(model, DATA, DATA.test_index)["holes"] is None


def test_a_learned_prior_is_asked_itself() -> None:
    model = model_of("gmm-vae")
    log_prior, draws = prior_of(model, 50)
    with torch.no_grad():
        wanted = model.prior.log_prob(torch.from_numpy(draws).float()).numpy()
    assert draws.shape == (50, 2)
    assert log_prior(draws) == pytest.approx(wanted, abs=1e-5)


@pytest.mark.parametrize("preset", ["vae", "gmm-vae"])
def test_draws_of_the_prior_are_the_seeds_and_of_its_moments(preset: str) -> None:
    model = model_of(preset)
    log_prior, draws = prior_of(model, 4000, seed=1)
    np.testing.assert_array_equal(draws, prior_of(model, 4000, seed=1)[1])
    assert not np.array_equal(draws, prior_of(model, 4000, seed=2)[1])
    assert draws.dtype == np.float64 and draws.shape == (4000, 2)
    assert log_prior(draws).shape == (4000,)
    if preset == "vae":
        wanted = -0.5 * (draws**2).sum(axis=1) - np.log(2 * np.pi)
        np.testing.assert_allclose(log_prior(draws), wanted, atol=1e-9)
        assert draws.mean(axis=0) == pytest.approx([0, 0], abs=0.07)
        assert draws.std(axis=0) == pytest.approx([1, 1], abs=0.05)


CURVE = [{"n": 10 * 4**i, "kl_to_prior": 0.2 + 0.1 * i} for i in range(5)]
VALUES = {
    "aggregate_curve": CURVE,
    "kl_to_prior_limit": 0.75,
    "kl_to_prior_limit_interval": [0.554, 0.946],
}


def test_the_curve_is_said_at_its_ends_and_in_its_middle_and_where_it_leads() -> None:
    (said,) = said_of(VALUES)
    assert "codes: 0.20 (10), 0.40 (160), 0.60 (2,560); of ever more" in said
    assert said.endswith("it is 0.75 (0.55 to 0.95)")
    (said,) = said_of({**VALUES, "aggregate_curve": CURVE[:1], "kl_to_prior_limit": None})
    assert "codes: 0.20 (10); of" in said
    assert said.endswith("at least 0.55 and at most 0.95: more is not known")


def test_a_limit_has_a_standard_error() -> None:
    """An interval of 95 % is 1.96 of them to both sides."""
    assert limit_of(VALUES) == {
        "kl_to_prior_limit": 0.75,
        "kl_to_prior_limit_error": pytest.approx(0.1, abs=1e-4),
    }


@pytest.mark.parametrize("key", ["aggregate_curve", "kl_to_prior_limit_interval"])
def test_nothing_is_said_without_a_curve_or_an_interval(key: str) -> None:
    assert said_of({**VALUES, key: None}) == []


@pytest.mark.parametrize("key", ["kl_to_prior_limit", "kl_to_prior_limit_interval"])
def test_a_limit_that_is_not_known_is_none(key: str) -> None:
    assert limit_of({**VALUES, key: None}) == {}
