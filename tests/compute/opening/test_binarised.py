"""explorer.compute.opening.binarised: the same samples with other values, all or nothing."""

from __future__ import annotations

import numpy as np
import pytest

from explorer.compute.analyses.encode import FindCodes
from explorer.compute.opening.binarised import Binarise
from explorer.data.opening import open_dataset
from explorer.errors import Cancelled
from explorer.models.autoencoder import build, weights_of
from explorer.models.config import ModelConfig, ModelSnapshot
from explorer.task import Task


def test_the_samples_stay_and_their_values_change() -> None:
    grey = open_dataset("digits")
    fixed = Binarise(grey, "fixed").answer()
    assert fixed.codes is None and fixed.dataset.preparation.binarisation == "fixed"
    assert set(np.unique(fixed.dataset.x)) == {0, 1} or len(np.unique(fixed.dataset.x)) == 2
    np.testing.assert_array_equal(fixed.dataset.test, grey.test)
    np.testing.assert_array_equal(fixed.dataset.labels, grey.labels)
    back = Binarise(fixed.dataset, "none").answer().dataset
    np.testing.assert_array_equal(back.x, grey.x)


def test_the_model_says_where_it_puts_them() -> None:
    grey, config = open_dataset("digits"), ModelConfig(hidden=8)
    weights = weights_of(build(config, grey.preparation, seed=0))
    model = ModelSnapshot("m", config, grey.preparation, weights)
    reopened = Binarise(grey, "fixed", model).answer()
    assert reopened.codes is not None
    wanted = FindCodes(model, reopened.dataset).answer().mean
    np.testing.assert_array_equal(reopened.codes.mean, wanted)
    task = Task()
    task.cancel()
    with pytest.raises(Cancelled):
        Binarise(grey, "fixed", model).answer(task)
