"""How many components: where held-out samples are likeliest, or predicted best."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from explorer.analysis import components, pca, ppca
from explorer.data.dataset import Dataset
from explorer.errors import DataError
from explorer.task import NO_TASK
from tests.analysis.applications.detectors.rows import table
from tests.fakes import constant_dataset, toy_dataset


@pytest.mark.parametrize("rank", [1, 3, 5])
def test_both_find_the_directions_that_there_are(rank: int) -> None:
    known = table(500, d=12, rank=rank, noise=0.1)
    assert components.by_prediction(known) == rank
    found = components.likelihoods(pca.fit(known, 11), known.unit(known.test_index))
    chosen = components.by_likelihood(known)
    assert chosen >= rank and found[chosen] - found[rank] < 0.1  # noise is noise on either side


def test_the_likelihood_is_that_of_probabilistic_pca() -> None:
    known = table()
    linear, rows = pca.fit(known, 4), known.unit(known.test_index)
    found = components.likelihoods(linear, rows)
    assert list(found) == [1, 2, 3, 4]
    assert found[3] == ppca.log_likelihood(linear, 3, rows).mean()
    assert components.by_likelihood(known) == max(found, key=lambda k: found[k])


def test_a_feature_is_predicted_by_least_squares_of_the_others() -> None:
    known = table(d=5)
    linear, rows = pca.fit(known, 3), known.unit(known.test_index)
    found = components.predictions(linear, rows)
    centred = rows - linear.mean
    for k in (1, 2, 3):
        axes = linear.components[:k].T
        errors = np.empty_like(centred)
        for j in range(5):
            others = np.arange(5) != j
            scores = np.linalg.lstsq(axes[others], centred[:, others].T, rcond=None)[0]
            errors[:, j] = centred[:, j] - axes[j] @ scores
        assert found[k - 1] == pytest.approx((errors**2).mean(), rel=1e-4)


def test_a_feature_that_is_a_component_cannot_be_told() -> None:
    """And the error stays a number."""
    known = table(d=3, rank=3)
    alone = replace(known, x=known.x * np.array([9.0, 1e-9, 1e-9], np.float32)[:, None])
    found = components.predictions(pca.fit(alone, 2), alone.unit(alone.test_index))
    assert np.isfinite(found).all()


def test_the_first_that_the_next_does_not_improve_on(monkeypatch: pytest.MonkeyPatch) -> None:
    for errors, wanted in (([3.0, 2.0, 2.5, 1.0], 2), ([3.0, 3.0], 1), ([3.0, 2.0], 2)):
        monkeypatch.setattr(components, "predictions", lambda *_, told=errors: np.array(told))
        assert components.by_prediction(table()) == wanted


def test_components_that_leave_no_noise_are_no_choice() -> None:
    known = table(d=4, rank=2, noise=0.0)
    found = components.likelihoods(pca.fit(known, 3), known.unit(known.test_index))
    assert list(found) == [1]


def test_the_test_part_is_all_that_judges() -> None:
    """What is held out has one direction, what is fitted has four."""
    known = table(200, d=8, rank=4, noise=0.1)
    rows = known.unit(slice(None)).copy()
    axis = rows[0] / np.linalg.norm(rows[0])
    noise = 0.1 * np.random.default_rng(1).normal(size=rows.shape)
    rows[known.test] = (np.outer(rows @ axis, axis) + noise)[known.test]
    other = replace(known, x=rows.reshape(known.x.shape))
    assert components.by_likelihood(other) != components.by_likelihood(known)


@pytest.mark.parametrize(
    "known",
    [table(d=1, rank=1), table(3), replace(table(), test=np.zeros(100, bool))],
    ids=["one feature", "two rows", "nothing held out"],
)
@pytest.mark.parametrize("choose", [components.by_likelihood, components.by_prediction])
def test_where_there_is_nothing_to_choose_it_is_said(choose: object, known: Dataset) -> None:
    with pytest.raises(DataError, match="too little data to choose"):
        choose(known)  # type: ignore[operator]


def test_where_no_number_of_components_leaves_noise_there_is_no_choice() -> None:
    with pytest.raises(DataError, match="too little data to choose"):
        components.by_likelihood(constant_dataset(20))


@pytest.mark.parametrize(
    "known",
    [table(d=2, rank=1), replace(table(5, d=5), test=np.arange(5) > 2)],
    ids=["features", "samples"],
)
def test_two_features_or_three_samples_have_one_component(known: Dataset) -> None:
    """A direction is left for noise."""
    linear, rows = components._fitted(known, NO_TASK)
    assert len(linear) == 1 and len(rows) == len(known.test_index)
    assert components.by_prediction(known) == 1


def test_never_more_than_there_are_latent_dimensions() -> None:
    known = table(400, d=80, rank=70, noise=0.01)
    assert components.by_likelihood(known) == components.MOST
    pictures = toy_dataset(100)
    assert 1 <= components.by_prediction(pictures) <= 63
