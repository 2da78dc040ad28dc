"""explorer.compute.encoding.principal: the components are numpy's singular vectors."""

from __future__ import annotations

import numpy as np
import pytest

from explorer.analysis import pca
from explorer.compute.encoding.principal import CHUNK, LARGE, MOST_SCORES, FitPca
from explorer.config import settings_of
from explorer.data.binarising import binarised, fixed_draw
from explorer.errors import Cancelled
from explorer.models.config import ModelConfig
from explorer.task import Task
from tests.compute.small import DATA
from tests.fakes import toy_dataset


def test_pca_is_that_of_the_training_part() -> None:
    fitted, scores = FitPca(DATA).answer()
    train = DATA.unit(~DATA.test).astype(np.float64)
    _, _, axes = np.linalg.svd(train - train.mean(0), full_matrices=False)
    for i in range(3):
        assert abs(axes[i] @ fitted.components[i]) == pytest.approx(1, abs=1e-3)
    assert scores.shape == (len(DATA), MOST_SCORES) and scores.dtype == np.float32
    by_hand = (DATA.unit(slice(None)) - train.mean(0)) @ fitted.components[:MOST_SCORES].T
    np.testing.assert_allclose(scores, by_hand, atol=1e-4)


def test_scores_are_of_samples_as_they_are_measured() -> None:
    data = binarised(DATA, "dynamic")
    np.testing.assert_array_equal(FitPca(data).answer()[1], FitPca(fixed_draw(data)).answer()[1])


def test_every_sample_has_scores_where_there_are_many() -> None:
    data = toy_dataset(CHUNK + 7, height=2, width=2)
    fitted, scores = FitPca(data).answer()
    np.testing.assert_allclose(scores[-1], fitted.project(data.unit([CHUNK + 6]))[0], atol=1e-5)
    assert scores.shape == (CHUNK + 7, 4)


def test_there_are_as_many_components_as_a_model_may_have_dimensions_and_scores_of_some() -> None:
    most = next(s.high for s in settings_of(ModelConfig) if s.name == "latent_dim")
    fitted, scores = FitPca(toy_dataset(200, height=20, width=20)).answer()
    assert len(fitted) == most and scores.shape[1] == 16


def test_a_look_at_the_task_is_never_far(monkeypatch: pytest.MonkeyPatch) -> None:
    """Scores of a thousand pictures take some 10 ms."""
    looks: list[int] = []
    data = toy_dataset(6000, height=2, width=2)
    fitted = pca.fit(data, 4)
    monkeypatch.setattr(Task, "check", lambda _: looks.append(1))
    monkeypatch.setattr(pca, "fit", lambda *_, **__: fitted)
    FitPca(data).answer(Task())
    assert 6 <= len(looks) <= 60


@pytest.mark.parametrize(("n", "quiet"), [(7_000, True), (30_000, False)])
def test_the_bundled_data_are_quick_and_half_of_mnist_is_not(n: int, *, quiet: bool) -> None:
    assert FitPca(toy_dataset(n, height=1, width=1)).quiet == quiet


def test_large_data_is_shown_as_busy() -> None:
    many = toy_dataset(LARGE, height=1, width=1)
    assert FitPca(DATA).quiet and not FitPca(many).quiet


def test_it_stops_when_it_is_told_to() -> None:
    task = Task()
    task.cancel()
    with pytest.raises(Cancelled):
        FitPca(DATA).answer(task)


def test_it_is_kept_and_takes_the_place_of_one_about_other_data() -> None:
    assert FitPca.cached and FitPca.policy == "replace" and FitPca.about == ("dataset",)
    assert FitPca(DATA).subject == {"dataset": DATA} and FitPca(DATA) != FitPca(DATA)


def test_it_can_be_stopped_while_scores_are_found(monkeypatch: pytest.MonkeyPatch) -> None:
    fitted, task = pca.fit(DATA, 4), Task()
    monkeypatch.setattr(pca, "fit", lambda *_, **__: task.cancel() or fitted)
    with pytest.raises(Cancelled):
        FitPca(DATA).answer(task)
