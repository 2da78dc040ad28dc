"""Anomaly scores: AUROC as scikit-learn has it, scores as their parts say."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from explorer.analysis.applications import anomalies
from explorer.analysis.evidence.estimate import measure
from explorer.data.opening import open_dataset
from explorer.errors import DataError, ModelError
from explorer.models.autoencoder import Autoencoder, build, from_snapshot
from explorer.models.config import ModelConfig, ModelSnapshot
from explorer.training.config import TrainingConfig
from explorer.training.loop import train
from tests.fakes import LinearModel, toy_dataset


def model(preset: str = "vae") -> Autoencoder:
    made = build(ModelConfig(preset, hidden=16), toy_dataset(5).preparation, seed=0)
    return made.eval().requires_grad_(False)


@pytest.mark.parametrize("ties", [False, True])
def test_auroc_is_the_share_of_pairs_in_order(ties: bool) -> None:
    rng = np.random.default_rng(0)
    scores = rng.integers(0, 5, 60) if ties else rng.normal(size=60)
    odd = rng.random(60) < 0.4
    pairs = np.sign(scores[odd][:, None] - scores[~odd])
    wanted = (pairs.mean() + 1.0) / 2.0  # a tie counts half
    assert anomalies.auroc(odd, scores.astype(float)) == pytest.approx(wanted)


def test_auroc_needs_both_kinds() -> None:
    assert anomalies.auroc(np.ones(4, bool), np.arange(4.0)) is None
    assert anomalies.auroc(np.zeros(4, bool), np.arange(4.0)) is None


@pytest.mark.parametrize("kind", anomalies.SCORES)
def test_each_score_is_what_it_says(kind: str) -> None:
    dataset, index = toy_dataset(20), np.arange(20)
    linear = anomalies.normal_pca(dataset, 2)
    found = anomalies.score(model(), dataset, index, linear, kind=kind, draws=7)
    bounds = measure(model(), dataset, index, 7)
    assert bounds is not None
    wanted = {
        "elbo": found.reconstruction + found.kl,
        "reconstruction": found.reconstruction,
        "likelihood": -bounds.log_likelihood,
        "mse": found.mse,
    }
    assert np.array_equal(found.score, wanted[kind])


def test_likelihood_of_the_linear_model_is_exact() -> None:
    dataset, index = toy_dataset(20), np.arange(20)
    exact = LinearModel(dataset.preparation)
    linear = anomalies.normal_pca(dataset, 2)
    found = anomalies.score(exact.float(), dataset, index, linear, kind="likelihood", draws=3)
    x = np.ascontiguousarray(dataset.unit(index))
    import torch

    exact.basis = exact.basis.double()
    wanted = -exact.log_evidence(torch.from_numpy(x).double()[:, None, None]).numpy()
    assert found.score == pytest.approx(wanted, abs=1e-3)
    assert (found.score.argsort() == wanted.argsort()).all()


def test_a_plain_autoencoder_scores_by_its_error() -> None:
    dataset, index = toy_dataset(20), np.arange(20)
    linear = anomalies.normal_pca(dataset, 2)
    found = anomalies.score(model("ae"), dataset, index, linear)
    assert found.kind == "reconstruction" and np.isnan(found.kl).all()
    constant = 32 * np.log(2 * np.pi)  # D/2 log 2 pi, sigma = 1
    assert found.score == pytest.approx(0.5 * 64 * found.mse + constant, rel=1e-5)
    with pytest.raises(ModelError):
        anomalies.score(model("ae"), dataset, index, linear, kind="elbo")


def test_pca_is_fitted_to_the_normal_ones() -> None:
    """Two components hold all there is to say of a class that varies in two directions."""
    dataset = toy_dataset(60)
    odd = anomalies.odd_ones(dataset, ["a"])
    assert odd.sum() == 40
    linear = anomalies.normal_pca(dataset, 2, odd)
    assert linear.n == int((~odd & ~dataset.test).sum())


def test_what_a_model_saw_is_known_from_its_data() -> None:
    dataset = toy_dataset(60)
    odd = anomalies.odd_ones(dataset, ["a"])
    made = ModelSnapshot("m", ModelConfig(), dataset.preparation, {})

    def saw(**data: object) -> bool:
        return anomalies.saw_only(replace(made, data=data), dataset, ["a"], odd)

    assert not saw() and not saw(classes=[], hash=dataset.content_hash)
    assert not saw(classes=["a", "b", "c"], hash=dataset.content_hash)
    assert saw(classes=["a"], hash="of another file")
    alone = anomalies.without(dataset, odd)
    assert saw(classes=["a", "b", "c"], hash=alone.content_hash)


def test_a_vae_of_clothes_tells_shoes_better_than_pca() -> None:
    """benchmarks/anomalies.py in small: trained on seven classes, two latents, two components."""
    dataset = open_dataset("fashion")
    shoes = ("Sandal", "Sneaker", "Ankle boot")
    normal = [name for name in dataset.classes if name not in shoes]
    odd = anomalies.odd_ones(dataset, normal)
    training = TrainingConfig(epochs=4, batch_size=64, schedule="cosine", device="cpu", threads=1)
    config = ModelConfig("vae", hidden=256)
    made = train(config, training, anomalies.without(dataset, odd), publish=False).snapshot
    assert anomalies.saw_only(made, dataset, normal, odd)
    index = dataset.test_index[:500]
    linear = anomalies.normal_pca(dataset, 2, odd)
    found = anomalies.score(from_snapshot(made), dataset, index, linear, draws=1)
    ours, theirs = (anomalies.auroc(odd[index], s) for s in (found.score, found.pca_mse))
    assert ours is not None and theirs is not None and ours > theirs + 0.03 > 0.75


def test_unknown_names() -> None:
    dataset = toy_dataset(20)
    with pytest.raises(DataError, match="'z'"):
        anomalies.odd_ones(dataset, ["a", "z"])
    with pytest.raises(DataError, match="labels"):
        anomalies.odd_ones(replace(dataset, labels=None, classes=()), ["a"])
    with pytest.raises(DataError, match="normal"):
        anomalies.without(dataset, np.ones(20, bool))
