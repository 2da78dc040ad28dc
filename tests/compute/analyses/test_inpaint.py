"""explorer.compute.analyses.inpaint: what is cut out, what it is filled with, and the errors."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from explorer.analysis import pca
from explorer.analysis.applications import restoring
from explorer.compute.analyses.inpaint import Inpaint
from explorer.data.splits import SPLITS
from explorer.errors import Cancelled, SettingsError
from explorer.models.autoencoder import build, weights_of
from explorer.models.config import ModelConfig, ModelSnapshot
from explorer.task import NO_TASK, Task
from tests.compute.small import DATA, linear_model, snapshot
from tests.fakes import toy_dataset

CUT = {
    "quarter": np.s_[4:, 4:],
    "centre": np.s_[2:6, 2:6],
    "half": np.s_[4:, :],
}


def small(**settings: object) -> Inpaint:
    return Inpaint(snapshot(), DATA, **{"steps": 3, "starts": 10, **settings})  # type: ignore[arg-type]


@pytest.mark.parametrize("hole", CUT)
def test_the_hole_is_black_before_and_only_it_is_filled(hole: str) -> None:
    survey = small(hole=hole).answer()
    lost = np.zeros((8, 8), bool)
    lost[CUT[hole]] = True
    lost = lost.ravel()
    assert (survey.damaged[:, lost] == 0).all()
    np.testing.assert_array_equal(survey.damaged[:, ~lost], survey.clean[:, ~lost])
    np.testing.assert_array_equal(survey.restored[:, ~lost], survey.clean[:, ~lost])
    mse = ((survey.restored - survey.clean)[:, lost].astype(np.float64) ** 2).mean()
    assert survey.errors["mse"] == pytest.approx(mse)


def test_the_errors_are_of_the_hole_beside_pca_and_the_mean() -> None:
    question = small()
    survey, linear, known = question.answer(), pca.fit(DATA, 2), question.known()
    guess = restoring.pca_inpaint(linear, survey.damaged, known)
    lost = ~known.ravel()
    wanted = {"pca_mse": guess, "mean_mse": np.broadcast_to(linear.mean, survey.clean.shape)}
    for name, rows in wanted.items():
        mse = ((rows - survey.clean)[:, lost].astype(np.float64) ** 2).mean()
        assert survey.errors[name] == pytest.approx(mse, rel=1e-5), name
    assert survey.k == 2 and set(survey.errors) == {"mse", "pca_mse", "mean_mse"}


def test_the_search_comes_to_the_most_probable_code_given_the_rest() -> None:
    model, module = linear_model()
    survey = Inpaint(model, DATA, starts=5, steps=400, hole="half").answer()
    basis, noise = module.basis.double().numpy(), module.sigma**2
    seen = basis[:32]  # the upper half is known
    precision = seen.T @ seen / noise + np.eye(2)
    z = np.linalg.solve(precision, seen.T @ (survey.clean[:, :32] - 0.5).T / noise).T
    np.testing.assert_allclose(survey.restored[:, 32:], 0.5 + z @ basis[32:].T, atol=1e-2)


@pytest.mark.parametrize(("split", "n"), [("test", 20), ("train", 80), ("all", 100)])
def test_the_part_and_the_most_say_which_samples(split: str, n: int) -> None:
    assert split in SPLITS
    assert small(split=split, steps=0).answer().n == n
    few = small(split=split, steps=0, most=7).answer()
    rows = DATA.unit(slice(None))
    assert few.n == 7 and all((rows == row).all(1).any() for row in few.clean)


def test_every_channel_of_a_hole_is_lost() -> None:
    data = toy_dataset(30, channels=3)
    config = ModelConfig(hidden=16)
    weights = weights_of(build(config, data.preparation))
    model = ModelSnapshot("of colours", config, data.preparation, weights)
    survey = Inpaint(model, data, steps=0, starts=3).answer()
    pictures = survey.damaged.reshape(-1, 8, 8, 3)
    assert (pictures[:, 4:, 4:] == 0).all()
    np.testing.assert_array_equal(pictures[:, :4], survey.clean.reshape(-1, 8, 8, 3)[:, :4])


def test_a_hole_that_takes_nothing_is_said() -> None:
    tiny = replace(DATA.preparation, height=1, width=3)
    model = replace(snapshot(), preparation=tiny)
    for hole, known in (("quarter", 2), ("half", 1)):
        assert Inpaint(model, DATA, hole=hole).known().sum() == known
    one = replace(model, preparation=replace(tiny, width=2))
    with pytest.raises(SettingsError, match="the centre of so small a sample is nothing"):
        Inpaint(one, DATA, hole="centre").known()


def test_the_seed_says_which_starts_and_the_report_says_all() -> None:
    question = small(starts=1000, count=4, seed=3)
    survey = question.answer()
    report = question.report(survey)
    assert report.values == {
        "n": 20, **survey.errors, "k": 2, "hole": "quarter", "split": "test",
        "starts": 80, "steps": 3, "seed": 3,
    }  # fmt: skip
    assert report.thing is not None and report.thing.picture is not None
    assert report.thing.picture(NO_TASK).shape == (3 * 8 + 2 * 2, 4 * 8, 1)
    one, other = (small(starts=1, steps=0, seed=seed).answer().restored for seed in (0, 1))
    assert not np.array_equal(one, other)
    np.testing.assert_array_equal(one, small(starts=1, steps=0, seed=0).answer().restored)


def test_it_stops_when_it_is_told_to() -> None:
    task = Task()
    task.cancel()
    with pytest.raises(Cancelled):
        small().answer(task)
