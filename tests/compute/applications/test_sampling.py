"""explorer.compute.applications.sampling: the same seed draws the same, wherever from."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from explorer.compute.analyses.encode import FindCodes
from explorer.compute.applications.sampling import SAMPLERS, DrawSamples
from explorer.compute.decoding.place import DecodePlace
from explorer.errors import ModelError
from tests.compute.small import DATA, snapshot


def asked(preset: str = "vae", **fields: Any) -> DrawSamples:
    model = snapshot(preset)
    codes = FindCodes(model, DATA).answer()
    return DrawSamples(model, DATA, codes, **{"sampler": "prior", "n": 12, **fields})


@pytest.mark.parametrize("sampler", SAMPLERS)
def test_every_sampler_draws_pictures_and_the_same_again(sampler: str) -> None:
    question = asked(sampler=sampler, sample=4)
    one, two = question.answer(), question.answer()
    assert one.z.shape == (12, 2) and one.pictures.shape == (12, 8, 8, 1)
    assert one.pictures.dtype == np.uint8
    assert np.array_equal(one.z, two.z) and np.array_equal(one.pictures, two.pictures)
    assert not np.array_equal(one.z, replace(question, seed=1).answer().z)
    assert (one.components is not None) == (sampler == "mixture")
    assert (one.sampler, one.seed) == (sampler, 0)


def test_what_is_drawn_is_decoded() -> None:
    question = asked(n=3)
    drawn = question.answer()
    for z, picture in zip(drawn.z, drawn.pictures, strict=True):
        there = DecodePlace(question.model, z.astype(np.float32)).answer()
        assert np.abs(there.astype(int) - picture).max() <= 1


def test_around_a_sample_means_around_its_code() -> None:
    question = asked(sampler="around", sample=44, temperature=1e-4, n=5)
    assert np.allclose(question.answer().z, question.codes.mean[44], atol=1e-2)


def test_it_is_about_a_sample_only_around_one() -> None:
    assert asked(sampler="around", sample=4).subject["sample"] == 4
    assert set(asked(sample=4).subject) == {"model", "dataset"}
    assert asked().quiet and not asked(sampler="mixture").quiet


def test_a_cut_leaves_no_tails() -> None:
    z = asked(sampler="truncated", cut=0.5, n=200).answer().z
    assert np.abs(z).max() <= 0.5
    assert np.abs(asked(n=200).answer().z).max() > 0.5


def test_a_mixture_is_of_the_training_part() -> None:
    """The held-out codes lie elsewhere; none of what is drawn is from there."""
    question = asked(sampler="mixture", n=200)
    mean = question.codes.mean.copy()
    mean[DATA.test] += 100
    far = replace(question, codes=replace(question.codes, mean=mean))
    far = replace(far, model=replace(far.model, id="far"))  # nothing was fitted for it before
    assert np.abs(far.answer().z).max() < 50


def test_sampled_pixels_are_not_the_mean() -> None:
    question = asked(n=3)
    mean, pixels = question.answer(), replace(question, pixels=True).answer()
    assert np.array_equal(mean.z, pixels.z)
    assert not np.array_equal(mean.pictures, pixels.pictures)


def test_a_plain_autoencoder_has_a_mixture_and_no_prior() -> None:
    with pytest.raises(ModelError, match="no prior"):
        asked("ae").answer()
    assert asked("ae", sampler="mixture").answer().components is not None
