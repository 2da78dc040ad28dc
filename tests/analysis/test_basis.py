"""What numbers are of: names of classes, the fixed draw, and the honest name of a likelihood."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from explorer.analysis.basis import described_likelihood, labels_of, measured_on
from explorer.data.binarising import binarised
from explorer.models.config import ModelConfig
from tests.fakes import toy_dataset


def test_names_of_classes() -> None:
    dataset = toy_dataset(6)
    assert labels_of(dataset, np.array([1, 3])).tolist() == ["b", "a"]
    assert labels_of(replace(dataset, labels=None, classes=()), np.arange(2)).tolist() == ["", ""]


def test_what_is_drawn_anew_is_measured_on_one_draw() -> None:
    dataset = toy_dataset(6)
    assert measured_on(dataset) is dataset
    fixed = measured_on(binarised(dataset, "dynamic"))
    assert fixed.preparation.binarisation == "fixed" and set(np.unique(fixed.x)) <= {0, 1}


def test_grey_values_have_no_bernoulli_likelihood() -> None:
    config, dataset = ModelConfig(likelihood="bernoulli"), toy_dataset(6)
    grey = described_likelihood(config, dataset)
    assert "not a likelihood" in str(grey["likelihood"]) and grey["binarisation"] == "none"
    drawn = described_likelihood(config, binarised(dataset, "dynamic"))
    assert (drawn["likelihood"], drawn["binarisation"]) == ("bernoulli", "dynamic")
