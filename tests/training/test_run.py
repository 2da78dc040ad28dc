"""When a training looks at its held-out samples, and what its steps write down."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest
import torch

from explorer.models.autoencoder import Terms
from explorer.models.config import ModelConfig
from explorer.training import run as module
from explorer.training.config import TrainingConfig
from explorer.training.loop import train
from explorer.training.objectives import divergence, objectives
from explorer.training.run import BLOCK, Run, clip
from tests.fakes import constant_dataset, toy_dataset

MODEL = ModelConfig(hidden=16)
TRAINING = TrainingConfig(epochs=4, batch_size=16, device="cpu", lr=3e-3)


def points_of(run: Run) -> list[int]:
    found = []
    for _ in range(run.steps * run.config.epochs):
        run.done += 1
        if run.at_point:
            found.append(run.done)
    return found


def test_held_out_samples_are_looked_at_with_the_steps_and_closer_at_the_start() -> None:
    run = Run(MODEL, replace(TRAINING, batch_size=1, epochs=3), constant_dataset(400), "cpu")
    found = points_of(run)
    assert found[:7] == [1, 2, 4, 8, 16, 32, 40]
    assert found[7:] == list(range(80, 1201, 40))  # ten an epoch, each epoch's end among them


@pytest.mark.parametrize("n", [1, 7, 8, 15, 33, 100, 399])
def test_every_epoch_ends_with_a_look_and_several_steps_lie_between_two(n: int) -> None:
    run = Run(MODEL, replace(TRAINING, batch_size=1, epochs=5), constant_dataset(n), "cpu")
    found = points_of(run)
    assert set(range(n, 5 * n + 1, n)) <= set(found)
    later = np.diff([done for done in found if done >= n])
    assert later.min() >= min(n, 8) and len(later) <= 10 * 5


def test_a_long_training_is_not_looked_at_without_end() -> None:
    run = Run(MODEL, replace(TRAINING, batch_size=1, epochs=500), constant_dataset(100), "cpu")
    assert 1900 < run.parts * 500 < 2100  # as many as a wide screen has pixels


def test_a_row_of_the_curve_is_what_a_step_came_to(monkeypatch: pytest.MonkeyPatch) -> None:
    """By hand, from the values of every step, over more steps than wait on the device."""
    values: list[float] = []
    elbo = objectives["elbo"]

    def watched(*args: object) -> object:
        value = elbo(*args)  # type: ignore[arg-type]
        values.append(float(value.detach().mean()))
        return value

    config = replace(TRAINING, batch_size=1, epochs=2)
    run = Run(MODEL, config, toy_dataset(100), "cpu")  # 80 steps of a sample
    run.objective = watched  # type: ignore[assignment]
    for _ in range(BLOCK + 7):
        run.step()
    rows = run.curve.rows
    assert rows.step.tolist() == list(range(1, BLOCK + 8))
    assert rows.objective.tolist() == values
    np.testing.assert_allclose(rows.objective, rows.log_px - rows.kl, rtol=1e-5)


def test_the_last_batches_of_an_epoch_count_as_much_as_they_hold() -> None:
    curve = train(MODEL, replace(TRAINING, batch_size=30), toy_dataset(100), publish=False).curve
    samples = curve.rows.samples.reshape(4, -1)
    assert (samples.sum(1) == 80).all() and len({*samples[0].tolist()}) > 1


def test_a_gradient_is_shortened_to_the_limit_and_no_shorter() -> None:
    for factor, length in ((0.5, 2.5), (1.0, 5.0), (4.0, 5.0)):
        one, two = (torch.nn.Parameter(torch.zeros(1)) for _ in range(2))
        one.grad, two.grad = torch.tensor([3.0 * factor]), torch.tensor([4.0 * factor])
        clip([one, two, torch.nn.Parameter(torch.zeros(1))], 5.0)
        found = torch.cat([one.grad, two.grad])
        assert float(found.norm()) == pytest.approx(length, rel=1e-5)
        assert float(one.grad / two.grad) == pytest.approx(0.75)


@pytest.mark.parametrize("n", [1, 15, 16, 17, 40, 100, 161])
def test_every_sample_is_seen_once_an_epoch_and_no_batch_is_tiny(n: int) -> None:
    run = Run(MODEL, replace(TRAINING, batch_size=16), constant_dataset(n), "cpu")
    edges = [run._start(i) for i in range(run.steps + 1)]
    sizes = np.diff(edges)
    assert edges[0] == 0 and edges[-1] == n and run.steps == -(-n // 16)
    assert (sizes[:-2] == 16).all() and sizes.max() <= 16
    assert np.ptp(sizes[-2:]) <= 1, "the last two share what is left"


def watched(run: Run) -> list[tuple[tuple[Any, ...], Terms]]:
    """What the model was given in a step, and what it made of it."""
    found: list[tuple[tuple[Any, ...], Terms]] = []
    plain = run.model.terms

    def terms(*given: Any) -> Terms:
        found.append((given, plain(*given)))
        return found[-1][1]

    run.model.terms = terms  # type: ignore[method-assign]
    run.step()
    return found


def test_a_row_is_the_mean_of_its_samples_and_draws() -> None:
    """Of draws too; and of a model without a KL the KL is not known."""
    for preset, draws in (("vae", 3), ("ae", 1)):
        config = replace(TRAINING, draws=draws, batch_size=30)
        run = Run(replace(MODEL, preset=preset), config, toy_dataset(100), "cpu")
        terms = [made for _, made in watched(run)]
        rows = run.curve.rows
        assert rows.samples.tolist() == [run.samples] == [terms[0].log_px.shape[-1]]
        assert rows.log_px[0] == pytest.approx(float(terms[0].log_px.detach().mean()), rel=1e-6)
        kl = divergence(terms[0])
        assert run.has_kl == (preset == "vae") == (kl is not None)
        if kl is None:
            assert np.isnan(rows.kl[0])
        else:
            assert rows.kl[0] == pytest.approx(float(kl.detach().mean()), rel=1e-6)


def test_a_step_goes_uphill_with_the_rate_of_its_epoch(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "learning_rate", lambda _, epoch: 0.01 + epoch)
    run = Run(MODEL, replace(TRAINING, clip=0.0), toy_dataset(100), "cpu")
    assert run.epoch == 0.0 and not run.finished and run.at_epoch_end
    for i in range(run.steps):
        run.step()
        assert run.optimiser.param_groups[0]["lr"] == pytest.approx(0.01 + i / run.steps)
        assert run.at_epoch_end == (i == run.steps - 1)
    assert (run.epoch, run.samples) == (1.0, 80)
    monkeypatch.undo()
    rising = Run(MODEL, TRAINING, toy_dataset(100), "cpu")
    while not rising.finished:
        rising.step()
    values = rising.curve.rows.objective
    assert values[-4:].mean() > values[:4].mean() + 1


def test_what_waits_on_the_device_is_written_once_there_is_a_block() -> None:
    run = Run(MODEL, replace(TRAINING, batch_size=1, epochs=2), toy_dataset(100), "cpu")
    for _ in range(BLOCK - 1):
        run.step()
    assert len(run._sizes) == BLOCK - 1 and len(run.writer.curve) == 0
    run.step()
    assert run._sizes == [] and len(run.writer.curve) == BLOCK


def test_binary_data_are_drawn_anew_and_noise_is_seen_by_the_encoder_only() -> None:
    data = toy_dataset(40)
    dynamic = replace(data, preparation=replace(data.preparation, binarisation="dynamic"))
    seen: list[tuple[torch.Tensor, torch.Tensor | None]] = []
    for dataset, config in (
        (dynamic, TRAINING),
        (data, replace(TRAINING, corruption="gaussian", corruption_amount=0.5)),
        (data, TRAINING),
    ):
        run = Run(MODEL, config, dataset, "cpu")
        seen += [(given[0], given[3]) for given, _ in watched(run)]
    (drawn, nothing), (clean, noisy), (grey, none) = seen
    assert set(drawn.unique().tolist()) == {0.0, 1.0} and nothing is None and none is None
    assert noisy is not None and noisy.shape == clean.shape and not torch.equal(noisy, clean)
    assert torch.equal(clean, grey), "the same order, from the same seed"


def test_the_gradient_of_a_step_is_no_longer_than_so_much_a_feature() -> None:
    lengths = {}
    for limit in (0.0, 1e-4, 1e6):
        run = Run(MODEL, replace(TRAINING, clip=limit), toy_dataset(100), "cpu")
        run.step()
        grads = [p.grad for p in run.parameters if p.grad is not None]
        lengths[limit] = float(torch.nn.utils.get_total_norm(grads))
    assert lengths[1e-4] == pytest.approx(1e-4 * 64, rel=1e-3)  # 8 x 8 features
    assert lengths[0.0] == lengths[1e6] > 1
