"""`train`: learns, repeats to the bit, stops, resumes, and survives what it is given."""

from __future__ import annotations

import threading
from dataclasses import fields, replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch

from explorer.data.binarising import binarised, fixed_draw
from explorer.data.dataset import Dataset
from explorer.errors import CheckpointError, ExplorerError, SettingsError, TrainingError
from explorer.models import checkpoint
from explorer.models.autoencoder import from_snapshot
from explorer.models.batches import to_bytes
from explorer.models.checkpoint import ResumeState
from explorer.models.config import ModelConfig, ModelSnapshot
from explorer.models.encoding import encode
from explorer.task import Task
from explorer.training import loop, measuring
from explorer.training.bound import measure
from explorer.training.clock import Standing
from explorer.training.config import TrainingConfig
from explorer.training.history import Trained
from explorer.training.loop import train
from explorer.training.record import curve_file
from explorer.training.record.curve import Curve, CurveRows
from explorer.training.record.time_line import TimeLine
from explorer.training.run import Run, clip, streams
from tests.fakes import constant_dataset, toy_dataset
from tests.guards import PATIENCE

MODEL = ModelConfig(hidden=16)
TRAINING = TrainingConfig(epochs=4, batch_size=16, device="cpu", lr=3e-3)


def same(first: ModelSnapshot, second: ModelSnapshot) -> bool:
    return all(np.array_equal(first.weights[n], second.weights[n]) for n in first.weights)


def finite(snapshot: ModelSnapshot) -> bool:
    return all(bool(np.isfinite(w).all()) for w in snapshot.weights.values())


def held_out(data: Dataset) -> torch.Tensor:
    return to_bytes(data.x[data.test_index])


def stop_after(steps: int) -> Task:
    """A task that is cancelled after that many steps."""

    class Counting(Task):
        left = steps

        def check(self) -> None:
            if self.left == 0:
                self.cancel()
            self.left -= 1
            super().check()

    return Counting()


def test_it_learns() -> None:
    trained = train(MODEL, replace(TRAINING, epochs=60), toy_dataset(200))
    first, last = trained.curve.at(1 / trained.curve.steps), trained.curve.last
    assert first is not None and last is not None
    assert last.train_elbo > first.train_elbo + 20
    assert last.test_elbo is not None
    assert last.test_elbo > first.train_elbo + 20
    assert trained.curve.rows.step.tolist() == list(range(1, 60 * trained.curve.steps + 1))
    assert last.kl is not None
    assert last.train_elbo == pytest.approx(-last.reconstruction - last.kl)


def test_what_comes_back() -> None:
    trained = train(MODEL, TRAINING, toy_dataset())
    assert trained.seconds > 0
    assert trained.samples_per_second > 0
    assert trained.device == "cpu"
    assert not trained.stopped
    assert {"train_elbo", "test_elbo", "test_kl", "likelihood", "split"} <= set(
        trained.snapshot.metrics
    )
    assert trained.snapshot.metrics["n_test"] == 12
    assert {"seconds", "epochs", "lr", "seed", "step"} <= set(trained.snapshot.training)
    assert trained.snapshot.data["hash"] == toy_dataset().content_hash


@pytest.mark.parametrize("body", ["mlp", "conv"])
def test_same_seed_same_weights(body: str) -> None:
    model, data = replace(MODEL, body=body), toy_dataset()
    first = train(model, TRAINING, data)
    torch.rand(3)  # the global generator plays no part
    second = train(model, TRAINING, data, Task(), publish=False)
    assert same(first.snapshot, second.snapshot)
    assert not same(first.snapshot, train(model, replace(TRAINING, seed=1), data).snapshot)


