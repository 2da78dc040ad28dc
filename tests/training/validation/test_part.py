"""The part that is kept out: its size, its sides, and that the test part has no say in anything."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from explorer.data.dataset import Dataset
from explorer.errors import SettingsError, TrainingError
from explorer.models.config import ModelConfig
from explorer.training.config import TrainingConfig
from explorer.training.history import Trained
from explorer.training.loop import train
from explorer.training.validation.part import check_stop, cut
from tests.fakes import toy_dataset

CONFIG = TrainingConfig(validation=0.25, device="cpu", batch_size=16)


def test_without_a_share_all_of_the_training_part_is_learned() -> None:
    data = toy_dataset(80)
    learned, out = cut(data, replace(CONFIG, validation=0.0))
    assert learned.tolist() == data.train_index.tolist() and not len(out)


def test_a_share_of_each_class_of_the_training_part_is_kept_out() -> None:
    data = toy_dataset(80)
    assert data.labels is not None
    learned, out = cut(data, CONFIG)
    assert sorted([*learned, *out]) == data.train_index.tolist()
    assert (np.diff(learned) > 0).all() and (np.diff(out) > 0).all()
    assert len(out) == 16
    for label in range(len(data.classes)):
        there = (data.labels[data.train_index] == label).sum()
        assert abs((data.labels[out] == label).sum() - there / 4) <= 1


def test_the_seed_decides_which() -> None:
    data = toy_dataset(80)
    first, again, other = (cut(data, replace(CONFIG, seed=seed))[1].tolist() for seed in (0, 0, 1))
    assert first == again != other


def test_equal_samples_are_on_one_side() -> None:
    data = toy_dataset(80)
    x = data.x.copy()
    x[data.train_index[1::2]] = x[data.train_index[::2]]
    learned, out = cut(replace(data, x=x, labels=None), CONFIG)
    sides = {row.tobytes() for row in x[learned]}, {row.tobytes() for row in x[out]}
    assert not sides[0] & sides[1] and len(out)


def test_samples_without_labels_have_a_part_too() -> None:
    assert len(cut(replace(toy_dataset(80), labels=None, classes=()), CONFIG)[1]) == 16


def test_too_few_samples_are_refused_with_a_way_out() -> None:
    data = toy_dataset(80)
    few = replace(data, test=np.arange(80) >= 4)
    with pytest.raises(TrainingError, match=r"0\.25 of 4 training samples is no validation part"):
        cut(few, CONFIG)
    assert [len(part) for part in cut(few, replace(CONFIG, validation=0.5))] == [2, 2]


def test_a_stop_needs_something_to_judge_by() -> None:
    check_stop(replace(CONFIG, stop_when_converged=True))
    check_stop(replace(CONFIG, validation=0.0))
    with pytest.raises(SettingsError, match="needs a validation part"):
        train(ModelConfig(), replace(CONFIG, validation=0.0, stop_when_converged=True),
              toy_dataset(80))  # fmt: skip


def other_test_part(data: Dataset) -> Dataset:
    """The same training part beside a test part that is nothing like it."""
    x = data.x.copy()
    x[data.test_index] = data.preparation.levels - x[data.test_index][::-1]
    return replace(data, x=x)


@pytest.mark.parametrize("preset", ["vae", "linear-ae", "vq-vae"])
def test_the_test_part_changes_no_weights_and_no_choice(preset: str) -> None:
    """Of a training: its weights, when it stops, what it says; only what is measured differs."""
    config = replace(CONFIG, epochs=25, patience=3, stop_when_converged=True, lr=0.01)
    data, model = toy_dataset(80), ModelConfig(preset, hidden=8)
    found: list[Trained] = [train(model, config, d) for d in (data, other_test_part(data))]
    one, other = (trained.snapshot for trained in found)
    for name, array in one.weights.items():
        np.testing.assert_array_equal(array, other.weights[name])
    told = ("epoch", "converged_epoch", "convergence", "validation_samples", "state")
    assert [one.training[n] for n in told] == [other.training[n] for n in told]
    assert one.metrics["train_reconstruction"] == other.metrics["train_reconstruction"]
    assert one.metrics["test_reconstruction"] != other.metrics["test_reconstruction"]
