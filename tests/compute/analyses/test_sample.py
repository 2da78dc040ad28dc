"""explorer.compute.analyses.sample: the same seed draws the same, wherever from."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from explorer.analysis.latent.samplers import samplers
from explorer.compute.analyses.encode import FindCodes
from explorer.compute.analyses.sample import SAMPLERS, DrawSamples
from explorer.compute.decoding.place import DecodePlace
from explorer.errors import DataError, ModelError
from explorer.task import NO_TASK
from tests.compute.small import DATA, snapshot


def asked(preset: str = "vae", **fields: Any) -> DrawSamples:
    model = snapshot(preset)
    codes = FindCodes(model, DATA).answer()
    return DrawSamples(model, DATA, codes=codes, **{"sampler": "prior", "n": 12, **fields})


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


def test_every_sampler_has_its_words() -> None:
    assert set(SAMPLERS) == set(samplers)
    assert all(title and told for title, told in SAMPLERS.values())


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
    assert question.codes is not None
    mean = question.codes.mean.copy()
    mean[DATA.test] += 100
    far = replace(question, codes=replace(question.codes, mean=mean))
    assert np.abs(far.answer().z).max() < 50


def test_a_mixture_is_fitted_once_for_the_same_codes(monkeypatch: pytest.MonkeyPatch) -> None:
    question = asked(sampler="mixture")
    drawn = question.answer()
    monkeypatch.setattr("explorer.analysis.latent.mixtures.fit", lambda *_: pytest.fail("again"))
    again = replace(question, seed=0).answer()
    assert np.array_equal(again.z, drawn.z) and again.components == drawn.components
    truncated = replace(question, sampler="truncated").answer()  # N(0, I) is cut
    assert truncated.components is None


@pytest.mark.parametrize("sampler", SAMPLERS)
def test_codes_that_are_not_known_are_found(sampler: str) -> None:
    question = asked(sampler=sampler, sample=4)
    known, found = question.answer(), replace(question, codes=None).answer()
    assert np.allclose(known.z, found.z, atol=1e-5) and known.components == found.components


def test_what_is_reported_is_what_was_drawn() -> None:
    question = asked(n=5, seed=3)
    answer = question.answer()
    report = question.report(answer)
    assert report.values == {"n": 5, "sampler": "prior", "seed": 3}
    assert report.thing is not None and report.thing.arrays is not None
    arrays = report.thing.arrays(NO_TASK)
    assert np.array_equal(arrays["z"], answer.z)
    assert np.array_equal(arrays["x"].reshape(5, -1), answer.rows)
    assert report.thing.picture is not None
    assert report.thing.picture(NO_TASK).shape == (2 * 8, 3 * 8, 1)


def test_there_must_be_such_a_sample() -> None:
    with pytest.raises(DataError, match=r"no sample 100.*give --about 0 to 99"):
        asked(sampler="around", sample=100).answer()
    assert asked(sampler="around", sample=99).answer().z.shape == (12, 2)


def test_a_mixture_is_of_all_codes_where_none_is_of_the_training_part() -> None:
    question = asked(sampler="mixture", n=50)
    codes = question.codes
    assert codes is not None
    few = np.flatnonzero(DATA.test[codes.index])
    there = replace(codes, mean=codes.mean[few] + 100, std=codes.std[few], index=codes.index[few])
    assert replace(question, codes=there).answer().z.min() > 50


def test_sampled_pixels_are_not_the_mean() -> None:
    question = asked(n=3)
    mean, pixels = question.answer(), replace(question, pixels=True).answer()
    assert np.array_equal(mean.z, pixels.z)
    assert not np.array_equal(mean.pictures, pixels.pictures)


def test_a_plain_autoencoder_has_a_mixture_and_no_prior() -> None:
    with pytest.raises(ModelError, match="no prior"):
        asked("ae").answer()
    assert asked("ae", sampler="mixture").answer().components is not None