@pytest.mark.parametrize("preset", ["vae", "ae"])
@pytest.mark.parametrize("steps", [0, 1, 4, 6, 7])
def test_resume_goes_on_to_the_bit(tmp_path: Path, preset: str, steps: int) -> None:
    """4 epochs of 4 batches: stopped at the start, in mid-epoch, and at an epoch's end."""
    model, data = replace(MODEL, preset=preset), toy_dataset(80)
    whole = train(model, TRAINING, data)
    part = train(model, TRAINING, data, stop_after(steps))
    assert part.stopped
    packed = curve_file.packed(part.curve)
    checkpoint.save(tmp_path, part.snapshot, resume=part.resume_state, curve=packed)
    rest = train(model, TRAINING, data, resume=tmp_path)
    assert same(whole.snapshot, rest.snapshot)
    assert whole.resume_state is not None
    assert rest.resume_state is not None
    for name, array in whole.resume_state.tensors.items():
        np.testing.assert_array_equal(array, rest.resume_state.tensors[name])
    for column in fields(CurveRows):
        values = (getattr(trained.curve.rows, column.name) for trained in (whole, rest))
        np.testing.assert_array_equal(*values)


JUDGED = replace(TRAINING, validation=0.25, patience=2, lr=0.02, batch_size=12)


@pytest.mark.parametrize("steps", [0, 3, 4, 10, 30, 41])
def test_a_judged_training_stops_at_the_same_step_however_often_it_was_resumed(
    tmp_path: Path, steps: int
) -> None:
    data, judged = toy_dataset(80), replace(JUDGED, epochs=60, stop_when_converged=True)
    whole = train(MODEL, judged, data)
    told = whole.snapshot.training
    assert told["converged_epoch"] == told["epoch"] < 60 and told["state"] == "finished"
    assert not whole.stopped and whole.curve.converged_epoch == told["epoch"]
    part = train(MODEL, judged, data, stop_after(steps))
    assert part.stopped and part.snapshot.training["state"] == "stopped"
    checkpoint.save(tmp_path, part.snapshot, resume=part.resume_state)
    rest = train(MODEL, judged, data, resume=tmp_path)
    assert same(whole.snapshot, rest.snapshot)
    assert rest.curve.verdict == whole.curve.verdict is not None
    assert whole.resume_state is not None and rest.resume_state is not None
    for name, array in whole.resume_state.tensors.items():
        np.testing.assert_array_equal(array, rest.resume_state.tensors[name])


def test_judging_changes_no_weights(tmp_path: Path) -> None:
    """With the same samples to learn, whether they are judged or not, and how."""
    data, judged = toy_dataset(80), replace(JUDGED, epochs=8)
    without = Run(MODEL, judged, data, "cpu")
    while not without.finished:
        without.step()
        if without.at_epoch_end:
            without.begin_epoch()
    for patience in (1, 5):
        trained = train(MODEL, replace(judged, patience=patience), data)
        for name, weight in without.model.state_dict().items():
            np.testing.assert_array_equal(trained.snapshot.weights[name], weight.numpy())


def test_without_a_wish_to_stop_a_converged_training_goes_on() -> None:
    trained = train(MODEL, replace(JUDGED, epochs=40, lr=0.0), toy_dataset(80))
    told = trained.snapshot.training
    assert (told["epoch"], told["converged_epoch"], told["validation_samples"]) == (40, 3, 16)
    assert told["convergence"].startswith("converged at epoch 3: the last 39 epochs changed")
    assert trained.curve.verdict is not None and trained.curve.verdict.change == 0.0


def test_a_training_is_judged_once_its_objective_stands() -> None:
    judged = replace(JUDGED, epochs=9, lr=0.0, warm_up=4.0, stop_when_converged=True)
    trained = train(MODEL, judged, toy_dataset(80))
    assert trained.snapshot.training["converged_epoch"] == 6
    assert trained.resume_state is not None
    assert trained.resume_state.tensors["convergence.rows"].shape == (2, 16)


