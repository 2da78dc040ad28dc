"""`evaluate` and `compare`: the keys of the contract, and what stands behind them."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from scipy.stats import sem

from explorer.analysis.basis import described_likelihood
from explorer.analysis.comparing.with_pca import compare
from explorer.analysis.evaluating import Wanted, evaluate, evaluation
from explorer.data.binarising import binarised, is_binary
from explorer.data.dataset import Dataset
from explorer.models.autoencoder import build, weights_of
from explorer.models.config import ModelConfig, ModelSnapshot
from tests.fakes import toy_dataset

EVALUATED = (
    *("n", "split", "likelihood", "binarisation", "elbo", "reconstruction", "kl", "kl_per_dim"),
    *("active_units", "log_likelihood", "importance_samples", "effective_sample_size"),
    *("mse", "pca_mse"),
)
COMPARED = (
    *("k", "mse", "pca_mse", "trustworthiness", "pca_trustworthiness"),
    *("knn_accuracy", "pca_knn_accuracy"),
)


@pytest.fixture
def dataset() -> Dataset:
    return toy_dataset(60)


def snapshot(dataset: Dataset, **config: object) -> ModelSnapshot:
    chosen = ModelConfig(hidden=16, **config)  # type: ignore[arg-type]
    model = build(chosen, dataset.preparation, seed=0)
    return ModelSnapshot("fresh", chosen, dataset.preparation, weights_of(model))


def test_evaluate_has_the_keys(dataset: Dataset) -> None:
    found = evaluate(snapshot(dataset), dataset, samples=20)
    assert set(EVALUATED) <= set(found)
    assert found["n"] == 12 and found["importance_samples"] == 20
    assert found["elbo"] == pytest.approx(-found["reconstruction"] - found["kl"])  # type: ignore[operator]
    assert sum(found["kl_per_dim"]) == pytest.approx(found["kl"])  # type: ignore[arg-type]
    assert found["elbo"] <= found["log_likelihood"] + 0.5  # type: ignore[operator]


def test_autoencoder_has_no_bounds(dataset: Dataset) -> None:
    found = evaluate(snapshot(dataset, preset="ae"), dataset, samples=20)
    missing = ("elbo", "kl", "kl_per_dim", "log_likelihood", "effective_sample_size")
    assert set(EVALUATED) <= set(found)
    assert all(found[key] is None for key in missing)
    assert found["mse"] is not None


def test_compare_has_the_keys(dataset: Dataset) -> None:
    found = compare(snapshot(dataset, latent_dim=3), dataset)
    assert set(COMPARED) <= set(found)
    assert found["k"] == 3 and found["trustworthiness_n"] == 12
    assert found["pca_knn_accuracy"] == 1.0  # three blobs, apart


def test_compare_without_labels(dataset: Dataset) -> None:
    bare = replace(dataset, labels=None, classes=())
    found = compare(snapshot(bare), bare)
    assert found["knn_accuracy"] is None and found["pca_knn_accuracy"] is None


def test_both_agree_on_the_errors(dataset: Dataset) -> None:
    model = snapshot(dataset)
    one, other = evaluate(model, dataset, samples=1), compare(model, dataset)
    assert (one["mse"], one["pca_mse"]) == (other["mse"], other["pca_mse"])


def test_bernoulli_is_a_likelihood_on_binary_data_only(dataset: Dataset) -> None:
    config = ModelConfig(likelihood="bernoulli")
    binary = replace(dataset, x=((dataset.x > 127) * 255).astype(np.uint8))
    assert is_binary(binary) and not is_binary(dataset)
    assert described_likelihood(config, binary)["likelihood"] == "bernoulli"
    assert described_likelihood(config, dataset)["likelihood"] == "cross-entropy (not a likelihood)"


def test_dynamic_data_is_measured_on_one_draw() -> None:
    grey = toy_dataset(60)
    dynamic, fixed = binarised(grey, "dynamic"), binarised(grey, "fixed")
    config = {"likelihood": "bernoulli"}
    found = evaluate(snapshot(dynamic, **config), dynamic, samples=5)
    same = evaluate(snapshot(fixed, **config), fixed, samples=5)
    assert (found["binarisation"], same["binarisation"]) == ("dynamic", "fixed")
    assert found["likelihood"] == "bernoulli"
    assert found["log_likelihood"] == same["log_likelihood"] and found["mse"] == same["mse"]
    assert compare(snapshot(dynamic, **config), dynamic)["binarisation"] == "dynamic"


def test_each_mean_over_samples_has_its_standard_error(dataset: Dataset) -> None:
    made = evaluation(snapshot(dataset), dataset, wanted=Wanted(7))
    for key in ("elbo", "reconstruction", "kl", "log_likelihood"):
        each = made.columns()[key]
        assert made.values[f"{key}_standard_error"] == pytest.approx(sem(each))
    assert made.mse is not None
    assert made.values["mse_standard_error"] == pytest.approx(sem(made.mse))


@pytest.mark.parametrize("preset", ["vae", "ae", "vq-vae"])
def test_every_error_that_is_null_has_its_reason(dataset: Dataset, preset: str) -> None:
    one = replace(dataset, test=np.arange(len(dataset)) == 3)
    found = evaluate(snapshot(one, preset=preset), one, samples=3)
    words = str(found["warnings"])
    assert all(key in words for key, value in found.items() if value is None)
