"""What a training says of itself: by its own name, and of samples that stand for the whole."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from explorer.app.training.farewell import farewell
from explorer.data.binarising import binarised
from explorer.data.dataset import Dataset
from explorer.models.autoencoder import from_snapshot
from explorer.models.batches import to_bytes
from explorer.models.config import ModelConfig
from explorer.models.presets import presets
from explorer.task import Task
from explorer.training import measuring, publishing
from explorer.training.bound import measure
from explorer.training.config import TrainingConfig
from explorer.training.history import Trained
from explorer.training.loop import train
from explorer.training.record.curve import Curve
from explorer.training.record.time_line import TimeLine
from tests.fakes import toy_dataset

MODEL = ModelConfig(hidden=16)
TRAINING = TrainingConfig(epochs=1, batch_size=16, device="cpu", lr=3e-3)
BOUNDS = {"ELBO", "log p(x, z)"}  # what lies below log p(x)


def watched(model: ModelConfig, data: Dataset) -> tuple[Trained, list[Curve], list[str]]:
    """A training, its curves, and the words it had meanwhile."""
    curves: list[Curve] = []
    words: list[str] = []

    def hear(told: object) -> None:
        if isinstance(told, Curve):
            curves.append(told)

    task = Task(lambda _, text: words.append(text), hear, interval=0.0)
    return train(model, TRAINING, data, task), curves, words


@pytest.mark.parametrize("preset", list(presets))
@pytest.mark.parametrize("likelihood", ["", "bernoulli"])
@pytest.mark.parametrize("how", ["none", "dynamic"])
def test_what_is_no_elbo_is_not_called_one(preset: str, likelihood: str, how: str) -> None:
    kind = presets[preset]
    if likelihood and likelihood not in kind.likelihoods:
        pytest.skip("this model has no Bernoulli")
    model = replace(MODEL, preset=preset, likelihood=likelihood, body=kind.body_for("mlp"))
    trained, curves, words = watched(model, binarised(toy_dataset(40), how))
    metrics = trained.snapshot.metrics
    name = str(metrics["bound"])
    cross_entropy = likelihood == "bernoulli" and how == "none"
    assert (metrics["test_kl"] is None) == (name in ("log p(x|z)", "-cross-entropy"))
    assert cross_entropy == ("cross-entropy" in name)
    assert (name in BOUNDS) == (metrics["test_kl"] is not None and not cross_entropy)
    assert (metrics["test_elbo"] is None) == (metrics["test_kl"] is None)
    assert {curve.bound for curve in (*curves, trained.curve)} == {name} and curves
    assert f"measuring the test {name}" in words
    said = farewell(trained)[0]
    assert f"test {name} " in said
    assert ("ELBO" in said) == (name == "ELBO")
    assert curves[0].tested == metrics["n_test"] == 8


def sorted_by_label(n: int = 600) -> Dataset:
    """Classes one after the other, the later the harder: the first samples are no measure."""
    data = toy_dataset(n, classes=10)
    assert data.labels is not None
    order = np.argsort(data.labels, kind="stable")
    labels = data.labels[order]
    noise = np.random.default_rng(0).integers(0, 26, data.x.shape) * labels[:, None, None, None]
    x = np.clip(data.x[order] // 2 + noise // 2, 0, 255).astype(np.uint8)
    return replace(data, x=x, labels=labels, test=np.arange(n) % 3 == 2)


def test_bounds_are_of_samples_of_the_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    """Of data sorted by label the first samples are of one class, and far from the rest."""
    monkeypatch.setattr(measuring, "TRAIN_PART", 100)
    monkeypatch.setattr(publishing, "SUBSET", 100)
    data = sorted_by_label()
    told: list[object] = []
    trained = train(MODEL, TRAINING, data, Task(on_partial=told.append, interval=0.0))
    moments = [one.newest for one in told if isinstance(one, TimeLine)]
    curves = [one for one in told if isinstance(one, Curve)]
    model, metrics = from_snapshot(trained.snapshot), trained.snapshot.metrics
    whole = measure(model, to_bytes(data.x[data.train_index]), 255).elbo
    first = measure(model, to_bytes(data.x[data.train_index[:100]]), 255).elbo
    assert metrics["n_train"] == 100
    assert abs(metrics["train_elbo"] - whole) < 0.3 * abs(first - whole)
    point = curves[0].last  # of the very weights that were published
    assert curves[0].tested == 100 and point is not None and point.test_elbo is not None
    live = point.test_elbo
    assert point.epoch == moments[0].epoch
    early = from_snapshot(moments[0].model)
    held = measure(early, to_bytes(data.x[data.test_index]), 255).elbo
    easy = measure(early, to_bytes(data.x[data.test_index[:100]]), 255).elbo
    assert abs(live - held) < 0.3 * abs(easy - held)


def test_a_stop_measures_samples_of_the_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(measuring, "BRIEF", 100)
    from explorer.training.run import Run

    data = sorted_by_label()
    run = Run(MODEL, TRAINING, data, "cpu")
    brief, full = (measuring.final_metrics(run, MODEL, data, brief=b) for b in (True, False))
    assert brief["n_test"] == 100 and full["n_test"] == 200
    easy = measure(run.model, to_bytes(data.x[data.test_index[:100]]), 255).elbo
    assert abs(brief["test_elbo"] - full["test_elbo"]) < 0.3 * abs(easy - full["test_elbo"])