def test_what_is_not_judged_says_why() -> None:
    told = train(MODEL, TRAINING, toy_dataset(80)).snapshot.training
    assert told["converged_epoch"] is None and told["validation_samples"] == 0
    assert told["convergence"] == "not judged: no validation part is kept (validation is 0)"
    told = train(MODEL, replace(JUDGED, epochs=1), toy_dataset(80)).snapshot.training
    assert told["converged_epoch"] is None
    assert told["convergence"] == "not judged: there are too few epochs to compare"


def test_the_training_part_that_is_measured_is_what_was_learned() -> None:
    trained = train(MODEL, JUDGED, toy_dataset(80))
    assert trained.snapshot.metrics["n_train"] == 48


def test_more_epochs_continue_a_finished_training(tmp_path: Path) -> None:
    data = toy_dataset(80)
    whole = train(MODEL, TRAINING, data)
    part = train(MODEL, replace(TRAINING, epochs=2), data)
    checkpoint.save(tmp_path, part.snapshot, resume=part.resume_state)
    assert same(whole.snapshot, train(MODEL, TRAINING, data, resume=tmp_path).snapshot)


def test_resume_with_other_data_is_refused(tmp_path: Path) -> None:
    part = train(MODEL, TRAINING, toy_dataset())
    checkpoint.save(tmp_path, part.snapshot, resume=part.resume_state)
    with pytest.raises(CheckpointError, match="same name and other values or labels"):
        train(MODEL, TRAINING, toy_dataset(seed=1), resume=tmp_path)
    colour = replace(toy_dataset(60, channels=3), name="tinted")
    with pytest.raises(CheckpointError) as caught:
        train(MODEL, TRAINING, colour, resume=tmp_path)
    said = str(caught.value)
    assert "data differ from those the checkpoint was trained on" in said
    assert "toy (60 pictures of 8 x 8 x 1)" in said
    assert "tinted (60 pictures of 8 x 8 x 3)" in said
    assert "train anew" in said
    assert str(tmp_path) in said
    with pytest.raises(CheckpointError, match="batch size"):
        train(MODEL, replace(TRAINING, batch_size=7), toy_dataset(), resume=tmp_path)


def test_resume_from_a_spoilt_state(tmp_path: Path) -> None:
    part = train(MODEL, TRAINING, toy_dataset())
    state = part.resume_state
    assert state is not None
    tensors = dict(state.tensors)
    tensors["optimiser.0.exp_avg"] = np.zeros((2, 2), np.float32)
    steps = {**state.values, "steps": state.values["steps"] + 1}
    for bad in ({"tensors": {}}, {"tensors": tensors}, {"values": steps}):
        checkpoint.save(tmp_path, part.snapshot, resume=replace(state, **bad))
        with pytest.raises(CheckpointError, match="does not fit the model"):
            train(MODEL, TRAINING, toy_dataset(), resume=tmp_path)


def test_resume_with_another_optimiser_is_refused(tmp_path: Path) -> None:
    part = train(MODEL, TRAINING, toy_dataset())
    checkpoint.save(tmp_path, part.snapshot, resume=part.resume_state)
    with pytest.raises(CheckpointError, match="it used adam"):
        train(MODEL, replace(TRAINING, optimiser="sgd"), toy_dataset(), resume=tmp_path)


def test_streams_are_those_of_the_first_version() -> None:
    """New streams came after the old ones: a seed still gives the weights it gave."""
    old = np.random.SeedSequence(5).generate_state(3, np.uint32).tolist()
    assert [g.initial_seed() for g in streams(5, "cpu").values()][:3] == old


@pytest.mark.parametrize("corruption", ["gaussian", "salt-and-pepper", "patch"])
def test_corruption_is_seen_by_the_encoder_only(corruption: str) -> None:
    """With the encoder's weights at zero, noise on its input changes nothing."""
    noisy = replace(TRAINING, corruption=corruption, clip=0.0)
    terms = []
    for config in (TRAINING, noisy):
        run = Run(replace(MODEL, options={"dropout": 0.0}), config, toy_dataset(), "cpu")
        with torch.no_grad():
            for parameter in run.model.encoder.parameters():
                parameter.zero_()
        run.step()
        terms.append(run.curve.rows.log_px)
    np.testing.assert_array_equal(*terms)


