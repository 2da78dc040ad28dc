"""explorer.compute.analyses.denoise: noise as trainings put it on, and what is left of it."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
import torch

from explorer.analysis import pca
from explorer.compute.analyses.denoise import Denoise
from explorer.config import settings_of
from explorer.data.opening import open_dataset
from explorer.errors import Cancelled
from explorer.models.noises import amounts, in_order
from explorer.task import NO_TASK, Task
from tests.compute.small import DATA, linear_model, snapshot


def test_every_noise_of_a_training_can_be_put_on() -> None:
    told = {one.name: one for one in settings_of(Denoise)}
    assert told["corruption"].choices == tuple(in_order())
    assert (told["corruption"].default, told["amount"].default) == ("gaussian", 0.5)
    assert amounts() in told["amount"].help


def test_gaussian_noise_has_the_sigma_asked_for_and_is_the_seeds() -> None:
    rows = np.full((200, 64), 0.5, np.float32)
    noisy = Denoise(snapshot(), DATA, amount=0.25).corrupted(rows)
    noise = torch.Generator().manual_seed(0)
    wanted = 0.5 + 0.25 * torch.empty(200, 1, 8, 8).normal_(generator=noise).numpy()
    np.testing.assert_allclose(noisy, wanted.reshape(200, 64), atol=1e-6)
    assert (noisy - 0.5).std() == pytest.approx(0.25, rel=0.03)
    other = Denoise(snapshot(), DATA, amount=0.25, seed=1).corrupted(rows)
    assert not np.array_equal(noisy, other)


@pytest.mark.parametrize("preset", ["vae", "ae"])
def test_salt_and_pepper_are_the_ends_of_pictures(preset: str) -> None:
    rows = np.full((100, 64), 0.5, np.float32)
    question = Denoise(snapshot(preset), DATA, corruption="salt-and-pepper", amount=0.4)
    noisy = question.corrupted(rows)
    shares = [(noisy == value).mean() for value in (0.0, 0.5, 1.0)]
    assert shares == pytest.approx([0.2, 0.6, 0.2], abs=0.03)


def test_salt_and_pepper_of_a_table_are_three_deviations() -> None:
    wine = open_dataset("wine")
    model = replace(snapshot(), preparation=wine.preparation)
    rows = np.zeros((20, wine.preparation.features), np.float32)
    noisy = Denoise(model, wine, corruption="salt-and-pepper", amount=1.0).corrupted(rows)
    assert set(np.unique(noisy).tolist()) == {-3.0, 3.0}


def test_a_patch_is_blank() -> None:
    noisy = Denoise(snapshot(), DATA, corruption="patch", amount=0.5).corrupted(
        np.ones((30, 64), np.float32)
    )
    assert ((noisy == 0).sum(axis=1) == 16).all()


def test_the_errors_are_those_of_each_guess() -> None:
    model, module = linear_model()
    question = Denoise(model, DATA, amount=0.3)
    survey, linear = question.answer(), pca.fit(DATA, 2)
    np.testing.assert_array_equal(survey.clean, DATA.unit(DATA.test_index))
    np.testing.assert_array_equal(survey.damaged, question.corrupted(survey.clean))
    noisy = torch.from_numpy(survey.damaged).double()
    z = (noisy - 0.5) @ module.basis.double() / (module.scale**2 + module.sigma**2)
    restored = 0.5 + z @ module.basis.double().T
    np.testing.assert_allclose(survey.restored, restored.numpy(), atol=1e-5)
    guesses = {
        "mse": survey.restored,
        "noisy_mse": survey.damaged,
        "pca_mse": linear.reconstruct(linear.project(survey.damaged)),
        "mean_mse": np.broadcast_to(linear.mean, survey.clean.shape),
    }
    assert set(survey.errors) == set(guesses)
    for name, rows in guesses.items():
        mse = ((rows - survey.clean).astype(np.float64) ** 2).mean()
        assert survey.errors[name] == pytest.approx(mse, rel=1e-5), name


def test_without_noise_the_noisy_ones_have_no_error() -> None:
    survey = Denoise(snapshot(), DATA, amount=0.0).answer()
    assert survey.errors["noisy_mse"] == 0 < survey.errors["mse"]


@pytest.mark.parametrize(("split", "n"), [("test", 20), ("train", 80), ("all", 100)])
def test_the_report_says_of_which_part_and_how_many(split: str, n: int) -> None:
    question = Denoise(snapshot(), DATA, split=split, count=6, seed=2)
    survey = question.answer()
    report = question.report(survey)
    assert report.values == {
        "n": n, **survey.errors, "k": 2, "corruption": "gaussian", "amount": 0.5,
        "split": split, "seed": 2,
    }  # fmt: skip
    assert report.thing is not None and report.thing.picture is not None
    assert report.thing.picture(NO_TASK).shape == (3 * 8 + 2 * 2, 6 * 8, 1)


def test_it_stops_when_it_is_told_to() -> None:
    task = Task()
    task.cancel()
    with pytest.raises(Cancelled):
        Denoise(snapshot(), DATA).answer(task)
