"""Sampling, measuring, errors and uses of small models on toy data."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from explorer.analysis import pca
from explorer.compute import EncodeRequest, encode
from explorer.compute.comparing.sample import Compare
from explorer.compute.errors import ErrorsRequest, errors
from explorer.compute.measuring import MeasureRequest, as_csv, measure
from explorer.compute.sampling import SAMPLERS, SampleRequest, sample
from explorer.compute.uses import RestoreRequest, restore
from explorer.errors import ModelError
from explorer.models.autoencoder import build, weights_of
from explorer.models.config import ModelConfig, ModelSnapshot
from explorer.task import NO_TASK
from tests.fakes import toy_dataset

DATA = toy_dataset(n=100)


def snapshot(preset: str = "vae") -> ModelSnapshot:
    config = ModelConfig(preset=preset, hidden=16)
    weights = weights_of(build(config, DATA.preparation, seed=0))
    return ModelSnapshot(f"toy-{preset}", config, DATA.preparation, weights)


def asked(preset: str = "vae", **fields: object) -> SampleRequest:
    model = snapshot(preset)
    codes = encode(EncodeRequest(model, DATA), NO_TASK)
    return SampleRequest(model, DATA, codes, **{"sampler": "prior", "n": 12, **fields})  # type: ignore[arg-type]


@pytest.mark.parametrize("sampler", SAMPLERS)
def test_every_sampler_draws_pictures_and_the_same_again(sampler: str) -> None:
    request = asked(sampler=sampler, about=4)
    one, two = sample(request, NO_TASK), sample(request, NO_TASK)
    assert one.z.shape == (12, 2) and one.pictures.shape == (12, 8, 8, 1)
    assert one.pictures.dtype == np.uint8
    assert np.array_equal(one.z, two.z) and np.array_equal(one.pictures, two.pictures)
    other = sample(replace(request, seed=1), NO_TASK)
    assert not np.array_equal(one.z, other.z)
    assert (one.components is not None) == (sampler == "mixture")


def test_around_a_sample_means_around_its_code() -> None:
    request = asked(sampler="around", about=44, temperature=1e-4, n=5)
    found = sample(request, NO_TASK)
    assert np.allclose(found.z, request.codes.mean[44], atol=1e-2)


def test_sampled_pixels_are_not_the_mean() -> None:
    request = asked(n=3)
    mean, pixels = sample(request, NO_TASK), sample(replace(request, pixels=True), NO_TASK)
    assert np.array_equal(mean.z, pixels.z)
    assert not np.array_equal(mean.pictures, pixels.pictures)


def test_a_plain_autoencoder_has_a_mixture_and_no_prior() -> None:
    with pytest.raises(ModelError, match="no prior"):
        sample(asked("ae"), NO_TASK)
    assert sample(asked("ae", sampler="mixture"), NO_TASK).components is not None


def test_what_is_measured_adds_up(tmp_path: Path) -> None:
    seen = []
    request = MeasureRequest(snapshot(), DATA, 20, folder=tmp_path)
    task = type(NO_TASK)(on_partial=seen.append)
    found = measure(request, task)
    assert np.array_equal(found.index, DATA.test_index)
    assert np.allclose(found.elbo, -found.reconstruction - found.kl)
    assert found.kl_per_dim.sum() == pytest.approx(found.kl.mean(), rel=1e-4)
    assert found.mean("log_likelihood")[0] >= found.mean("elbo")[0] - 0.1
    assert seen and not seen[0].gaps and found.gaps["mutual_information"] is not None
    assert not list(tmp_path.iterdir())  # all is done
    lines = as_csv(found, tuple("l" for _ in range(100))).splitlines()
    assert len(lines) == 1 + len(found.index) and lines[1].split(",")[1] == '"l"'


def test_a_point_has_no_evidence() -> None:
    with pytest.raises(ModelError, match="a point"):
        measure(MeasureRequest(snapshot("ae"), DATA, 5), NO_TASK)


def test_errors_are_those_of_the_comparison() -> None:
    model = snapshot()
    found = errors(ErrorsRequest(model, DATA), NO_TASK)
    for i in (0, 57):
        one = Compare(DATA, i, model, None).answer()
        assert found.mse[i] == pytest.approx(one.mse, rel=1e-5)


def test_noise_and_holes_are_restored_and_scored_where_they_were() -> None:
    linear = pca.fit(DATA, 8)
    request = RestoreRequest(snapshot(), DATA, 3, linear, None, noise=0.5)
    noisy = restore(request, NO_TASK)
    assert noisy.damaged_mse == pytest.approx(0.25, rel=0.4)
    assert noisy.linear is not None and noisy.linear_mse is not None and noisy.k == 2
    known = np.ones((8, 8), bool)
    known[4:, 4:] = False
    filled = restore(replace(request, noise=0.0, known=known), NO_TASK)
    assert np.array_equal(filled.restored[known], filled.original[known])
    two = restore(replace(request, pca=pca.fit(DATA, 2), noise=0.0, known=known), NO_TASK)
    assert filled.k == two.k == 2 and filled.linear_mse == pytest.approx(two.linear_mse, rel=1e-4)
    whole = restore(replace(request, known=np.ones((8, 8), bool)), NO_TASK)
    assert whole.restored is None and whole.restored_mse is None  # there is no hole