def test_denoising_differs_from_not_denoising() -> None:
    plain = train(replace(MODEL, preset="ae"), TRAINING, toy_dataset())
    noisy = replace(TRAINING, corruption="gaussian")
    assert not same(
        plain.snapshot, train(replace(MODEL, preset="ae"), noisy, toy_dataset()).snapshot
    )


def test_dynamic_data_is_drawn_anew_and_measured_on_one_draw(tmp_path: Path) -> None:
    """Theory, section 1: a bound says its binarisation; a resumed training goes on to the bit."""
    model, data = replace(MODEL, likelihood="bernoulli"), binarised(toy_dataset(80), "dynamic")
    whole = train(model, TRAINING, data, publish=False)
    assert whole.snapshot.metrics["binarisation"] == "dynamic"
    bound = measure(from_snapshot(whole.snapshot), held_out(fixed_draw(data)), 1, 625)
    assert whole.snapshot.metrics["test_elbo"] == pytest.approx(bound.elbo)
    part = train(model, TRAINING, data, stop_after(6))
    checkpoint.save(tmp_path, part.snapshot, resume=part.resume_state)
    assert same(whole.snapshot, train(model, TRAINING, data, resume=tmp_path).snapshot)
    grey = train(model, TRAINING, toy_dataset(80), publish=False)
    fixed = train(model, TRAINING, fixed_draw(data), publish=False)
    assert not same(whole.snapshot, grey.snapshot)
    assert not same(whole.snapshot, fixed.snapshot)


def test_dynamic_batches_are_black_and_white(monkeypatch: pytest.MonkeyPatch) -> None:
    run, seen = Run(MODEL, TRAINING, binarised(toy_dataset(), "dynamic"), "cpu"), []
    terms = run.model.terms
    monkeypatch.setattr(run.model, "terms", lambda x, *rest: seen.append(x) or terms(x, *rest))
    for _ in range(run.steps):
        run.step()
    assert all(set(x.unique().tolist()) == {0.0, 1.0} for x in seen)


@pytest.mark.parametrize("optimiser", ["adamw", "sgd"])
def test_every_optimiser_learns(optimiser: str) -> None:
    lr = 3e-4 if optimiser == "sgd" else 3e-3
    config = replace(TRAINING, optimiser=optimiser, epochs=20, weight_decay=1e-4, lr=lr)
    model = replace(MODEL, likelihood="gaussian")
    curve = train(model, config, toy_dataset(200), publish=False).curve
    first, last = curve.at(1 / curve.steps), curve.last
    assert first is not None and last is not None and last.train_elbo > first.train_elbo + 0.5


# -- onlookers ---------------------------------------------------------------------------------


