"""explorer.compute.encoding.principal: the components are numpy's singular vectors."""

from __future__ import annotations

import numpy as np
import pytest

from explorer.analysis import pca
from explorer.compute.encoding.principal import CHUNK, LARGE, MOST_SCORES, FitPca
from explorer.data.binarising import binarised, fixed_draw
from explorer.errors import Cancelled
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