def test_snapshots_are_published(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(loop, "LOOK_EVERY", 0.0)
    seen: list[TimeLine] = []
    places: list[Standing] = []
    curves: list[Curve] = []
    texts: list[tuple[float | None, str]] = []

    def hear(told: object) -> None:
        kinds = {Standing: places, Curve: curves, TimeLine: seen}
        kinds[type(told)].append(told)  # type: ignore[index, attr-defined]

    task = Task(lambda *p: texts.append(p), hear, interval=0.0)  # type: ignore[arg-type]
    train(MODEL, TRAINING, toy_dataset(), task)
    assert seen and curves
    assert [place.text for place in places] == [text for _, text in texts[:-1]]  # one clock
    snapshot = seen[0].newest
    assert len({line.newest.model.id for line in seen}) == len(seen)
    assert snapshot.codes.model_id == snapshot.model.id
    assert snapshot.codes.mean.shape == (60, 2)
    assert from_snapshot(snapshot.model).decode(torch.zeros(1, 2)).isfinite().all()
    assert not any(w.flags.writeable for w in snapshot.model.weights.values())
    assert texts[0][1].startswith("epoch 0.3 of 4, 0:0")
    assert texts[-1] == (1.0, "trained")
    fractions = [f for f, _ in texts if f is not None]
    assert fractions == sorted(fractions)


@pytest.mark.parametrize("lr", [3e-3, 1e38])
def test_the_result_has_codes_of_its_own_weights(
    lr: float, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(loop, "LOOK_EVERY", 0.0)
    seen: list[TimeLine] = []
    data = toy_dataset(80)
    trained = train(MODEL, replace(TRAINING, lr=lr), data, Task(on_partial=seen.append))  # type: ignore[arg-type]
    assert trained.codes is not None and trained.codes.model_id == trained.snapshot.id
    fresh = encode(from_snapshot(trained.snapshot), data, trained.codes.index)
    np.testing.assert_allclose(trained.codes.mean, fresh.mean, atol=1e-5)
    moments = [told.newest for told in seen if isinstance(told, TimeLine)]
    for moment in moments:  # weights that were given back have another name than those that went
        assert moment.model.id != trained.snapshot.id or same(moment.model, trained.snapshot)


def test_nobody_looks_on() -> None:
    seen: list[object] = []
    trained = train(MODEL, TRAINING, toy_dataset(), Task(on_partial=seen.append), publish=False)
    assert not seen and trained.codes is None


def test_stop_keeps_what_it_has() -> None:
    trained = train(MODEL, TRAINING, toy_dataset(80), stop_after(6))
    assert trained.stopped
    assert not trained.message
    assert trained.resume_state is not None
    assert trained.resume_state.values["step"] == 6
    assert trained.curve.epoch.tolist() == [0.25, 0.5, 0.75, 1.0, 1.25, 1.5]


class StopsWhileMeasuring(Task):
    """Cancelled once the end result is being measured, as by Ctrl-C."""

    def progress(self, fraction: float | None, text: str = "") -> None:
        if text == "measuring the test ELBO":
            self.cancel()


def test_a_stop_while_the_end_result_is_measured_keeps_the_training(tmp_path: Path) -> None:
    """It was not heard then, and killing the program lost all that was learned."""
    data = toy_dataset(80)
    whole = train(MODEL, TRAINING, data, publish=False)
    part = train(MODEL, TRAINING, data, StopsWhileMeasuring(), publish=False)
    assert part.stopped
    assert same(whole.snapshot, part.snapshot)
    assert part.snapshot.metrics["draws"] == 1
    assert part.snapshot.metrics["test_elbo"] is not None
    checkpoint.save(tmp_path, part.snapshot, resume=part.resume_state)
    rest = train(MODEL, TRAINING, data, resume=tmp_path, publish=False)
    assert not rest.stopped
    assert same(whole.snapshot, rest.snapshot)
    assert rest.snapshot.metrics["test_elbo"] == whole.snapshot.metrics["test_elbo"]


def test_dear_decoders_get_fewer_draws(monkeypatch: pytest.MonkeyPatch) -> None:
    """The end costs some seconds at most, and the metrics say how many draws that allowed."""
    run = Run(MODEL, TRAINING, toy_dataset(80), "cpu")
    free = measuring.final_metrics(run, MODEL, toy_dataset(80))
    monkeypatch.setattr(measuring, "most_draws", lambda *_: 16 * 5)
    dear = measuring.final_metrics(run, MODEL, toy_dataset(80))
    assert (free["draws"], dear["draws"]) == (625, 5)
    assert free["n_test"] == dear["n_test"] == 16


def test_it_says_what_it_does_after_the_last_step() -> None:
    texts: list[tuple[float | None, str]] = []
    task = Task(lambda *p: texts.append(p), interval=0.0)  # type: ignore[arg-type]
    train(MODEL, TRAINING, toy_dataset(), task, publish=False)
    assert texts[-1] == (1.0, "trained")
    assert texts[-2][1] == "measuring the test ELBO"
    assert all(f is not None and f <= 0.99 for f, _ in texts[:-1])


def test_pause_and_stop_from_another_thread() -> None:
    task, results = Task(), list[Trained]()
    started = threading.Event()
    task = Task(on_progress=lambda *_: started.set())
    config = replace(TRAINING, epochs=100_000)
    worker = threading.Thread(
        target=lambda: results.append(train(MODEL, config, toy_dataset(), task))
    )
    worker.start()
    assert started.wait(PATIENCE)
    task.pause()
    task.cancel()
    worker.join(PATIENCE)
    assert results[0].stopped
    assert finite(results[0].snapshot)


# -- what it survives --------------------------------------------------------------------------


def test_learning_rate_zero_changes_nothing() -> None:
    frozen = train(MODEL, replace(TRAINING, lr=0.0), toy_dataset())
    start = train(MODEL, TRAINING, toy_dataset(), stop_after(0))
    assert same(frozen.snapshot, start.snapshot)


@pytest.mark.parametrize("likelihood", ["gaussian-learned", "bernoulli", "continuous-bernoulli"])
@pytest.mark.parametrize("lr", [1e3, 1e8, 1e30])
def test_a_huge_learning_rate_keeps_good_weights(lr: float, likelihood: str) -> None:
    model = replace(MODEL, likelihood=likelihood)
    trained = train(model, replace(TRAINING, lr=lr, epochs=20), toy_dataset())
    assert finite(trained.snapshot)
    if trained.message:
        assert trained.stopped
        assert "lower learning rate" in trained.message
        assert trained.resume_state is None
    else:  # it held out: then the numbers are numbers
        assert trained.curve.last is None or np.isfinite(trained.curve.last.train_elbo)


def test_nan_is_caught_and_explained(monkeypatch: pytest.MonkeyPatch) -> None:
    good = train(MODEL, TRAINING, toy_dataset(80), stop_after(0))
    monkeypatch.setattr(loop, "LOOK_EVERY", 1e9)
    trained = train(MODEL, replace(TRAINING, lr=1e38), toy_dataset(80))
    assert trained.stopped
    assert "epoch" in trained.message
    assert "1e+38" in trained.message
    assert "\n" not in trained.message
    assert same(trained.snapshot, good.snapshot)


def test_a_batch_larger_than_the_data() -> None:
    assert not train(MODEL, replace(TRAINING, batch_size=10_000), toy_dataset()).stopped


@pytest.mark.parametrize("n", [1, 2])
@pytest.mark.parametrize("value", [0, 128, 255])
@pytest.mark.parametrize("preset", ["vae", "ae"])
def test_constant_data_and_few_samples(n: int, value: int, preset: str) -> None:
    trained = train(replace(MODEL, preset=preset), TRAINING, constant_dataset(n, value))
    assert finite(trained.snapshot)
    assert trained.snapshot.metrics["test_elbo"] is None


def test_every_sample_is_seen_once_an_epoch() -> None:
    trained = train(MODEL, replace(TRAINING, batch_size=17), toy_dataset(200))
    assert trained.resume_state is not None
    assert trained.resume_state.values["samples"] == 4 * 160


def test_nothing_to_train_on() -> None:
    data = toy_dataset(10)
    empty = Dataset("empty", data.x, data.preparation, np.ones(10, bool))
    with pytest.raises(TrainingError, match="nothing to train on"):
        train(MODEL, TRAINING, empty)


@pytest.mark.parametrize("field", ["epochs", "batch_size"])
def test_settings_out_of_range(field: str) -> None:
    with pytest.raises(SettingsError, match=f"{field} = 0 is out of range"):
        train(MODEL, replace(TRAINING, **{field: 0}), toy_dataset())  # type: ignore[arg-type]


def test_training_needs_no_qt() -> None:
    assert "PySide6" not in loop.__dict__


@pytest.mark.parametrize("n", [1, 2, 15, 16, 17, 31, 32, 33, 100])
def test_batches_cover_an_epoch(n: int) -> None:
    run = Run(MODEL, replace(TRAINING, batch_size=16), constant_dataset(n), "cpu")
    starts = [run._start(k) for k in range(run.steps + 1)]
    sizes = np.diff(starts)
    assert starts[0] == 0
    assert starts[-1] == n
    assert sizes.max() <= 16
    assert sizes.min() >= min(n, 8)


def test_a_spike_in_the_gradient_is_shortened() -> None:
    run = Run(MODEL, TRAINING, toy_dataset(), "cpu")
    for parameter in run.model.parameters():
        parameter.grad = torch.full_like(parameter, 1e6)
    clip(run.parameters, 2.0)
    grads = [p.grad for p in run.model.parameters() if p.grad is not None]
    assert float(torch.nn.utils.get_total_norm(grads)) == pytest.approx(2.0, rel=1e-3)


def test_codes_spread_like_the_prior() -> None:
    """The unit of each latent dimension finds the spread at which the KL is least."""
    trained = train(MODEL, replace(TRAINING, epochs=150, lr=2e-3), toy_dataset(200))
    codes = encode(from_snapshot(trained.snapshot), toy_dataset(200))
    assert ((codes.mean.std(0) ** 2 + (codes.std**2).mean(0)) < 2.0).all()


@pytest.mark.parametrize(
    ("preset", "change"),
    [("vae", {}), ("vae", {"beta": 3.0}), ("iwae", {"draws": 4}), ("ae", {}), ("vq-vae", {})],
)
def test_the_objective_of_the_curve_is_what_was_maximised(
    preset: str, change: dict[str, float]
) -> None:
    model = replace(MODEL, preset=preset)
    trained = train(model, replace(TRAINING, epochs=1, **change), toy_dataset(60))
    point = trained.curve.last
    assert point is not None and point.objective is not None
    if preset == "vae":
        beta = change.get("beta", 1.0)
        assert point.objective == pytest.approx(-point.reconstruction - beta * point.kl, rel=1e-5)
    elif preset == "ae":
        assert point.objective == pytest.approx(-point.reconstruction, rel=1e-6)
    elif preset == "iwae":
        assert point.objective > point.train_elbo
    else:
        assert point.objective < point.train_elbo  # the codebook's penalty


# -- what is kept on the way -------------------------------------------------------------------


def kept_by(
    monkeypatch: pytest.MonkeyPatch, keep: loop.Keep, *, every: float = 0.0, **settings: Any
) -> tuple[Trained, list[str]]:
    """A training that is saved as often as it may, and what was said meanwhile."""
    monkeypatch.setattr(loop, "LOOK_EVERY", 0.0)
    monkeypatch.setattr(loop, "KEEP_EVERY", every)
    monkeypatch.setattr(loop, "KEEP_SHARE", 1e9)
    said: list[str] = []
    task = Task(lambda _, text: said.append(text), interval=0.0)
    config = replace(TRAINING, **settings)
    return train(MODEL, config, toy_dataset(80), task, keep=keep), said


def test_what_is_kept_on_the_way_can_be_gone_on_with(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept: list[tuple[ModelSnapshot, ResumeState, Curve]] = []
    whole, _ = kept_by(monkeypatch, lambda *given: kept.append(given))
    steps = [state.values["step"] for _, state, _ in kept]
    assert steps == [*range(1, 17), 16]  # after each, and once more before it is measured
    assert [len(curve) for _, _, curve in kept] == steps
    for snapshot, state, _ in kept:
        said = snapshot.training
        assert (said["state"], said["step"]) == ("running", state.values["step"])
        assert said["epoch"] == state.values["step"] / 4
    snapshot, state, curve = kept[5]
    checkpoint.save(tmp_path, snapshot, resume=state, curve=curve_file.packed(curve))
    rest = train(MODEL, TRAINING, toy_dataset(80), resume=tmp_path)
    assert same(rest.snapshot, whole.snapshot)


def test_nothing_is_kept_before_it_is_time_for_it(monkeypatch: pytest.MonkeyPatch) -> None:
    kept: list[object] = []
    kept_by(monkeypatch, lambda *_: kept.append(1), every=1e9)
    assert kept == []


def test_what_could_not_be_kept_is_said_beside_the_progress_until_it_can(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    tries: list[int] = []

    def keep(*_: object) -> None:
        tries.append(1)
        if len(tries) < 4:
            raise ExplorerError("the disk is full")

    trained, said = kept_by(monkeypatch, keep)
    assert not trained.stopped and not trained.message
    assert [text.endswith(" (the disk is full)") for text in said[:5]] == [True] * 3 + [False] * 2


def test_weights_that_are_no_numbers_are_not_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    """Not on the way, and not at the end of a training that ran away."""
    monkeypatch.setattr("explorer.training.guard.Guard.look", lambda *_: None)
    kept: list[ModelSnapshot] = []
    kept_by(monkeypatch, lambda snapshot, *_: kept.append(snapshot), lr=1e38)
    assert len(kept) < 16 and all(finite(snapshot) for snapshot in kept)
    monkeypatch.undo()
    again: list[ModelSnapshot] = []
    trained, _ = kept_by(monkeypatch, lambda snapshot, *_: again.append(snapshot), lr=1e38)
    assert trained.message and all(finite(snapshot) for snapshot in again)


@pytest.mark.parametrize(("steps", "state"), [(16, "finished"), (6, "stopped")])
def test_what_a_model_says_of_its_training(steps: int, state: str) -> None:
    task = stop_after(steps) if steps < 16 else Task()
    trained = train(MODEL, TRAINING, toy_dataset(80), task, publish=False)
    said = trained.snapshot.training
    assert (said["state"], said["step"], said["epoch"]) == (state, steps, steps / 4)
    assert (said["device"], said["epochs"], said["batch_size"]) == ("cpu", 4, 16)
    assert said["seconds"] == trained.seconds
    assert said["samples_per_second"] == trained.samples_per_second
    assert trained.stopped == (state == "stopped")


def test_a_training_that_ran_away_says_of_what_epoch_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(loop, "LOOK_EVERY", 0.0)
    trained = train(MODEL, replace(TRAINING, lr=1e38), toy_dataset(80))
    said = trained.snapshot.training
    assert said["state"] == "ran away" and said["epoch"] == 0.0
    assert len(trained.curve) == 0 and "weights of epoch 0.0 are kept" in trained.message
    assert trained.stopped and trained.snapshot.metrics["draws"] == 1  # it is over at once


def test_the_curve_ends_with_what_the_final_weights_are_worth() -> None:
    for preset in ("vae", "ae"):
        trained = train(replace(MODEL, preset=preset), TRAINING, toy_dataset(80), publish=False)
        metrics = trained.snapshot.metrics
        wanted = -metrics["test_reconstruction"] - (metrics["test_kl"] or 0.0)  # type: ignore[operator]
        assert trained.curve.test_step[-1] == 16 and trained.curve.test_step[0] == 1
        assert trained.curve.test_elbo[-1] == pytest.approx(wanted, rel=1e-6)


def test_threads_are_as_many_as_were_asked_for() -> None:
    before = torch.get_num_threads()
    trained = train(MODEL, replace(TRAINING, threads=1), toy_dataset(80), publish=False)
    assert trained.snapshot.training["threads"] == 1
    assert torch.get_num_threads() == before
